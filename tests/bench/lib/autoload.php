<?php

declare(strict_types=1);

require_once dirname(__DIR__, 2) . '/chaos/lib/autoload.php';

spl_autoload_register(static function (string $class): void {
    $file = __DIR__ . '/' . substr($class, strlen('Bench\\')) . '.php';
    if (str_starts_with($class, 'Bench\\') && is_file($file)) {
        require_once $file;
    }
});
