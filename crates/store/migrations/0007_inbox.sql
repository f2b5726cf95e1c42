-- Promises that were taken back, newest first, without reading the log: the inbox asks for them.
CREATE INDEX event_released ON event (seq) WHERE substr(body, 1, 26) = '{"kind":"promise_released"';
