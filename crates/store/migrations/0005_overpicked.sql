-- Asked for every SKU that a command touches, and nearly always empty.
CREATE INDEX line_overpicked ON line (sku) WHERE picked > ordered - cancelled;
