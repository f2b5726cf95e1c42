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
