-- What drivers bring back from a door, and where vans were last heard of.
CREATE TABLE proof (
    order_id TEXT PRIMARY KEY, at INTEGER NOT NULL, by BLOB NOT NULL,
    code TEXT NOT NULL,
    signature TEXT NOT NULL,   -- JSON: strokes of points, 0 to 1000 on either axis
    photo TEXT NOT NULL        -- JPEG in base64, or empty
) STRICT;
CREATE TABLE van_seen (
    van TEXT PRIMARY KEY, at INTEGER NOT NULL, by BLOB NOT NULL,
    lon_e7 INTEGER NOT NULL, lat_e7 INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
