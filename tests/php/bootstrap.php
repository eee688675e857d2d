<?php

declare(strict_types=1);

require_once dirname(__DIR__, 2) . '/php-bridge/autoload.php';

spl_autoload_register(static function (string $class): void {
    $prefix = 'Orderbridge\\Tests\\';
    if (str_starts_with($class, $prefix)) {
        $file = __DIR__ . '/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
        if (is_file($file)) {
            require_once $file;
        }
    }
});
