<?php

/** The adapter is loaded here as in a shop: the bridge's autoloader, and its own folder for its namespace. */

declare(strict_types=1);

require_once __DIR__ . '/../../../../php-bridge/autoload.php';
require_once __DIR__ . '/functions.php';

spl_autoload_register(static function (string $class): void {
    $prefix = 'Orderbridge\\Shops\\WooCommerce\\';
    $folder = __DIR__ . '/../../../../php-bridge/shops/woocommerce/adapter/';
    if (str_starts_with($class, $prefix)) {
        $file = $folder . substr($class, strlen($prefix)) . '.php';
        if (is_file($file)) {
            require_once $file;
        }
    }
});
