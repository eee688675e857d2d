<?php

/** A worker of {@see DrawsTest}: draws for every order of two rounds, beginning where chance wants, and prints it. */

declare(strict_types=1);

use Orderbridge\Link\Draws;
use Orderbridge\Shop\PdoDatabase;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\TableShop;

require __DIR__ . '/../bootstrap.php';

$database = PdoDatabase::connect($argv[1], $argv[2], $argv[3]);
$draws = new Draws(new Tables($database, $argv[4]), new Clock(new TableShop($database, $argv[4])));
$database->query('SELECT 1');
$orders = range(1, (int) $argv[5]);
shuffle($orders);

echo "ready\n";
fgets(STDIN);
foreach ($orders as $order) {
    foreach (['tea', 'coffee'] as $round) {
        echo $round, ' ', $order, ' ', $draws->number($round, (string) $order), "\n";
    }
}
