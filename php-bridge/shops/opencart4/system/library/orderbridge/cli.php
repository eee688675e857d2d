<?php

/**
 * For the command line: `php bridge/bin/orderbridge --boot cli.php work`. Starts the shop's catalog as a page request
 * for a route that prints nothing, and returns the bridge over it.
 */

declare(strict_types=1);

if (PHP_SAPI !== 'cli') {
    http_response_code(404);
    exit;
}

require_once __DIR__ . '/boot.php';

return (static function (): \Orderbridge\Bridge {
    $root = dirname(__DIR__, 5);
    if (!is_file($root . '/index.php') || !is_file($root . '/config.php')) {
        fwrite(STDERR, "no OpenCart in $root\n");
        exit(2);
    }
    chdir($root);
    $_GET['route'] = 'extension/orderbridge/module/orderbridge.idle';
    $_SERVER += ['REQUEST_METHOD' => 'GET', 'REMOTE_ADDR' => '127.0.0.1', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
    ob_start();
    require $root . '/index.php';
    ob_end_clean();
    restore_error_handler();
    restore_exception_handler();

    // The shop's front door leaves its registry in this scope.
    if (in_array('work', $_SERVER['argv'] ?? [], true) && !\Orderbridge\Shops\OpenCart4\Boot::isOn($registry)) {
        fwrite(STDERR, "Orderbridge is switched off in the shop's admin\n");
        exit(0);
    }
    return \Orderbridge\Shops\OpenCart4\Boot::bridge($registry);
})();
