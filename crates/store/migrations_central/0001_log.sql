-- The central server's log: what stations delivered and replicas decided, in one order per site.
-- Nothing here is a projection of what events mean, except the counters of quotas.

CREATE TABLE site (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    head_seq INTEGER NOT NULL DEFAULT 0 CHECK (head_seq >= 0),  -- newest number given out
    head_tag BLOB NOT NULL CHECK (length(head_tag) = 32),       -- running hash up to that number
    version  INTEGER NOT NULL DEFAULT 0                         -- grows with all that a decision may rest on
) STRICT;

-- Restores from a backup. A site without a row is in generation 1.
CREATE TABLE generation (
    site   TEXT NOT NULL REFERENCES site (id),
    number INTEGER NOT NULL CHECK (number > 1),
    base   INTEGER NOT NULL CHECK (base >= 0),  -- head of the site when it began: what follows is new
    PRIMARY KEY (site, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE station (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    site       TEXT NOT NULL REFERENCES site (id),
    name       TEXT NOT NULL,      -- for people
    public_key BLOB CHECK (length(public_key) = 32),  -- NULL: a replica, which signs nothing and never connects
    kinds_not  TEXT NOT NULL,      -- JSON list of kinds that it may not write
    head_seq   INTEGER NOT NULL DEFAULT 0,
    head_hash  BLOB NOT NULL,      -- tip of its chain as far as it is here
    closed     INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),   -- forked
    revoked    INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1))   -- by a supervisor
) STRICT;
CREATE INDEX station_site ON station (site);

-- One-time codes, by hash: whoever reads the file cannot enroll with them.
CREATE TABLE code (
    hash      BLOB PRIMARY KEY CHECK (length(hash) = 32),
    site      TEXT NOT NULL REFERENCES site (id),
    name      TEXT NOT NULL,      -- name of the station to be
    kinds_not TEXT NOT NULL,
    expires   INTEGER NOT NULL,
    used_by   BLOB,               -- station, so that a lost answer can be given again
    used_key  BLOB
) STRICT;

