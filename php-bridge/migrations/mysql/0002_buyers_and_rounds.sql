-- Whose order it is, as a fingerprint of the core's, so that a buyer's orders are found.
ALTER TABLE {link} ADD COLUMN buyer VARCHAR(64) NULL, ADD KEY buyer (buyer);

-- Rounds in which users take turns, each with how many numbers have been drawn of it.
CREATE TABLE IF NOT EXISTS {round} (
    name VARCHAR(64) NOT NULL PRIMARY KEY,
    drawn BIGINT UNSIGNED NOT NULL DEFAULT 0
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Which order drew which number: the same order draws the same again.
CREATE TABLE IF NOT EXISTS {draw} (
    round VARCHAR(64) NOT NULL,
    order_id VARCHAR(64) NOT NULL,
    number BIGINT UNSIGNED NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (round, order_id),
    KEY at (at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
