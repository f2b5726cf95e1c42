-- What the count plan and Today ask on a book of a million events, kept instead of searched for.

-- Moves out of the heap after its last count's watermark: wear that a count plan ranks by.
ALTER TABLE stock ADD COLUMN picks INTEGER NOT NULL DEFAULT 0;
UPDATE stock SET picks = (SELECT COUNT(*) FROM leg g WHERE g.stock = stock.id AND g.qty < 0
    AND g.at > COALESCE(stock.anchor_at, -9223372036854775808));

-- Fill rate of the newest orders, without reading them.
DROP INDEX orders_placed;
CREATE INDEX orders_placed ON orders (placed_at, id, units, short_units);
-- Age of the stock, without reading each layer.
CREATE INDEX cost_layer_age ON cost_layer (at, remaining) WHERE remaining > 0;

-- Most heaps are cartons that left long ago: whoever asks what is there reads only what is.
DROP INDEX stock_here;
CREATE INDEX stock_live ON stock (location, sku) WHERE on_hand <> 0 OR discrepancy <> 0;
CREATE INDEX stock_live_sku ON stock (sku, location) WHERE on_hand <> 0 OR discrepancy <> 0;
-- Loose stock by product, emptied heaps too: where it stood last.
CREATE INDEX stock_loose ON stock (sku, location) WHERE package = '' AND physical = 1;
CREATE INDEX bin_kind ON bin (kind, walk, code);

-- How far a wave is, without its lines.
CREATE INDEX orders_wave ON orders (wave, lines, units, short_units);
DROP INDEX allocation_wave;
CREATE INDEX allocation_wave ON allocation (wave, remaining, picked);
CREATE INDEX receipt_open ON receipt (expected_on) WHERE closed_at IS NULL;

-- When what is on a heap came in: without the picks since, which are many on a pick face.
CREATE INDEX leg_in ON leg (stock, at, seq, qty) WHERE qty > 0;
