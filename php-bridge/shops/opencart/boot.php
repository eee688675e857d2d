<?php

/**
 * Makes the adapter's and the bridge's classes loadable, and says which OpenCart this is. Required by every
 * controller: the shop's own autoloader does not know these namespaces.
 */

declare(strict_types=1);

require_once __DIR__ . '/bridge/autoload.php';

spl_autoload_register(static function (string $class): void {
    // The adapter's own classes, and those of the one version that this package is for.
    if (preg_match('/^Orderbridge\\\\Shops\\\\OpenCart([34]?)\\\\(\w+)$/D', $class, $part) === 1) {
        $file = __DIR__ . ($part[1] === '' ? '/adapter/' : '/edition/') . $part[2] . '.php';
        if (is_file($file)) {
            require $file;
        }
    }
});

\Orderbridge\Shops\OpenCart\Boot::as(require __DIR__ . '/edition/edition.php');
