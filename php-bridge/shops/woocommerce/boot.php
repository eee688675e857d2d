<?php

/** Makes the adapter's and the bridge's classes loadable: WordPress knows neither of these namespaces. */

declare(strict_types=1);

defined('ABSPATH') || exit;

require_once __DIR__ . '/vendor/bridge/autoload.php';

spl_autoload_register(static function (string $class): void {
    $prefix = 'Orderbridge\\Shops\\WooCommerce\\';
    if (str_starts_with($class, $prefix)) {
        $file = __DIR__ . '/adapter/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
        if (is_file($file)) {
            require $file;
        }
    }
});
