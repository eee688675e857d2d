-- Buyers whose contact a worker is looking for or making, as fingerprints of the core's: two orders of one new
-- buyer must not each make one. An entry ends by itself when its worker was killed.
CREATE TABLE IF NOT EXISTS {busy} (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS {busy}_holder ON {busy} (holder);
