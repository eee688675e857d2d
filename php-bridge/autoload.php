<?php

/**
 * Loads the bridge's classes by their names (PSR-4, namespace Orderbridge). A shop has no Composer at run time,
 * and this file may be required more than once: by the adapter, by the shop's cron and by the command line.
 */

declare(strict_types=1);

(static function (): void {
    static $registered = false;
    if ($registered) {
        return;
    }
    $registered = true;

    spl_autoload_register(static function (string $class): void {
        $prefix = 'Orderbridge\\';
        if (!str_starts_with($class, $prefix)) {
            return;
        }
        $file = __DIR__ . '/src/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
        if (is_file($file)) {
            require_once $file;
        }
    });
})();
