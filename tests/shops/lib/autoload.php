<?php

declare(strict_types=1);

require dirname(__DIR__, 2) . '/story/lib/autoload.php';

spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'Shops\\')) {
        require __DIR__ . '/' . substr($class, 6) . '.php';
    }
});
