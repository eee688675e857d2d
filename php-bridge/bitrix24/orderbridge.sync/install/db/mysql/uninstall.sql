DROP TABLE IF EXISTS b_orderbridge_push;
DROP TABLE IF EXISTS b_orderbridge_known;
DROP TABLE IF EXISTS b_orderbridge_change;
DROP TABLE IF EXISTS b_orderbridge_state;
