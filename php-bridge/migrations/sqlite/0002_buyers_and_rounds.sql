-- Whose order it is, as a fingerprint of the core's, so that a buyer's orders are found.
ALTER TABLE {link} ADD COLUMN buyer TEXT NULL;
CREATE INDEX IF NOT EXISTS {link}_buyer ON {link} (buyer);

-- Rounds in which users take turns, each with how many numbers have been drawn of it.
CREATE TABLE IF NOT EXISTS {round} (
    name TEXT NOT NULL PRIMARY KEY,
    drawn INTEGER NOT NULL DEFAULT 0
);

-- Which order drew which number: the same order draws the same again.
CREATE TABLE IF NOT EXISTS {draw} (
    round TEXT NOT NULL,
    order_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (round, order_id)
);
CREATE INDEX IF NOT EXISTS {draw}_at ON {draw} (at);
