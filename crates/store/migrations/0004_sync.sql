-- What this desktop knows of the server, and what it keeps for it.

-- An event's content never changes. Its place does: after a fork the unacknowledged ones are chained
-- again under a new station, and its number comes from the server, or is lost with it.
DROP TRIGGER event_no_update;
ALTER TABLE event ADD COLUMN number INTEGER;  -- the site's number, in the server's commit order
CREATE TRIGGER event_no_update BEFORE UPDATE OF seq, id, at, actor, body ON event
BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;
CREATE UNIQUE INDEX event_number ON event (number) WHERE number IS NOT NULL;

CREATE TABLE sync (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    site       TEXT NOT NULL,     -- '' until enrolled
    generation INTEGER NOT NULL,  -- of the server's log; 0 before the first word
    cursor     INTEGER NOT NULL,  -- last number of the site that was taken in
    tag        BLOB NOT NULL CHECK (length(tag) = 32),         -- running hash of the site's log there
    acked      INTEGER NOT NULL,  -- last own event that the server has
    acked_hash BLOB NOT NULL CHECK (length(acked_hash) = 32)
) STRICT;
INSERT INTO sync VALUES (1, '', 0, 0, zeroblob(32), 0, zeroblob(32));

-- Every cursor there was, to go back to when the server has lost something.
CREATE TABLE sync_cursor (number INTEGER PRIMARY KEY, tag BLOB NOT NULL) STRICT;

-- The ids this desktop had before each fork, oldest first.
CREATE TABLE incarnation (
    number INTEGER PRIMARY KEY,
    station BLOB NOT NULL UNIQUE,
    acked   INTEGER NOT NULL,  -- what the server had of it
    moved   INTEGER NOT NULL   -- how many events went on under the next id
) STRICT;

-- Events without a number that this desktop does not push itself: offered again after a restore.
CREATE TABLE unnumbered (event BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Where a chain goes on here although the event before it is not: the server set that one aside.
CREATE TABLE chain_gap (
    station INTEGER NOT NULL REFERENCES station (ref), station_seq INTEGER NOT NULL,
    prev    BLOB NOT NULL,     -- the hash that the event names as the one before it
    PRIMARY KEY (station, station_seq)
) STRICT, WITHOUT ROWID;

-- Events kept byte for byte and not folded.
CREATE TABLE held_event (
    id          BLOB PRIMARY KEY,
    at          INTEGER NOT NULL,
    station     INTEGER NOT NULL REFERENCES station (ref),
    station_seq INTEGER NOT NULL CHECK (station_seq > 0),
    actor       TEXT NOT NULL,
    body        TEXT NOT NULL,
    hash        BLOB NOT NULL,
    number      INTEGER,
    why         TEXT NOT NULL CHECK (why IN ('newer', 'parked')),  -- of a newer kind, or it cannot be applied
    detail      TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX held_chain ON held_event (station, station_seq);

-- What may be promised while nobody hears us, in base units; totals that only grow.
CREATE TABLE quota (
    sku TEXT PRIMARY KEY,
    granted  INTEGER NOT NULL DEFAULT 0, spent INTEGER NOT NULL DEFAULT 0,
    returned INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE lease (
    task TEXT PRIMARY KEY,
    asked_at INTEGER NOT NULL,  -- milliseconds, by this desktop's clock: it ends span_ms later
    span_ms  INTEGER NOT NULL
) STRICT;
