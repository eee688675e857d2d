<?php

/** What a shop gives the command line, for {@see CommandLineTest}; where things are comes by the environment. */

declare(strict_types=1);

use Orderbridge\Bridge;
use Orderbridge\Options;
use Orderbridge\Shop\PdoDatabase;
use Orderbridge\Tests\Support\ScriptedEngine;
use Orderbridge\Tests\Support\TableShop;

require_once __DIR__ . '/../bootstrap.php';

[$dsn, $user, $password, $prefix] = explode("\n", (string) getenv('TEST_WORDS'));
$real = getenv('TEST_ENGINE') === 'real';

return new Bridge(
    new TableShop(PdoDatabase::connect($dsn, $user, $password), $prefix),
    new Options(
        prefix: $prefix . 'ob_',
        lang: (string) getenv('TEST_LANG'),
        key: 'a key',
        engine: $real ? null : new ScriptedEngine(),
        selfTest: $real,
        plainHttp: true,
        monitorUrl: getenv('TEST_MONITOR') === 'no' ? '' : 'https://shop.example/health',
        privateNetwork: getenv('TEST_PRIVATE') !== 'no',
    ),
);
