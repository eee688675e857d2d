<?php

/** A worker of {@see CrashTest}: kills itself at the named point, as power cuts and `kill -9` do. */

declare(strict_types=1);

use Orderbridge\Bridge;
use Orderbridge\Options;
use Orderbridge\Shop\PdoDatabase;
use Orderbridge\Tests\Support\MemoryLog;
use Orderbridge\Tests\Support\ScriptedEngine;
use Orderbridge\Tests\Support\TableShop;

require __DIR__ . '/../bootstrap.php';

[, $dsn, $user, $password, $prefix, $point, $time] = $argv;
$database = PdoDatabase::connect($dsn, $user, $password);
$shop = new TableShop($database, $prefix);
$bridge = new Bridge($shop, new Options(
    prefix: $prefix . 'ob_',
    engine: new ScriptedEngine(),
    selfTest: false,
    log: new MemoryLog(),
    plainHttp: true,
    group: 5,
    onPoint: static function (string $name) use ($point, &$time): void {
        if ($name === $point && --$time === 0) {
            posix_kill(getmypid(), SIGKILL);
        }
    },
));
echo json_encode($bridge->worker()->run(20)->toArray()), "\n";
