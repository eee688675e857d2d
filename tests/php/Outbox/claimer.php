<?php

/** A worker of {@see ClaimsTest}: claims until nothing is left and prints what it got. */

declare(strict_types=1);

use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Shop\PdoDatabase;
use Orderbridge\Store\Tables;

require __DIR__ . '/../bootstrap.php';

$database = PdoDatabase::connect($argv[1], $argv[2], $argv[3]);
$tables = new Tables($database, $argv[4]);
$leases = new Leases($tables, $argv[5] === 'old' ? false : null);
$outbox = new Outbox($tables);
$database->query('SELECT 1');

echo "ready\n";
fgets(STDIN);
while (($jobs = $leases->take(7)) !== []) {
    foreach ($jobs as $job) {
        echo $job->orderId, "\n";
        // The shop goes on saving orders meanwhile.
        if ((int) $job->orderId % 10 === 0 && $job->version === 1) {
            Tables::insist(static fn () => $outbox->enqueue($job->orderId, Job::PUSH));
        }
        Tables::insist(static fn () => $outbox->finish($job));
    }
}
