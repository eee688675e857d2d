<?php

/**
 * Makes the adapter's and the bridge's classes loadable. Required by every controller: OpenCart's own autoloader
 * does not know these namespaces, and during installation not even this extension's library folder.
 */

declare(strict_types=1);

require_once __DIR__ . '/bridge/autoload.php';

spl_autoload_register(static function (string $class): void {
    $prefix = 'Orderbridge\\Shops\\OpenCart4\\';
    if (str_starts_with($class, $prefix)) {
        $file = __DIR__ . '/adapter/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
        if (is_file($file)) {
            require $file;
        }
    }
});
