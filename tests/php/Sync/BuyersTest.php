<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Outbox\Leases;
use Orderbridge\Store\Migrations;
use Orderbridge\Store\Tables;
use Orderbridge\Sync\Buyers;
use Orderbridge\Tests\Support\OpensDatabases;
use Orderbridge\Tests\Support\TableShop;
use PHPUnit\Framework\TestCase;

use function sort;

final class BuyersTest extends TestCase
{
    use OpensDatabases;

    private TableShop $shop;

    /** @return array{Buyers, Buyers} as two workers have them */
    private function two(string $kind): array
    {
        $this->open($kind);
        $this->shop = new TableShop($this->database, $this->prefix);
        $this->shop->now = 1_800_000_000;
        $tables = new Tables($this->shop->database(), $this->prefix);
        (new Migrations($tables))->run();

        return [new Buyers($tables), new Buyers($tables)];
    }

    /** @dataProvider databases */
    public function testABuyerIsOneWorkersAtATime(string $kind): void
    {
        [$one, $other] = $this->two($kind);

        self::assertSame(['phone-1'], $one->take(['phone-1']));
        self::assertSame(['phone-2'], $other->take(['phone-1', 'phone-2']));
        $again = $one->take(['phone-1', 'mail-1', 'phone-2']);
        sort($again);
        self::assertSame(['mail-1', 'phone-1'], $again, 'what is ours stays ours');
        $one->giveBack();
        self::assertSame(['phone-1'], $other->take(['phone-1']));
        self::assertTrue($other->stillOurs());
    }

    /** @dataProvider databases */
    public function testWhatAKilledWorkerHeldIsFreeAfterAMinute(string $kind): void
    {
        [$one, $other] = $this->two($kind);
        $one->take(['phone-1', 'phone-2']);
        $this->shop->now += Leases::SECONDS - 1;
        self::assertSame([], $other->take(['phone-1']));
        $this->shop->now += 1;

        self::assertSame(['phone-1'], $other->take(['phone-1']));
        self::assertFalse($one->stillOurs(), 'one of two is lost');
        $one->giveBack();
        self::assertTrue($other->stillOurs(), 'only what is one\'s own is given back');
    }

    /** @dataProvider databases */
    public function testWhoIsAtWorkHoldsOn(string $kind): void
    {
        [$one, $other] = $this->two($kind);
        $one->take(['phone-1']);
        for ($minute = 0; $minute < 3; $minute++) {
            $this->shop->now += Leases::SECONDS - 5;
            self::assertTrue($one->stillOurs());
        }

        self::assertSame([], $other->take(['phone-1']));
        self::assertTrue($other->stillOurs(), 'who holds nothing has lost nothing');
    }
}
