-- One schema for both databases; {serial} and {table} are the only words they spell differently.
-- Money is whole kopecks, moments are UTC.

CREATE TABLE category (
    id {serial},
    parent_id INT UNSIGNED NULL REFERENCES category (id),
    slug VARCHAR(64) NOT NULL UNIQUE,
    name VARCHAR(190) NOT NULL,
    note VARCHAR(190) NOT NULL DEFAULT ''
) {table};

CREATE TABLE product (
    id {serial},
    slug VARCHAR(64) NOT NULL UNIQUE,
    sku VARCHAR(64) NOT NULL UNIQUE,
    name VARCHAR(190) NOT NULL,
    price BIGINT NOT NULL,
    vat_rate VARCHAR(16) NULL,
    tint VARCHAR(32) NOT NULL,
    summary TEXT NOT NULL,
    description TEXT NOT NULL,
    popular TINYINT NOT NULL DEFAULT 0
) {table};

CREATE TABLE product_category (
    product_id INT UNSIGNED NOT NULL REFERENCES product (id),
    category_id INT UNSIGNED NOT NULL REFERENCES category (id),
    PRIMARY KEY (product_id, category_id)
) {table};

CREATE TABLE option_value (
    id {serial},
    product_id INT UNSIGNED NOT NULL REFERENCES product (id),
    option_name VARCHAR(190) NOT NULL,
    name VARCHAR(190) NOT NULL,
    price_delta BIGINT NOT NULL,
    sku_suffix VARCHAR(32) NOT NULL,
    colour VARCHAR(32) NULL
) {table};

CREATE TABLE coupon (
    code VARCHAR(64) PRIMARY KEY,
    kind VARCHAR(16) NOT NULL CHECK (kind IN ('percent', 'fixed')),
    value BIGINT NOT NULL,
    from_total BIGINT NOT NULL DEFAULT 0
) {table};

CREATE TABLE orders (
    id {serial},
    attempt VARCHAR(64) NOT NULL UNIQUE,
    access_key VARCHAR(64) NOT NULL,
    revision BIGINT NOT NULL UNIQUE,
    created_at DATETIME NOT NULL,
    status VARCHAR(32) NOT NULL,
    last_name VARCHAR(190) NOT NULL,
    first_name VARCHAR(190) NOT NULL,
    second_name VARCHAR(190) NOT NULL,
    phone VARCHAR(64) NOT NULL,
    email VARCHAR(190) NOT NULL,
    delivery VARCHAR(32) NOT NULL,
    address TEXT NOT NULL,
    payment VARCHAR(32) NOT NULL,
    comment TEXT NOT NULL,
    coupon VARCHAR(64) NULL,
    discount BIGINT NOT NULL,
    delivery_price BIGINT NOT NULL,
    -- 'net': prices, discount and delivery are without VAT; taxes is the VAT on top of them, kopecks by rate.
    prices VARCHAR(8) NOT NULL CHECK (prices IN ('gross', 'net')),
    taxes TEXT NOT NULL,
    total BIGINT NOT NULL,
    utm TEXT NOT NULL
) {table};

CREATE TABLE order_line (
    id {serial},
    order_id INT UNSIGNED NOT NULL REFERENCES orders (id),
    product_id INT UNSIGNED NOT NULL,
    sku VARCHAR(64) NOT NULL,
    name VARCHAR(190) NOT NULL,
    options TEXT NOT NULL,
    quantity INT NOT NULL,
    price BIGINT NOT NULL,
    vat_rate VARCHAR(16) NULL
) {table};
CREATE INDEX order_line_order ON order_line (order_id);

CREATE TABLE order_history (
    id {serial},
    order_id INT UNSIGNED NOT NULL REFERENCES orders (id),
    created_at DATETIME NOT NULL,
    status VARCHAR(32) NULL,
    comment TEXT NOT NULL,
    author VARCHAR(64) NOT NULL,
    notified TINYINT NOT NULL DEFAULT 0
) {table};
CREATE INDEX order_history_order ON order_history (order_id);

CREATE TABLE counter (name VARCHAR(190) PRIMARY KEY, value BIGINT NOT NULL) {table};
INSERT INTO counter (name, value) VALUES ('revision', 0);

CREATE TABLE admin (login VARCHAR(190) PRIMARY KEY, password_hash VARCHAR(190) NOT NULL) {table};

CREATE TABLE login_failure (address VARCHAR(64) NOT NULL, failed_at BIGINT NOT NULL) {table};
CREATE INDEX login_failure_address ON login_failure (address, failed_at);
