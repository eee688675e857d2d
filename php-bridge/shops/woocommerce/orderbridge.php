<?php

/**
 * Plugin Name:          Orderbridge: orders to Bitrix24
 * Description:          Every order becomes a Bitrix24 deal; a deal's stage comes back as the order's status.
 * Version:              0.1.0
 * Author:               Orderbridge
 * License:              MIT
 * License URI:          https://opensource.org/licenses/MIT
 * Requires at least:    6.5
 * Requires PHP:         8.1
 * Requires Plugins:     woocommerce
 * WC requires at least: 9.0
 * WC tested up to:      11.0
 * Text Domain:          orderbridge
 * Domain Path:          /languages
 */

// No words newer than PHP 7 in this file: an older PHP must be able to read it, to say that it is too old.

defined('ABSPATH') || exit;

if (PHP_VERSION_ID < 80100 || PHP_INT_SIZE < 8) {
    add_action('admin_notices', static function () {
        echo '<div class="notice notice-error"><p>',
            esc_html__('Orderbridge needs a 64-bit PHP 8.1 or newer.', 'orderbridge'),
            '</p></div>';
    });
} else {
    require_once __DIR__ . '/boot.php';
    Orderbridge\Shops\WooCommerce\Plugin::start(__FILE__);
}
