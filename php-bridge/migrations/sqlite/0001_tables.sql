-- The tables of the bridge. Times are unix seconds. No buyer's data is kept here, only ids.

-- Orders to look at: one row an order, however often it changes.
CREATE TABLE IF NOT EXISTS {job} (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id TEXT NOT NULL UNIQUE,
    wants INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    lane INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'ready',
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0,
    lease_by TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    hint TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS {job}_due ON {job} (state, lane, not_before, id);

-- Hints from the portal, as they came.
CREATE TABLE IF NOT EXISTS {inbox} (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL UNIQUE,
    payload TEXT NOT NULL,
    received_at INTEGER NOT NULL
);

-- Which deal belongs to which order; unique both ways. `memo` is the core's own.
CREATE TABLE IF NOT EXISTS {link} (
    order_id TEXT NOT NULL PRIMARY KEY,
    deal_id TEXT NULL UNIQUE,
    stage TEXT NULL,
    memo TEXT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);

-- What was done and what went wrong, for people.
CREATE TABLE IF NOT EXISTS {journal} (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    level TEXT NOT NULL,
    code TEXT NOT NULL,
    order_id TEXT NULL,
    deal_id TEXT NULL,
    message TEXT NOT NULL,
    hint TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS {journal}_at ON {journal} (at);
CREATE INDEX IF NOT EXISTS {journal}_order_id ON {journal} (order_id);

-- Settings, secrets, cursors, locks: `moment` is the time that the row speaks of.
CREATE TABLE IF NOT EXISTS {setting} (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    moment INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL
);
