<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Core\EngineFault;
use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Leases;
use Orderbridge\Store\Tables;
use Orderbridge\Sync\Points;
use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\Child;

use function array_column;
use function array_fill;
use function in_array;
use function range;
use function time;

/** What goes wrong on the way, and that it hurts nobody else. */
final class TroubleTest extends BridgeTestCase
{
    /** @dataProvider databases */
    public function testAnAnswerLostAfterTheDealWasMadeMakesNoSecondDeal(string $kind): void
    {
        $bridge = $this->bridge($kind, ['pollEvery' => 100000]);
        $bridge->worker()->run(5);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        // The search is answered; the create is done, and its answer cut off.
        $this->portal->fault('none');
        $this->portal->fault('cut');

        $report = $bridge->worker()->run(5);

        self::assertSame('held', $report->idle);
        self::assertSame(1, $bridge->outbox()->figures()['ready'] + $bridge->outbox()->figures()['waiting']);
        self::assertNull($bridge->links()->ofOrder('1'));
        $this->shop->now = time() + 31;
        $bridge->worker()->run(5);
        self::assertSame(['1' => 1], $this->deals());
        self::assertSame('1', $bridge->links()->ofOrder('1')['deal_id']);
        self::assertSame(0, $bridge->outbox()->figures()['waiting']);
    }

