-- Events are the truth. Everything below the line is a projection that can be rebuilt from them.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE station (
    ref      INTEGER PRIMARY KEY,  -- small number used in event rows
    id       BLOB NOT NULL UNIQUE,
    head_seq INTEGER NOT NULL,     -- last station_seq recorded here
    head     BLOB NOT NULL         -- hash of that event: the tip of its chain
) STRICT;

CREATE TABLE event (
    seq         INTEGER PRIMARY KEY,  -- order of recording here, without gaps
    id          BLOB NOT NULL,        -- the author's id: the idempotency key
    at          INTEGER NOT NULL,     -- hybrid logical clock of the author
    station     INTEGER NOT NULL REFERENCES station (ref),
    station_seq INTEGER NOT NULL CHECK (station_seq > 0),
    actor       TEXT NOT NULL,
    body        TEXT NOT NULL,        -- versioned JSON
    hash        BLOB NOT NULL         -- of this event and the previous hash of its station
) STRICT;
CREATE UNIQUE INDEX event_id ON event (id);
CREATE UNIQUE INDEX event_chain ON event (station, station_seq);

CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;

-- ---------------------------------------------------------------- projections: reference data

CREATE TABLE product (
    sku TEXT PRIMARY KEY,
    at INTEGER NOT NULL, by BLOB NOT NULL,  -- last writer
    name_en TEXT NOT NULL, name_zh TEXT NOT NULL, barcode TEXT NOT NULL,
    safety INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX product_barcode ON product (barcode) WHERE barcode <> '';

CREATE TABLE bin (
    code TEXT PRIMARY KEY,
    at INTEGER NOT NULL, by BLOB NOT NULL,
    kind TEXT NOT NULL, zone TEXT NOT NULL, walk INTEGER NOT NULL,
    sellable INTEGER NOT NULL CHECK (sellable IN (0, 1)),
    body TEXT NOT NULL
) STRICT;

CREATE TABLE person (id TEXT PRIMARY KEY, at INTEGER NOT NULL, by BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE van (id TEXT PRIMARY KEY, at INTEGER NOT NULL, by BLOB NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE lot (
    sku TEXT NOT NULL, lot TEXT NOT NULL,
    at INTEGER NOT NULL, by BLOB NOT NULL,
    expires INTEGER,  -- day number, NULL when it does not expire
    PRIMARY KEY (sku, lot)
) STRICT;

-- Last-writer registers: holds and settings.
CREATE TABLE register (
    name TEXT PRIMARY KEY,
    at INTEGER NOT NULL, by BLOB NOT NULL,
    value TEXT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL
) STRICT;

-- ---------------------------------------------------------------- projections: stock

CREATE TABLE stock (
    id INTEGER PRIMARY KEY,
    sku TEXT NOT NULL, lot TEXT NOT NULL, serial TEXT NOT NULL, package TEXT NOT NULL,
    location TEXT NOT NULL, owner TEXT NOT NULL, condition TEXT NOT NULL,
    physical INTEGER NOT NULL CHECK (physical IN (0, 1)),
    raw INTEGER NOT NULL,          -- sum of legs and count adjustments
    on_hand INTEGER NOT NULL,      -- what the book believes is there
    discrepancy INTEGER NOT NULL,  -- what the book cannot explain
    allocated INTEGER NOT NULL CHECK (allocated >= 0),
    anchor_at INTEGER,             -- watermark of the last posted count, NULL when never counted
    changed_at INTEGER NOT NULL,   -- newest clock reading that touched it
    UNIQUE (sku, lot, serial, package, location, owner, condition),
    CHECK (on_hand + discrepancy = raw),              -- I2: every unit is here or explained
    CHECK (physical = 0 OR on_hand >= 0),             -- I2: never negative in a bin
    CHECK (physical = 1 OR discrepancy = 0)
) STRICT;
CREATE INDEX stock_location ON stock (location, sku);
-- Most rows of an old book are heaps that were emptied long ago.
CREATE INDEX stock_lot ON stock (sku, lot) WHERE lot <> '' AND physical = 1 AND on_hand > 0;
CREATE INDEX stock_package ON stock (package) WHERE package <> '';
CREATE INDEX stock_here ON stock (location, sku) WHERE on_hand > 0;
CREATE INDEX stock_discrepancy ON stock (location) WHERE discrepancy <> 0;
-- I5: a serial is in at most one place.
CREATE UNIQUE INDEX stock_serial ON stock (sku, serial)
    WHERE serial <> '' AND physical = 1 AND on_hand > 0;

-- Both legs of each move, clustered by heap, so that "the moves that make this number" is one range.
CREATE TABLE leg (
    stock INTEGER NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, qty INTEGER NOT NULL,
    PRIMARY KEY (stock, at, seq)
) STRICT, WITHOUT ROWID;

-- A posted count anchors a heap: before the watermark the count is right, after it the moves are.
CREATE TABLE anchor (
    stock INTEGER NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL,
    counted INTEGER NOT NULL CHECK (counted >= 0),
    adjustment INTEGER NOT NULL,   -- counted less what the book expected at the watermark
    count_id TEXT NOT NULL,
    PRIMARY KEY (stock, at, count_id)
) STRICT, WITHOUT ROWID;

-- Where each serial was last put.
CREATE TABLE serial_place (
    sku TEXT NOT NULL, serial TEXT NOT NULL,
    at INTEGER NOT NULL, by BLOB NOT NULL, stock INTEGER NOT NULL,
    PRIMARY KEY (sku, serial)
) STRICT, WITHOUT ROWID;

CREATE TABLE sku_total (
    sku TEXT PRIMARY KEY,
    on_hand INTEGER NOT NULL, sellable INTEGER NOT NULL, held INTEGER NOT NULL,
    reserved INTEGER NOT NULL, allocated INTEGER NOT NULL, discrepancy INTEGER NOT NULL,
    bins INTEGER NOT NULL, available INTEGER NOT NULL, value_micros INTEGER NOT NULL,
    safety INTEGER NOT NULL,
    CHECK (on_hand = sellable + held),                       -- I9
    CHECK (available = sellable - reserved - safety)         -- I9
) STRICT;

-- ---------------------------------------------------------------- the financial journal

-- Written in recording order by the authority alone; never rewritten.
CREATE TABLE cost_layer (
    id INTEGER PRIMARY KEY,
    sku TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL,
    qty INTEGER NOT NULL CHECK (qty > 0),
    remaining INTEGER NOT NULL CHECK (remaining BETWEEN 0 AND qty),  -- I6
    unit_cost INTEGER NOT NULL CHECK (unit_cost >= 0)                -- micro-units
) STRICT;
CREATE INDEX cost_layer_open ON cost_layer (sku, id) WHERE remaining > 0;

CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL, sku TEXT NOT NULL, layer INTEGER NOT NULL,
    qty INTEGER NOT NULL,          -- signed: into stock is positive
    value_micros INTEGER NOT NULL,
    what TEXT NOT NULL
) STRICT;
CREATE INDEX journal_sku ON journal (sku);

-- ---------------------------------------------------------------- projections: orders

CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL, channel TEXT NOT NULL, external_id TEXT NOT NULL, body_hash TEXT NOT NULL,
    customer TEXT NOT NULL, placed_at INTEGER NOT NULL, promise_at INTEGER NOT NULL,
    value_minor INTEGER NOT NULL, weight_g INTEGER NOT NULL,
    at INTEGER NOT NULL, by BLOB NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,           -- derived from the lines; see domain::order::OrderState
    held INTEGER NOT NULL, lines INTEGER NOT NULL, units INTEGER NOT NULL,
    short_units INTEGER NOT NULL, wave TEXT
) STRICT;
CREATE UNIQUE INDEX orders_external ON orders (channel, external_id);
-- A row carries the whole order, so queues are counted and sorted in indexes alone.
CREATE INDEX orders_number ON orders (number, id);
CREATE INDEX orders_search ON orders (number, customer, external_id, id);
CREATE INDEX orders_placed ON orders (placed_at, id);
CREATE INDEX orders_promise ON orders (promise_at, id);
CREATE INDEX orders_value ON orders (value_minor, id);
CREATE INDEX orders_queue ON orders (state, held, promise_at, short_units);

CREATE TABLE line (
    id TEXT PRIMARY KEY,
    order_id TEXT, sku TEXT, line_no INTEGER, unit_price_minor INTEGER,  -- NULL until placed
    ordered INTEGER NOT NULL DEFAULT 0, cancelled INTEGER NOT NULL DEFAULT 0,
    promised INTEGER NOT NULL DEFAULT 0, picked INTEGER NOT NULL DEFAULT 0,
    packed INTEGER NOT NULL DEFAULT 0, shipped INTEGER NOT NULL DEFAULT 0,
    delivered INTEGER NOT NULL DEFAULT 0, returned INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX line_order ON line (order_id, line_no);
CREATE INDEX line_reserved ON line (sku) WHERE promised > picked;
CREATE INDEX line_sku ON line (sku);
CREATE INDEX line_backorder ON line (sku) WHERE ordered - cancelled > promised;

CREATE TABLE payment (
    event BLOB PRIMARY KEY, order_id TEXT NOT NULL, what TEXT NOT NULL, amount_minor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_order ON payment (order_id);

CREATE TABLE wave (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER NOT NULL, released_at INTEGER
) STRICT;
CREATE TABLE wave_order (
    wave TEXT NOT NULL, order_id TEXT NOT NULL, PRIMARY KEY (wave, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX wave_of_order ON wave_order (order_id);

CREATE TABLE allocation (
    id TEXT PRIMARY KEY,
    wave TEXT, line TEXT, stock INTEGER, qty INTEGER NOT NULL,  -- NULL and 0 until allocated
    released INTEGER NOT NULL, picked INTEGER NOT NULL,
    remaining INTEGER NOT NULL CHECK (remaining >= 0)
) STRICT;
CREATE INDEX allocation_wave ON allocation (wave);
CREATE INDEX allocation_line ON allocation (line);
CREATE INDEX allocation_stock ON allocation (stock) WHERE remaining > 0;

CREATE TABLE carton (
    id TEXT PRIMARY KEY, number TEXT, order_id TEXT, box_type TEXT,
    opened_at INTEGER, closed_at INTEGER, weight_g INTEGER
) STRICT;
CREATE INDEX carton_order ON carton (order_id);
CREATE INDEX carton_number ON carton (number);

-- Which events concern an order or a line: its timeline.
CREATE TABLE trail (ref TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (ref, seq)) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- projections: other work

CREATE TABLE receipt (
    id TEXT PRIMARY KEY, reference TEXT, supplier TEXT, expected_on INTEGER,
    opened_at INTEGER, closed_at INTEGER
) STRICT;
CREATE TABLE receipt_line (
    receipt TEXT NOT NULL, sku TEXT NOT NULL,
    expected INTEGER NOT NULL DEFAULT 0, unit_cost INTEGER NOT NULL DEFAULT 0,
    received INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (receipt, sku)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_line_sku ON receipt_line (sku);

CREATE TABLE count_task (
    id TEXT PRIMARY KEY, location TEXT, why TEXT, opened_at INTEGER,
    approved_by TEXT, posted_at INTEGER, dropped_at INTEGER
) STRICT;
CREATE INDEX count_location ON count_task (location);
CREATE TABLE count_round (
    count_id TEXT NOT NULL, round INTEGER NOT NULL,
    at INTEGER NOT NULL, actor TEXT NOT NULL, watermark INTEGER NOT NULL, seen TEXT NOT NULL,
    PRIMARY KEY (count_id, round, at, actor)
) STRICT, WITHOUT ROWID;

CREATE TABLE return_line (
    id TEXT PRIMARY KEY, return_id TEXT, order_id TEXT, line TEXT, qty INTEGER NOT NULL,
    reason TEXT, opened_at INTEGER,
    received INTEGER NOT NULL, dispositioned INTEGER NOT NULL, grade TEXT
) STRICT;
CREATE TABLE return_approved (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;

CREATE TABLE proposal_decision (
    sku TEXT PRIMARY KEY, at INTEGER NOT NULL, by BLOB NOT NULL,
    day INTEGER NOT NULL, decision TEXT NOT NULL, qty INTEGER NOT NULL, reason TEXT NOT NULL
) STRICT;

CREATE TABLE plan (
    day INTEGER NOT NULL, version INTEGER NOT NULL, id TEXT NOT NULL,
    at INTEGER NOT NULL, by BLOB NOT NULL, state TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (day, version)
) STRICT;

CREATE TABLE stop_done (
    order_id TEXT PRIMARY KEY, at INTEGER NOT NULL, by BLOB NOT NULL,
    delivered INTEGER NOT NULL, reason TEXT NOT NULL, received_by TEXT NOT NULL
) STRICT;

CREATE TABLE import (
    id TEXT PRIMARY KEY, at INTEGER NOT NULL, file_name TEXT NOT NULL, file_hash TEXT NOT NULL,
    what TEXT NOT NULL, rows INTEGER NOT NULL, accepted INTEGER NOT NULL,
    already_known INTEGER NOT NULL, errors TEXT NOT NULL, actor TEXT NOT NULL
) STRICT;
CREATE INDEX import_hash ON import (file_hash);

-- Units asked for, per SKU and day: what planning forecasts from.
CREATE TABLE demand (
    sku TEXT NOT NULL, day INTEGER NOT NULL, qty INTEGER NOT NULL, PRIMARY KEY (sku, day)
) STRICT, WITHOUT ROWID;
-- Counters by hour since 1970, for the charts of Today.
CREATE TABLE pulse (
    what TEXT NOT NULL, hour INTEGER NOT NULL, qty INTEGER NOT NULL, PRIMARY KEY (what, hour)
) STRICT, WITHOUT ROWID;
