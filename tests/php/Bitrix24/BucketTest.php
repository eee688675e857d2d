<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Bitrix24;

use Orderbridge\Bitrix24\Bucket;
use Orderbridge\Store\Migrations;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\OpensDatabases;
use Orderbridge\Tests\Support\TableShop;
use PHPUnit\Framework\TestCase;

final class BucketTest extends TestCase
{
    use OpensDatabases;

    private TableShop $shop;

    /** @return list<Bucket> as two workers have them */
    private function two(string $kind): array
    {
        $this->open($kind);
        $this->shop = new TableShop($this->database, $this->prefix);
        $this->shop->now = 1_800_000_000;
        $tables = new Tables($this->shop->database(), $this->prefix);
        (new Migrations($tables))->run();

        return [new Bucket($tables, 2.0, 50), new Bucket($tables, 2.0, 50)];
    }

    /** @dataProvider databases */
    public function testLetsABurstThroughAndThenTwoASecond(string $kind): void
    {
        $buckets = $this->two($kind);
        for ($request = 0; $request < 50; $request++) {
            self::assertSame(0.0, (float) $buckets[$request % 2]->take(10.0), "request $request");
        }

        self::assertSame(0.5, $buckets[0]->take(10.0));
        self::assertSame(1.0, $buckets[1]->take(10.0));
        self::assertNull($buckets[0]->take(1.0), 'it would be one and a half, and is not taken');
        self::assertSame(1.5, $buckets[0]->take(1.5));
        $this->shop->now += 10;
        self::assertSame(0.0, (float) $buckets[1]->take(0.0));
    }

    /** @dataProvider databases */
    public function testEmptiedItLetsRequestsThroughAtTheEvenRateForAllWorkers(string $kind): void
    {
        $buckets = $this->two($kind);
        $buckets[0]->take(10.0);

        $buckets[0]->empty();

        self::assertSame(0.5, $buckets[1]->take(10.0));
        self::assertSame(1.0, $buckets[0]->take(10.0));
        $buckets[1]->empty();
        self::assertSame(1.5, $buckets[0]->take(10.0), 'those who wait already keep their turn');
        $this->shop->now += 3600;
        self::assertSame(0.0, (float) $buckets[0]->take(0.0));
    }

    /** @dataProvider databases */
    public function testAClockPutBackDoesNotStopIt(string $kind): void
    {
        [$bucket] = $this->two($kind);
        $bucket->take(1.0);

        $this->shop->now -= 3600;

        self::assertSame(0.0, (float) $bucket->take(1.0));
    }
}
