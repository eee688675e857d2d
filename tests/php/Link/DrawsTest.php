<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Link;

use Orderbridge\Link\Draws;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Migrations;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\Child;
use Orderbridge\Tests\Support\OpensDatabases;
use Orderbridge\Tests\Support\TableShop;
use PHPUnit\Framework\TestCase;

use function array_map;
use function array_unique;
use function count;
use function explode;
use function ksort;
use function range;
use function sort;
use function trim;

final class DrawsTest extends TestCase
{
    use OpensDatabases;

    private const WORKERS = 4;
    private const ORDERS = 100;
    private const DAY = 86400;

    private TableShop $shop;
    /** @var list<string> */
    private array $words = [];

    private function draws(string $kind): Draws
    {
        $this->words = $this->open($kind);
        $tables = new Tables($this->database, $this->prefix);
        (new Migrations($tables))->run();
        $this->shop = new TableShop($this->database, $this->prefix);

        return new Draws($tables, new Clock($this->shop));
    }

    /** @dataProvider databases */
    public function testCountsEachRoundFromNothingAndRepeatsItself(string $kind): void
    {
        $draws = $this->draws($kind);

        self::assertSame([0, 1, 2], array_map(fn (string $id): int => $draws->number('tea', $id), ['17', '18', '19']));
        self::assertSame(0, $draws->number('coffee', '18'), 'another round');
        self::assertSame([1, 0], array_map(fn (string $id): int => $draws->number('tea', $id), ['18', '17']));
        self::assertSame(3, $draws->number('tea', '20'), 'a repeated draw uses no number up');
        self::assertSame([4, 5], [$draws->number('tea', 'a1'), $draws->number('tea', 'A1')]);
    }

    /** @dataProvider databases */
    public function testOldDrawsAreForgottenAndTheRoundGoesOn(string $kind): void
    {
        $draws = $this->draws($kind);
        $this->shop->now = 100 * self::DAY;
        $draws->number('tea', '1');
        $this->shop->now = 101 * self::DAY;
        $draws->number('tea', '2');
        $this->shop->now = 130 * self::DAY + 1;

        self::assertSame(1, $draws->trim(30, 100));

        self::assertSame([1, 2], [$draws->number('tea', '2'), $draws->number('tea', '3')]);
        self::assertSame(3, $draws->number('tea', '1'), 'so late a retry takes a new turn');
    }

    /** @dataProvider databases */
    public function testWorkersThatDrawAtOnceLeaveNoGapAndNoDouble(string $kind): void
    {
        $draws = $this->draws($kind);
        $workers = array_map(
            fn (int $worker): Child => new Child(__DIR__ . '/drawer.php', [...$this->words, (string) self::ORDERS]),
            range(1, self::WORKERS),
        );
        foreach ($workers as $worker) {
            self::assertSame('ready', $worker->line());
        }
        foreach ($workers as $worker) {
            $worker->tell('go');
        }
        $drawn = $first = [];
        foreach ($workers as $worker) {
            $printed = $worker->rest();
            self::assertSame(0, $worker->exit(), $printed);
            foreach (explode("\n", trim($printed)) as $place => $line) {
                [$round, $order, $number] = explode(' ', $line);
                $drawn[$round][$order][] = (int) $number;
                $first[$place][] = $line;
            }
        }

        ksort($drawn);
        self::assertCount(2, $drawn);
        foreach ($drawn as $round => $orders) {
            $numbers = [];
            foreach ($orders as $order => $told) {
                self::assertCount(self::WORKERS, $told, "each worker drew for $order");
                self::assertCount(1, array_unique($told), "$round: all were told the same of $order");
                $numbers[] = $told[0];
            }
            sort($numbers);
            self::assertSame(range(0, self::ORDERS - 1), $numbers, "$round: no gap, no double");
        }
        self::assertSame(self::ORDERS, $draws->number('tea', 'last'));
        self::assertGreaterThan(1, count(array_unique($first[0])), 'they began in different places');
    }
}
