<?php

/** The archive's bridge, for the command line; where things are comes by the environment. */

declare(strict_types=1);

use Bench\Archive;
use Orderbridge\Bridge;
use Orderbridge\Core\NodeWorker;
use Orderbridge\Options;
use Orderbridge\Shop\PdoDatabase;

require_once __DIR__ . '/../../../php-bridge/autoload.php';
require_once __DIR__ . '/Archive.php';

$peaks = (string) getenv('ARCHIVE_PEAKS');
if ($peaks !== '') {
    register_shutdown_function(static function () use ($peaks): void {
        $line = memory_get_peak_usage(true);
        file_put_contents($peaks, "$line\n", FILE_APPEND | LOCK_EX);
    });
}

return new Bridge(
    new Archive(PdoDatabase::connect((string) getenv('ARCHIVE_DSN'), (string) getenv('ARCHIVE_USER'), '')),
    new Options(
        prefix: 'ob_',
        lang: 'en',
        key: 'a key that no dump of the database contains',
        roles: Archive::ROLES,
        engine: getenv('ENGINE') === 'node' ? static fn () => new NodeWorker() : null,
        plainHttp: true,
        privateNetwork: true,
        rate: 0.0,
    ),
);
