<?php

declare(strict_types=1);

require __DIR__ . '/../../story/lib/autoload.php';

spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'WordPress\\')) {
        require __DIR__ . '/' . substr($class, 10) . '.php';
    }
});
