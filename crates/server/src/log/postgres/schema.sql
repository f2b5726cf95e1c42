-- The central server's log, as in crates/store/migrations_central, for a database that replicas share.
-- Texts that stations write are BYTEA: TEXT refuses a zero byte, and one event must not stop a site.

CREATE TABLE schema_version (version BIGINT NOT NULL);
INSERT INTO schema_version VALUES (1);

CREATE TABLE site (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    head_seq BIGINT NOT NULL DEFAULT 0 CHECK (head_seq >= 0),  -- newest number given out
    head_tag BYTEA NOT NULL CHECK (length(head_tag) = 32),       -- running hash up to that number
    version  BIGINT NOT NULL DEFAULT 0                         -- grows with all that a decision may rest on
);

-- Restores from a backup. A site without a row is in generation 1.
CREATE TABLE generation (
    site   TEXT NOT NULL REFERENCES site (id),
    number BIGINT NOT NULL CHECK (number > 1),
    base   BIGINT NOT NULL CHECK (base >= 0),  -- head of the site when it began: what follows is new
    PRIMARY KEY (site, number)
);

CREATE TABLE station (
    id         BYTEA PRIMARY KEY CHECK (length(id) = 16),
    site       TEXT NOT NULL REFERENCES site (id),
    name       TEXT NOT NULL,      -- for people
    public_key BYTEA CHECK (length(public_key) = 32),  -- NULL: a replica, which signs nothing and never connects
    kinds_not  TEXT NOT NULL,      -- JSON list of kinds that it may not write
    head_seq   BIGINT NOT NULL DEFAULT 0,
    head_hash  BYTEA NOT NULL,      -- tip of its chain as far as it is here
    closed     BOOLEAN NOT NULL DEFAULT false,   -- forked
    revoked    BOOLEAN NOT NULL DEFAULT false   -- by a supervisor
);
CREATE INDEX station_site ON station (site);

-- One-time codes, by hash: whoever reads the file cannot enroll with them.
CREATE TABLE code (
    hash      BYTEA PRIMARY KEY CHECK (length(hash) = 32),
    site      TEXT NOT NULL REFERENCES site (id),
    name      TEXT NOT NULL,      -- name of the station to be
    kinds_not TEXT NOT NULL,
    expires   BIGINT NOT NULL,
    used_by   BYTEA,               -- station, so that a lost answer can be given again
    used_key  BYTEA
);

-- Which hash stands in which place of a chain; events that were repeated or set aside included.
-- Without reference to station: peers offer chains of authors whom a restored server forgot.
CREATE TABLE place (
    station BYTEA NOT NULL,
    seq     BIGINT NOT NULL CHECK (seq > 0),
    hash    BYTEA NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (station, seq)
);

CREATE TABLE event (
    site        TEXT NOT NULL REFERENCES site (id),
    seq         BIGINT NOT NULL CHECK (seq > 0),  -- in commit order, without gaps
    tag         BYTEA NOT NULL CHECK (length(tag) = 32),  -- running hash of the site up to here
    id          BYTEA NOT NULL CHECK (length(id) = 16),
    station     BYTEA NOT NULL CHECK (length(station) = 16),
    station_seq BIGINT NOT NULL CHECK (station_seq > 0),
    prev        BYTEA NOT NULL,
    hash        BYTEA NOT NULL,      -- compared whenever the row is read
    content     BYTEA NOT NULL,      -- without its place: tells the same id with other content
    at          BIGINT NOT NULL,   -- hybrid logical clock of the author
    actor       BYTEA NOT NULL,
    body        BYTEA NOT NULL,      -- byte for byte as the author wrote it
    UNIQUE (site, seq),
    UNIQUE (id)
);
CREATE FUNCTION event_is_immutable() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events are immutable'; END $$;
CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION event_is_immutable();

-- Kept, told to nobody and not applied, until a supervisor decides.
CREATE TABLE aside (
    station     BYTEA NOT NULL,
    station_seq BIGINT NOT NULL,
    hash        BYTEA NOT NULL,      -- two events may claim one place
    site        TEXT NOT NULL REFERENCES site (id),
    why         TEXT NOT NULL,
    id          BYTEA NOT NULL,
    prev        BYTEA NOT NULL,
    content     BYTEA NOT NULL,
    at          BIGINT NOT NULL,
    actor       BYTEA NOT NULL,
    body        BYTEA NOT NULL,
    PRIMARY KEY (station, station_seq, hash)
);
CREATE INDEX aside_site ON aside (site);