-- Which hash stands in which place of a chain; events that were repeated or set aside included.
-- Without reference to station: peers offer chains of authors whom a restored server forgot.
CREATE TABLE place (
    station BLOB NOT NULL,
    seq     INTEGER NOT NULL CHECK (seq > 0),
    hash    BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (station, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    site        TEXT NOT NULL REFERENCES site (id),
    seq         INTEGER NOT NULL CHECK (seq > 0),  -- in commit order, without gaps
    tag         BLOB NOT NULL CHECK (length(tag) = 32),  -- running hash of the site up to here
    id          BLOB NOT NULL CHECK (length(id) = 16),
    station     BLOB NOT NULL CHECK (length(station) = 16),
    station_seq INTEGER NOT NULL CHECK (station_seq > 0),
    prev        BLOB NOT NULL,
    hash        BLOB NOT NULL,      -- compared whenever the row is read
    content     BLOB NOT NULL,      -- without its place: tells the same id with other content
    at          INTEGER NOT NULL,   -- hybrid logical clock of the author
    actor       TEXT NOT NULL,
    body        TEXT NOT NULL,      -- byte for byte as the author wrote it
    UNIQUE (site, seq),
    UNIQUE (id)
) STRICT;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;

-- Kept, told to nobody and not applied, until a supervisor decides.
CREATE TABLE aside (
    station     BLOB NOT NULL,
    station_seq INTEGER NOT NULL,
    hash        BLOB NOT NULL,      -- two events may claim one place
    site        TEXT NOT NULL REFERENCES site (id),
    why         TEXT NOT NULL,
    id          BLOB NOT NULL,
    prev        BLOB NOT NULL,
    content     BLOB NOT NULL,
    at          INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    body        TEXT NOT NULL,
    PRIMARY KEY (station, station_seq, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX aside_site ON aside (site);

-- Totals that only grow; see the protocol's quotas.
CREATE TABLE quota (
    site     TEXT NOT NULL REFERENCES site (id),
    sku      TEXT NOT NULL,
    station  BLOB NOT NULL,
    granted  INTEGER NOT NULL DEFAULT 0,
    spent    INTEGER NOT NULL DEFAULT 0,
    returned INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (site, sku, station)
) STRICT, WITHOUT ROWID;
CREATE INDEX quota_station ON quota (station);

CREATE TABLE lease (
    site   TEXT NOT NULL REFERENCES site (id),
    task   TEXT NOT NULL,
    holder BLOB NOT NULL,
    until  INTEGER NOT NULL,  -- by the server's clock
    PRIMARY KEY (site, task)
) STRICT, WITHOUT ROWID;

-- The bytes lie in a file beside this one: a gigabyte does not belong into a page cache.
CREATE TABLE snapshot (
    site       TEXT NOT NULL REFERENCES site (id),
    seq        INTEGER NOT NULL CHECK (seq > 0),
    generation INTEGER NOT NULL,
    tag        BLOB NOT NULL,
    hash       BLOB NOT NULL,     -- of the whole
    size       INTEGER NOT NULL,
    file       TEXT NOT NULL,     -- name within the folder of snapshots
    PRIMARY KEY (site, seq)
) STRICT, WITHOUT ROWID;

-- What was answered to a request with an idempotency key: the same for ever.
CREATE TABLE answer (
    scope   TEXT NOT NULL,
    key     TEXT NOT NULL,
    request BLOB NOT NULL,      -- hash of the request: the same key with another one is an error
    status  INTEGER NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_key (
    hash    BLOB PRIMARY KEY CHECK (length(hash) = 32),  -- the key itself is shown once and not kept
    site    TEXT NOT NULL REFERENCES site (id),
    name    TEXT NOT NULL,
    scopes  TEXT NOT NULL,      -- JSON list
    revoked INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1))
) STRICT;

CREATE TABLE hook (
    id     TEXT PRIMARY KEY,
    site   TEXT NOT NULL REFERENCES site (id),
    url    TEXT NOT NULL,
    secret TEXT NOT NULL,      -- plain: every delivery is signed with it
    kinds  TEXT NOT NULL,      -- JSON list of what it wants to hear of
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    cursor INTEGER NOT NULL    -- the site's log up to here is expanded into deliveries
) STRICT;

CREATE TABLE delivery (
    id           BLOB PRIMARY KEY CHECK (length(id) = 32),  -- hash of hook and number: the same after any crash
    hook         TEXT NOT NULL REFERENCES hook (id),
    seq          INTEGER NOT NULL,
    order_key    TEXT NOT NULL,      -- deliveries with the same key go out in order
    payload      TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('pending', 'done', 'dead')),
    tries        INTEGER NOT NULL DEFAULT 0,
    next_at      INTEGER NOT NULL,
    leased_until INTEGER NOT NULL DEFAULT 0   -- a sender that died gives it free by this time
) STRICT;
CREATE INDEX delivery_order ON delivery (hook, order_key, seq) WHERE state = 'pending';
CREATE INDEX delivery_due ON delivery (next_at) WHERE state = 'pending';

-- What a supervisor has to be told. One open row per matter and station, however often it happens.
CREATE TABLE attention (
    id      INTEGER PRIMARY KEY,
    site    TEXT NOT NULL REFERENCES site (id),
    matter  TEXT NOT NULL,
    station BLOB NOT NULL,
    event   BLOB,               -- the first one it is about
    detail  TEXT NOT NULL,
    times   INTEGER NOT NULL,
    since   INTEGER NOT NULL,   -- by the database's clock: for people, never for order
    closed_by TEXT              -- NULL while open
) STRICT;
CREATE UNIQUE INDEX attention_open ON attention (site, matter, station) WHERE closed_by IS NULL;