    /** @dataProvider databases */
    public function testADeadPortalIsLeftAloneAndNothingIsLost(string $kind): void
    {
        $bridge = $this->bridge($kind, ['pollEvery' => 100000]);
        $bridge->worker()->run(5);
        $asked = $this->portal->state()['requests'];
        foreach (range(1, 25) as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $this->portal->fault('deaf', 7);
        $this->shop->now = time();

        $first = $bridge->worker()->run(5);
        self::assertSame('held', $first->idle);
        self::assertSame(3, $this->portal->state()['requests'] - $asked, 'one wave of three batches');
        self::assertSame('held', $bridge->worker()->run(5)->idle);
        self::assertSame(3, $this->portal->state()['requests'] - $asked, 'while it is held nobody asks');

        for ($probe = 1; $probe <= 4; $probe++) {
            $this->shop->now += 31;
            self::assertSame('held', $bridge->worker()->run(5)->idle);
            self::assertSame(3 + $probe, $this->portal->state()['requests'] - $asked, 'one order goes ahead');
        }
        $this->shop->now += 31;
        $last = $bridge->worker()->run(10);

        self::assertSame(25, $last->done);
        self::assertSame(array_fill(1, 25, 1), $this->deals());
        self::assertNull($bridge->health()['hold']);
        self::assertSame(0, $bridge->outbox()->figures()['dead']);
    }

    /** @dataProvider databases */
    public function testOneOrderTheShopCannotReadHurtsNoOther(string $kind): void
    {
        $bridge = $this->bridge($kind);
        foreach (range(1, 5) as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $this->shop->broken = ['3'];
        $this->shop->now = time();

        for ($attempt = 1; $attempt <= 5; $attempt++) {
            $bridge->worker()->run(5);
            $this->shop->now += 60 * $attempt;
        }

        self::assertSame([1 => 1, 2 => 1, 4 => 1, 5 => 1], $this->deals());
        $dead = $bridge->outbox()->dead();
        self::assertSame(['3', 'shop_unreadable', 5], [
            $dead[0]['order_id'], $dead[0]['code'], (int) $dead[0]['attempts'],
        ]);
        self::assertStringNotContainsString('345-67', $dead[0]['message'], 'a phone number');

        $this->shop->broken = [];
        $bridge->outbox()->requeueDead();
        $bridge->worker()->run(5);
        self::assertSame(1, $this->deals()['3']);
    }

    /** @dataProvider databases */
    public function testTheShopThatRefusesAStatusIsAskedAgain(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        $this->portal->move('1', 'WON');
        $this->shop->refusesStatus = true;
        $bridge->outbox()->enqueue('1', Job::PULL);

        $this->shop->now = time();
        $bridge->worker()->run(5);

        self::assertSame('shop_refused', $bridge->outbox()->waiting()[0]['code']);
        self::assertStringContainsString('the shop is closed', $bridge->outbox()->waiting()[0]['message']);
        $this->shop->refusesStatus = false;
        $this->shop->now += 6;
        $bridge->worker()->run(5);
        self::assertSame('at WON', $this->shop->orderStatus('1'));
    }

    /** @dataProvider databases */
    public function testAFaultOfTheCoreBuriesOneOrderAndAnUpdateBringsItBack(string $kind): void
    {
        $bridge = $this->bridge($kind);
        foreach (['1', '2', '3'] as $id) {
            $this->shop->place((int) $id);
            $bridge->orderSaved($id);
        }
        $this->engine->instead['sync.start'] = static function (array $data): ?array {
            if (($data['task']['order']['id'] ?? '') === '2') {
                throw EngineFault::because('scripted', 'unreachable executed');
            }
            return null;
        };

        $bridge->worker()->run(5);
        self::assertSame([1 => 1, 3 => 1], $this->deals());
        self::assertSame('core_fault', $bridge->outbox()->dead()[0]['code']);
        self::assertSame([], $bridge->worker()->run(5)->done > 0 ? ['again'] : [], 'not the same again');

        $updated = $this->another();
        $this->engine->instead['core.describe'] = static fn (): array => ['version' => 'newer'];
        $updated->worker()->run(5);
        self::assertSame(1, $this->deals()['2']);
    }

    /** @dataProvider databases */
    public function testAnOrderTheCoreRefusesIsDeadWithTheCoresWords(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $this->engine->instead['sync.start'] = static fn (array $data): ?array => $data['task']['kind'] === 'poll'
            ? null
            : ['rejected' => ['code' => 'money_unreadable', 'path' => '/data/task/order/total',
                'message' => 'Сумма не читается', 'hint' => 'Проверьте заказ']];

        $bridge->worker()->run(5);

        $dead = $bridge->outbox()->dead()[0];
        self::assertSame(['money_unreadable', 'Сумма не читается', 'Проверьте заказ'], [
            $dead['code'], $dead['message'], $dead['hint'],
        ]);
        self::assertFalse($bridge->health()['ok']);
    }

    /** @dataProvider databases */
    public function testBrokenSettingsStopEverythingAndBuryNothing(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $this->engine->instead['sync.start'] = static fn (): array => ['rejected' => [
            'code' => 'settings_unreadable', 'path' => '/settings/deal', 'message' => 'Настройки', 'hint' => '…',
        ]];
        $this->shop->now = time();

        self::assertSame('stopped', $bridge->worker()->run(5)->idle);

        self::assertSame(['ready' => 1, 'dead' => 0], [
            'ready' => $bridge->outbox()->figures()['ready'], 'dead' => $bridge->outbox()->figures()['dead'],
        ]);
        self::assertSame('settings_unreadable', $bridge->health()['hold']['code']);
        $alerts = array_column($bridge->health()['alerts'], 'hint', 'code');
        self::assertStringStartsWith($bridge->health()['hold']['hint'] . ' ', $alerts['portal_stopped']);
        $this->engine->instead = [];
        $bridge->setup()->replace($bridge->setup()->document(), $bridge->settings()->revision(), 'Анна');
        $bridge->worker()->run(5);
        self::assertSame(['1' => 1], $this->deals());
    }

    /**
     * A worker that began with the old settings must not stop what the new ones have mended.
     *
     * @dataProvider databases
     */
    public function testSettingsMendedWhileAWorkerIsAtItStopNothing(string $kind): void
    {
        $this->bridge($kind, ['pollEvery' => 100000])->worker()->run(5);
        $this->shop->now = time();
        $this->shop->place(1);
        $owner = $this->another();
        $owner->orderSaved('1');
        $mends = static function (string $point) use ($owner): void {
            if ($point === Points::CLAIMED && !isset($owner->settings()->document()['deal'])) {
                $document = ['deal' => ['title' => 'Заказ']] + $owner->setup()->document();
                $owner->setup()->replace($document, $owner->settings()->revision(), 'Анна');
            }
        };
        $worker = $this->another(['pollEvery' => 100000, 'onPoint' => $mends]);
        $this->engine->instead['sync.start'] = static fn (): array => ['rejected' => [
            'code' => 'funnel_missing', 'path' => '/settings/funnel/id', 'message' => 'Воронки нет', 'hint' => '…',
        ]];
        $worker->worker()->run(5);

        $owner->settings()->refresh();
        self::assertNull($owner->health()['hold'], 'the owner has mended it already');
        $this->engine->instead = [];
        $worker->worker()->run(5);
        self::assertSame(['1' => 1], $this->deals());
    }

    /** @dataProvider databases */
    public function testAnEngineThatDoesNotRunBuriesNothing(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $this->engine->instead['core.describe'] = static function (): array {
            throw EngineFault::because('scripted', 'the file is missing');
        };

        self::assertSame('engine', $bridge->worker()->run(5)->idle);

        self::assertSame(1, $bridge->outbox()->figures()['ready']);
        self::assertStringContainsString('the file is missing', $this->log->text());
    }

    /** @dataProvider databases */
    public function testAnAnswerTheCoreCannotTakeSendsEachOrderAlone(string $kind): void
    {
        $bridge = $this->bridge($kind, ['pollEvery' => 100000]);
        $bridge->worker()->run(5);
        foreach (range(1, 4) as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $this->engine->instead['batch.unpack'] = static function (array $data): ?array {
            if (in_array('push2', $data['tasks'], true)) {
                throw EngineFault::because('scripted', 'trap');
            }
            return null;
        };
        $this->shop->now = time();

        $bridge->worker()->run(5);
        self::assertSame('shared_fault', $bridge->outbox()->waiting()[0]['code']);
        $this->shop->now += 6;
        $bridge->worker()->run(5);

        self::assertSame([1 => 1, 3 => 1, 4 => 1], $this->deals());
        self::assertSame(['2', 'core_fault'], [
            $bridge->outbox()->dead()[0]['order_id'], $bridge->outbox()->dead()[0]['code'],
        ]);
    }

    /** @dataProvider databases */
    public function testADealThatBelongsToAnotherOrderIsNotTakenFromIt(string $kind): void
    {
        $bridge = $this->bridge($kind);
        foreach (['1', '2', '3'] as $id) {
            $this->shop->place((int) $id);
            $bridge->orderSaved($id);
        }
        $bridge->links()->learn(['order_id' => '99', 'deal_id' => '2', 'memo' => ['of' => '99']]);

        $bridge->worker()->run(5);

        self::assertSame('99', $bridge->links()->ofDeals(['2'])[0]['order_id']);
        self::assertSame(['deal_taken', '2'], [
            $bridge->outbox()->dead()[0]['code'], $bridge->outbox()->dead()[0]['order_id'],
        ]);
        self::assertSame('3', $bridge->links()->ofOrder('3')['deal_id'], 'its neighbours are stored');
    }

    /** @dataProvider databases */
    public function testAWorkerThatLostItsLeaseSendsNothingMore(string $kind): void
    {
        $slept = false;
        $bridge = $this->bridge($kind, ['pollEvery' => 100000]);
        $bridge->worker()->run(5);
        $this->shop->now = time();
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $other = [];
        // A machine that sleeps for an hour in the middle: meanwhile another worker takes the order.
        $sleep = function (string $point) use (&$slept, &$other): void {
            if ($point === Points::CLAIMED && !$slept) {
                $slept = true;
                $this->shop->now += 3600;
                $tables = new Tables($this->shop->database(), $this->prefix . 'ob_');
                $other = (new Leases($tables))->take(1);
            }
        };
        $sleepy = $this->another(['pollEvery' => 100000, 'onPoint' => $sleep]);
        $asked = $this->portal->state()['requests'];

        $report = $sleepy->worker()->run(5);

        self::assertCount(1, $other);
        self::assertSame(1, $report->unfinished);
        self::assertSame($asked, $this->portal->state()['requests']);
        self::assertSame(1, $bridge->outbox()->figures()['leased'], 'it is still the other one\'s');
    }

    /** @dataProvider databases */
    public function testOrdersThatAreNoOrdersAreForgotten(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $bridge->orderSaved('404');
        $bridge->orderSaved('');

        $bridge->worker()->run(5);

        self::assertSame([], $this->portal->state()['deals']);
        self::assertSame(0, $bridge->outbox()->figures()['ready']);
    }

    public function testSavingAnOrderNeverThrows(): void
    {
        $bridge = $this->bridge('sqlite', [], false);
        $bridge->uninstall();

        $bridge->orderSaved('1');
        $bridge->afterResponse();

        self::assertStringContainsString('order 1 could not be enqueued', $this->log->text());
    }

    /** @dataProvider databases */
    public function testTwoWorkersAtOnceBringEachOrderOnce(string $kind): void
    {
        $bridge = $this->bridge($kind);
        foreach (range(1, 60) as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $workers = [];
        foreach (range(1, 4) as $number) {
            $workers[] = new Child(__DIR__ . '/worker.php', [...$this->words, 'never', '0']);
        }
        foreach ($workers as $worker) {
            self::assertStringContainsString('"dead":0', $worker->rest());
            self::assertSame(0, $worker->exit());
        }

        self::assertSame(array_fill(1, 60, 1), $this->deals());
        self::assertSame(0, $bridge->outbox()->figures()['ready'] + $bridge->outbox()->figures()['leased']);
    }
}
