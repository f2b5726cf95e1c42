-- What is asked for every SKU that a command touches, and nearly always finds little or nothing.
CREATE INDEX line_overpicked ON line (sku) WHERE picked > ordered - cancelled;
CREATE INDEX stock_allocated ON stock (sku) WHERE allocated > 0;
