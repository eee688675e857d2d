<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

use Orderbridge\Tests\Support\MariadbOfOurOwn;
use PDO;

/** A database of the test's own, reached as WordPress reaches it. */
trait WpdbOfOurOwn
{
    use MariadbOfOurOwn;

    /** @return array{PDO, FakeWpdb} */
    private function open(): array
    {
        [$dsn, $user, $password] = $this->createDatabase();
        preg_match('/host=([^;]+);port=(\d+);dbname=(\w+)/', $dsn, $part);

        return [
            new PDO($dsn, $user, $password),
            new FakeWpdb($part[1], (int) $part[2], $user, $password, $part[3]),
        ];
    }
}
