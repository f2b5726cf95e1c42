-- Streets that nobody drives for now. A row may begin with its end: events arrive in any order.
CREATE TABLE closure (
    id TEXT PRIMARY KEY,
    closed_at INTEGER, opened_at INTEGER,  -- clock readings; NULL until that event is here
    streets TEXT,                          -- JSON list of the ids on the map it was pointed at
    name TEXT, line TEXT,                  -- JSON list of points, to find it on another map
    until INTEGER, reason TEXT, actor TEXT
) STRICT;
