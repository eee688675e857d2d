<?php

/** Finds the classes of the tests on a PHP that is too old for the bridge. PHP 7.4 reads this file. */

declare(strict_types=1);

spl_autoload_register(static function (string $class): void {
    $prefix = 'Orderbridge\\Tests\\';
    if (strpos($class, $prefix) === 0) {
        require dirname(__DIR__) . '/php/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
    }
});
