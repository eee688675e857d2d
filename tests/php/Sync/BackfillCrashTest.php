<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Outbox\Leases;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Sync\Points;
use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\Child;

use function array_fill;
use function array_map;
use function range;
use function time;

/** Kill -9 in the middle of a backfill: the next worker goes on where it was, and no order is lost or sent twice. */
final class BackfillCrashTest extends BridgeTestCase
{
    private const ORDERS = 410;

    /** @return iterable<string, array{string, string, int}> */
    public function points(): iterable
    {
        $moments = [
            [Points::LISTED, 1], [Points::LISTED, 2], [Points::LISTED, 3],
            [Points::LIST_STORED, 1], [Points::LIST_STORED, 2], [Points::LIST_STORED, 3],
            [Points::CLAIMED, 2], [Points::PACKED, 5], [Points::ANSWERED, 4], [Points::ANSWERED, 5],
            [Points::LEARNED, 2], [Points::ENDED, 3], [Points::FINISHED, 3],
        ];
        foreach ($this->databases() as $name => [$kind]) {
            foreach ($moments as [$point, $time]) {
                yield "$name, $point, $time" => [$kind, $point, $time];
            }
        }
    }

    /** @dataProvider points */
    public function testGoesOnWhereItWas(string $kind, string $point, int $time): void
    {
        $bridge = $this->bridge($kind);
        $this->database->transaction(function (): void {
            array_map($this->shop->place(...), range(1, self::ORDERS));
        });
        $bridge->sweep(5);
        $bridge->settings()->setDue('poll', 600);
        $bridge->backfill()->start(new OrderRange());

        $worker = new Child(__DIR__ . '/worker.php', [...$this->words, $point, (string) $time]);
        self::assertSame('', $worker->rest(), 'the worker was to be killed');
        $status = $bridge->backfill()->status();
        self::assertSame('running', $status['state']);
        self::assertLessThan(self::ORDERS, $status['done']);

        $this->shop->now = time() + Leases::SECONDS + 1;
        $this->another()->worker()->run(60);

        self::assertSame(array_fill(1, self::ORDERS, 1), $this->deals());
        $status = $bridge->backfill()->status();
        self::assertSame(
            ['finished', self::ORDERS, self::ORDERS, 0],
            [$status['state'], $status['total'], $status['done'], $status['left']],
        );
        self::assertSame([], $this->database->query("SELECT * FROM {$this->prefix}ob_job"));
    }
}
