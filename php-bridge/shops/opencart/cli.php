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

use Orderbridge\Shops\OpenCart\Boot;

return (static function (): \Orderbridge\Bridge {
    $root = __DIR__;
    while (!is_file($root . '/index.php') || !is_file($root . '/config.php')) {
        if ($root === dirname($root)) {
            fwrite(STDERR, 'no OpenCart above ' . __DIR__ . "\n");
            exit(2);
        }
        $root = dirname($root);
    }
    chdir($root);
    $_GET['route'] = Boot::edition()->door('idle');
    $_SERVER['PHP_SELF'] = '/index.php';
    $_SERVER += [
        'REQUEST_METHOD' => 'GET',
        'REQUEST_URI' => '/index.php',
        'REMOTE_ADDR' => '127.0.0.1',
        'HTTP_HOST' => '',
        'SERVER_PROTOCOL' => 'HTTP/1.1',
    ];
    // One session for all calls of cron, else the shop keeps a new one every minute; nobody else can know its name.
    $_COOKIE['OCSESSID'] = substr(hash('sha256', 'orderbridge' . file_get_contents($root . '/config.php')), 0, 26);
    ob_start();
    require $root . '/index.php';
    ob_end_clean();
    // PHP's own handlers again (OpenCart 3 has put two above each other): the command line says what is wrong itself.
    set_error_handler(null);
    set_exception_handler(null);
    error_reporting(E_ALL & ~E_DEPRECATED);

    // OpenCart 4 leaves its registry in this scope, 3 hands it over in the route.
    $registry ??= Boot::started();
    if ($registry === null) {
        fwrite(STDERR, "the shop has not started: see its error log\n");
        exit(2);
    }
    if (in_array('work', $_SERVER['argv'] ?? [], true) && !Boot::isOn($registry)) {
        fwrite(STDERR, "Orderbridge is switched off in the shop's admin\n");
        exit(0);
    }
    return Boot::bridge($registry);
})();
