<?php

/** The adapter is loaded here as in a shop: the bridge's autoloader, and its own folder for its namespace. */

declare(strict_types=1);

require_once __DIR__ . '/../../../../php-bridge/autoload.php';
require_once __DIR__ . '/FakeOpenCart.php';
require_once __DIR__ . '/Heard.php';
require_once __DIR__ . '/OpenCartConnection.php';

spl_autoload_register(static function (string $class): void {
    $folders = [
        'Orderbridge\\Shops\\OpenCart\\' => 'opencart/adapter/',
        'Orderbridge\\Shops\\OpenCart3\\' => 'opencart3/edition/',
        'Orderbridge\\Shops\\OpenCart4\\' => 'opencart4/edition/',
    ];
    foreach ($folders as $prefix => $folder) {
        $file = __DIR__ . '/../../../../php-bridge/shops/' . $folder . substr($class, strlen($prefix)) . '.php';
        if (str_starts_with($class, $prefix) && is_file($file)) {
            require_once $file;
        }
    }
});
