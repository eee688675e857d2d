<?php

declare(strict_types=1);

// The shop has no Composer: its own classes live under Piala\, the bridge brings its own autoloader.

spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'Piala\\')) {
        $file = __DIR__ . '/' . strtr(substr($class, 6), '\\', '/') . '.php';
        if (is_file($file)) {
            require $file;
        }
    }
});

require_once __DIR__ . '/helpers.php';
require_once __DIR__ . '/../../../php-bridge/autoload.php';
