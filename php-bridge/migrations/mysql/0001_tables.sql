-- The tables of the bridge. Times are unix seconds. No buyer's data is kept here, only ids.

-- Orders to look at: one row an order, however often it changes.
CREATE TABLE IF NOT EXISTS {job} (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    order_id VARCHAR(64) NOT NULL,
    wants TINYINT UNSIGNED NOT NULL,
    version BIGINT UNSIGNED NOT NULL DEFAULT 1,
    lane TINYINT UNSIGNED NOT NULL DEFAULT 0,
    state VARCHAR(8) NOT NULL DEFAULT 'ready',
    attempts INT UNSIGNED NOT NULL DEFAULT 0,
    not_before BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    lease_by VARCHAR(32) NOT NULL DEFAULT '',
    code VARCHAR(64) NOT NULL DEFAULT '',
    message VARCHAR(1000) NOT NULL DEFAULT '',
    hint VARCHAR(1000) NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE KEY order_id (order_id),
    KEY due (state, lane, not_before, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Hints from the portal, as they came.
CREATE TABLE IF NOT EXISTS {inbox} (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    digest CHAR(64) NOT NULL,
    payload TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    UNIQUE KEY digest (digest)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Which deal belongs to which order; unique both ways. `memo` is the core's own.
CREATE TABLE IF NOT EXISTS {link} (
    order_id VARCHAR(64) NOT NULL PRIMARY KEY,
    deal_id VARCHAR(32) NULL,
    stage VARCHAR(64) NULL,
    memo MEDIUMTEXT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE KEY deal_id (deal_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What was done and what went wrong, for people.
CREATE TABLE IF NOT EXISTS {journal} (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    at BIGINT NOT NULL,
    level VARCHAR(8) NOT NULL,
    code VARCHAR(64) NOT NULL,
    order_id VARCHAR(64) NULL,
    deal_id VARCHAR(32) NULL,
    message VARCHAR(1000) NOT NULL,
    hint VARCHAR(1000) NOT NULL DEFAULT '',
    KEY at (at),
    KEY order_id (order_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Settings, secrets, cursors, locks: `moment` is the time that the row speaks of.
CREATE TABLE IF NOT EXISTS {setting} (
    name VARCHAR(64) NOT NULL PRIMARY KEY,
    value MEDIUMTEXT NOT NULL,
    moment BIGINT NOT NULL DEFAULT 0,
    updated_at BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