-- Totals that only grow; see the protocol's quotas.
CREATE TABLE quota (
    site     TEXT NOT NULL REFERENCES site (id),
    sku      TEXT NOT NULL,
    station  BYTEA NOT NULL,
    granted  BIGINT NOT NULL DEFAULT 0,
    spent    BIGINT NOT NULL DEFAULT 0,
    returned BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (site, sku, station)
);
CREATE INDEX quota_station ON quota (station);

CREATE TABLE lease (
    site   TEXT NOT NULL REFERENCES site (id),
    task   TEXT NOT NULL,
    holder BYTEA NOT NULL,
    until  BIGINT NOT NULL,  -- by the server's clock
    PRIMARY KEY (site, task)
);

CREATE TABLE snapshot (
    site       TEXT NOT NULL REFERENCES site (id),
    seq        BIGINT NOT NULL CHECK (seq > 0),
    generation BIGINT NOT NULL,
    tag        BYTEA NOT NULL,
    hash       BYTEA NOT NULL,     -- of the whole
    size       BIGINT NOT NULL,
    PRIMARY KEY (site, seq)
);
-- In pieces, so that a part is read without the whole.
CREATE TABLE snapshot_piece (
    site  TEXT NOT NULL,
    seq   BIGINT NOT NULL,
    piece BIGINT NOT NULL,   -- from 0, each of the same size but the last
    bytes BYTEA NOT NULL,
    PRIMARY KEY (site, seq, piece),
    FOREIGN KEY (site, seq) REFERENCES snapshot (site, seq) ON DELETE CASCADE
);
-- They are compressed already.
ALTER TABLE snapshot_piece ALTER bytes SET STORAGE EXTERNAL;

-- What was answered to a request with an idempotency key: the same for ever.
CREATE TABLE answer (
    scope   TEXT NOT NULL,
    key     TEXT NOT NULL,
    request BYTEA NOT NULL,      -- hash of the request: the same key with another one is an error
    status  BIGINT NOT NULL,
    body    BYTEA NOT NULL,
    PRIMARY KEY (scope, key)
);

CREATE TABLE api_key (
    hash    BYTEA PRIMARY KEY CHECK (length(hash) = 32),  -- the key itself is shown once and not kept
    site    TEXT NOT NULL REFERENCES site (id),
    name    TEXT NOT NULL,
    scopes  TEXT NOT NULL,      -- JSON list
    revoked BOOLEAN NOT NULL DEFAULT false
);

CREATE TABLE hook (
    id     TEXT PRIMARY KEY,
    site   TEXT NOT NULL REFERENCES site (id),
    url    TEXT NOT NULL,
    secret TEXT NOT NULL,      -- plain: every delivery is signed with it
    kinds  TEXT NOT NULL,      -- JSON list of what it wants to hear of
    active BOOLEAN NOT NULL,
    cursor BIGINT NOT NULL    -- the site's log up to here is expanded into deliveries
);

CREATE TABLE delivery (
    id           BYTEA PRIMARY KEY CHECK (length(id) = 32),  -- hash of hook and number: the same after any crash
    hook         TEXT NOT NULL REFERENCES hook (id),
    seq          BIGINT NOT NULL,
    order_key    TEXT NOT NULL,      -- deliveries with the same key go out in order
    payload      TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('pending', 'done', 'dead')),
    tries        BIGINT NOT NULL DEFAULT 0,
    next_at      BIGINT NOT NULL,
    leased_until BIGINT NOT NULL DEFAULT 0   -- a sender that died gives it free by this time
);
CREATE INDEX delivery_order ON delivery (hook, order_key, seq) WHERE state = 'pending';
CREATE INDEX delivery_due ON delivery (next_at) WHERE state = 'pending';

-- What a supervisor has to be told. One open row per matter and station, however often it happens.
CREATE TABLE attention (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site    TEXT NOT NULL REFERENCES site (id),
    matter  TEXT NOT NULL,
    station BYTEA NOT NULL,
    event   BYTEA,               -- the first one it is about
    detail  TEXT NOT NULL,
    times   BIGINT NOT NULL,
    since   BIGINT NOT NULL,   -- by the database's clock: for people, never for order
    closed_by TEXT              -- NULL while open
);
CREATE UNIQUE INDEX attention_open ON attention (site, matter, station) WHERE closed_by IS NULL;
