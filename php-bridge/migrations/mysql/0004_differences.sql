-- Where an order and its deals are not as they should be, as the last comparison found it; one row an order.
-- `mend` is 1 when somebody has asked to have it mended.
CREATE TABLE IF NOT EXISTS {difference} (
    order_id VARCHAR(64) NOT NULL PRIMARY KEY,
    deal_ids VARCHAR(255) NOT NULL DEFAULT '',
    kind VARCHAR(16) NOT NULL,
    detail VARCHAR(1000) NOT NULL DEFAULT '',
    mend TINYINT UNSIGNED NOT NULL DEFAULT 0,
    found_at BIGINT NOT NULL,
    KEY mend (mend),
    KEY found_at (found_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
