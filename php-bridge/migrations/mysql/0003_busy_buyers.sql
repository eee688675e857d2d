-- Buyers whose contact a worker is looking for or making, as fingerprints of the core's: two orders of one new
-- buyer must not each make one. An entry ends by itself when its worker was killed.
CREATE TABLE IF NOT EXISTS {busy} (
    name VARCHAR(64) NOT NULL PRIMARY KEY,
    holder VARCHAR(32) NOT NULL,
    until BIGINT NOT NULL,
    KEY holder (holder)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
