<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Bridge;
use Orderbridge\Outbox\Leases;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Sync\Points;
use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\Child;

use function array_fill;
use function array_map;
use function range;
use function time;

/** Kill -9 at every recovery point: the next run ends where an undisturbed one would have. */
final class CrashTest extends BridgeTestCase
{
    /** @return iterable<string, array{string, string, int}> */
    public function points(): iterable
    {
        foreach ($this->databases() as $name => [$kind]) {
            foreach (Points::ALL as $point) {
                yield "$name, $point" => [$kind, $point, 1];
            }
            // The poll comes first; these are between search and create, and between create and its learning.
            foreach ([2, 3] as $time) {
                yield "$name, packed, $time" => [$kind, Points::PACKED, $time];
                yield "$name, answered, $time" => [$kind, Points::ANSWERED, $time];
            }
        }
    }

    /** @dataProvider points */
    public function testNothingIsLostAndNothingDoubled(string $kind, string $point, int $time): void
    {
        $bridge = $this->bridge($kind);
        foreach (range(1, 6) as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $bridge->worker()->run(10);
        $this->portal->move('1', 'WON');
        $this->portal->move('2', 'WORK');
        $this->hint($bridge, '3');
        $this->portal->move('3', 'PAID');
        foreach (range(7, 12) as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        // A hook that never fired: only the sweep can find this one.
        $this->shop->place(13);
        $this->shop->change(1, '200.00');
        $bridge->orderSaved('1');
        // Orders from before the hooks, which somebody asks for now.
        $this->database->transaction(function (): void {
            array_map($this->shop->place(...), range(100, 105));
        });
        $bridge->backfill()->start(new OrderRange(fromId: 100));
        $bridge->settings()->setDue('poll', 0);
        $bridge->settings()->setDue('sweep', 0);

        $worker = new Child(__DIR__ . '/worker.php', [...$this->words, $point, (string) $time]);
        self::assertSame('', $worker->rest(), 'the worker was to be killed');

        $this->shop->now = time() + Leases::SECONDS + 130;
        $this->another()->worker()->run(20);

        self::assertSame(array_fill(1, 13, 1) + array_fill(100, 6, 1), $this->deals());
        self::assertSame('finished', $bridge->backfill()->status()['state']);
        $deals = $this->portal->state()['deals'];
        self::assertStringStartsWith('200.00', $deals['1']['print']);
        self::assertSame('at WON', $this->shop->orderStatus('1'));
        self::assertSame('at WORK', $this->shop->orderStatus('2'));
        self::assertSame('at PAID', $this->shop->orderStatus('3'));
        self::assertCount(1, $this->shop->history('1'), 'a status is set once');
        $figures = $bridge->outbox()->figures();
        self::assertSame([0, 0, 0, 0], [
            $figures['ready'], $figures['leased'], $figures['waiting'], $figures['dead'],
        ]);
        self::assertSame([], $this->database->query("SELECT * FROM {$this->prefix}ob_inbox"));
        self::assertSame(19, $bridge->links()->count());
    }

    private function hint(Bridge $bridge, string $deal): void
    {
        $query = ['secret' => $bridge->secrets()->inbound()];
        $body = "event=ONCRMDEALUPDATE&data%5BFIELDS%5D%5BID%5D=$deal";
        self::assertSame(200, $bridge->endpoint()->handle('POST', $query, [], $body)->status);
    }
}
