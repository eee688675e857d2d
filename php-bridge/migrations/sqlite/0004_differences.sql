-- Where an order and its deals are not as they should be, as the last comparison found it; one row an order.
-- `mend` is 1 when somebody has asked to have it mended.
CREATE TABLE IF NOT EXISTS {difference} (
    order_id TEXT NOT NULL PRIMARY KEY,
    deal_ids TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    mend INTEGER NOT NULL DEFAULT 0,
    found_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS {difference}_mend ON {difference} (mend);
CREATE INDEX IF NOT EXISTS {difference}_found_at ON {difference} (found_at);
