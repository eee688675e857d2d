<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Bridge;
use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Reason;
use Orderbridge\Settings\Rows;
use Orderbridge\Settings\Told;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\ScriptedPortal;
use RuntimeException;

use function array_column;
use function array_count_values;
use function count;
use function time;

/** The owner is told of what needs him: once, and once that it is over. */
final class WatchTest extends BridgeTestCase
{
    private const DAY = 86400;

    /** @var list<array{string, string}> subject and text of each letter */
    private array $letters = [];
    private bool $mailFails = false;

    private function watched(string $kind, array $options = []): Bridge
    {
        $bridge = $this->bridge($kind, $this->told($options));
        $this->shop->now = time();

        return $bridge;
    }

    private function told(array $options = []): array
    {
        return $options + ['notify' => function (string $subject, string $text): void {
            if ($this->mailFails) {
                throw new RuntimeException('no mail for buyer@example.ru today');
            }
            $this->letters[] = [$subject, $text];
        }];
    }

    /** @return array<string, int> how often each code was journalled */
    private function journalled(Bridge $bridge): array
    {
        return array_count_values(array_column($bridge->journal()->latest(100), 'code'));
    }

    /** @dataProvider databases */
    public function testAMissingCronIsSaidOnceADayAndOnceThatItIsBack(string $kind): void
    {
        $bridge = $this->watched($kind);
        // Only buyers' requests do any work here.
        $bridge->worker()->run(5, 'kick');
        self::assertCount(1, $this->letters);
        [$subject, $text] = $this->letters[0];
        self::assertSame('Orderbridge: the exchange with Bitrix24 needs you', $subject);
        $says = "— no scheduled worker has run in the last 10 minutes\n  → add to cron";
        self::assertStringContainsString($says, $text);

        foreach ([61, 3600, self::DAY - 3662] as $later) {
            $this->shop->now += $later;
            $bridge->worker()->run(5, 'kick');
        }
        self::assertCount(1, $this->letters, 'once a day');
        $this->shop->now += 61;
        $bridge->worker()->run(5, 'kick');
        self::assertCount(2, $this->letters, 'and every day');
        self::assertSame(['cron_missing' => 2], $this->journalled($bridge));

        $this->shop->now += 61;
        $bridge->worker()->run(5, 'cron');
        self::assertCount(3, $this->letters);
        self::assertSame('Orderbridge: all is well again', $this->letters[2][0]);
        self::assertStringContainsString('— no worker ran on schedule', $this->letters[2][1]);
        $this->shop->now += 61;
        $bridge->worker()->run(5, 'cron');
        self::assertCount(3, $this->letters, 'that is said once, too');

        $this->shop->now += 700;
        $bridge->worker()->run(5, 'kick');
        $this->shop->now += 61;
        $bridge->worker()->run(5, 'cron');
        self::assertCount(3, $this->letters, 'what comes and goes is not told all day');
    }

    /** @dataProvider databases */
    public function testOneLetterForAllThatIsWrong(string $kind): void
    {
        $bridge = $this->watched($kind, ['pollEvery' => 100000]);
        $bridge->worker()->run(5);
        $bridge->outbox()->enqueue('5');
        $leases = new Leases(new Tables($this->shop->database(), $this->prefix . 'ob_'));
        [$job] = $leases->take(1);
        $bridge->outbox()->bury($job, Job::PUSH, Reason::of('field', 'No field for +7 912 345-67-89'));
        $bridge->settings()->saw('skew', '400');
        $this->shop->now += 61;
        $bridge->worker()->run(5);

        self::assertCount(1, $this->letters);
        self::assertStringContainsString('orders that need a decision: 1', $this->letters[0][1]);
        self::assertStringContainsString('the clocks of shop and portal differ', $this->letters[0][1]);
        self::assertStringNotContainsString('345-67', $this->letters[0][1]);

        $bridge->settings()->saw('skew', '0');
        $this->shop->now += 61;
        $bridge->worker()->run(5);
        self::assertCount(1, $this->letters, 'one of two is over');
        $bridge->outbox()->requeueDead();
        $this->shop->now += 61;
        $bridge->worker()->run(5);
        self::assertCount(2, $this->letters);
        self::assertStringContainsString('orders needed a decision', $this->letters[1][1]);
        self::assertStringContainsString('clocks of shop and portal differed', $this->letters[1][1]);
    }

    /** @dataProvider databases */
    public function testAWorkerThatCannotWorkStillSaysSo(string $kind): void
    {
        $bridge = $this->watched($kind);
        $bridge->worker()->run(5);
        $stopped = $this->another($this->told(['key' => 'another key', 'lang' => 'ru']));
        $bridge->settings()->refresh();
        $this->engine->instead['core.describe'] = static fn (): array => ['rejected' => [
            'code' => 'x', 'path' => null, 'message' => 'the file is cut short', 'hint' => '',
        ]];
        $this->shop->now += 61;

        self::assertSame('engine', $stopped->worker()->run(5)->idle);

        self::assertCount(1, $this->letters);
        self::assertSame('Orderbridge: обмену с Битрикс24 нужны вы', $this->letters[0][0]);
        self::assertStringContainsString('ядро не работает, заказы ждут: the file is cut short', $this->letters[0][1]);
        self::assertStringContainsString('установите модуль заново', $this->letters[0][1]);
    }

    /** @dataProvider databases */
    public function testAStopOfThePortalIsToldWithItsReason(string $kind): void
    {
        $bridge = $this->watched($kind, ['pollEvery' => 100000]);
        $bridge->worker()->run(5);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $this->engine->instead['sync.start'] = static fn (): array => [
            'step' => 'wait', 'seconds' => 300, 'counts' => false, 'hold' => 300, 'stop' => true,
            'reason' => [
                'code' => 'webhook_invalid',
                'message' => 'Not taken: https://p.bitrix24.ru/rest/1/' . ScriptedPortal::SECRET . '/',
                'hint' => '',
            ],
        ];
        $this->shop->now += 61;
        $bridge->worker()->run(5);

        self::assertCount(1, $this->letters);
        $told = $this->letters[0][1];
        $says = 'the exchange has stopped: Not taken: https://p.bitrix24.ru/rest/1/***';
        self::assertStringContainsString($says, $told);
        self::assertStringNotContainsString(ScriptedPortal::SECRET, $told);
    }

    /** @dataProvider databases */
    public function testWhoHasJustConnectedIsLeftTimeToSetCronUp(string $kind): void
    {
        $bridge = $this->bridge($kind, $this->told(), false);
        $this->portal = new ScriptedPortal();
        $this->shop->now = time();
        $bridge->worker()->run(5, 'kick');
        self::assertSame([], $this->letters, 'not connected');
        $bridge->setup()->connect($this->portal->webhook());
        $this->shop->now += 3599;
        $bridge->worker()->run(5, 'kick');
        self::assertSame([], $this->letters);
        $this->shop->now += 61;
        $bridge->worker()->run(5, 'kick');
        self::assertCount(1, $this->letters);
    }

    /** @dataProvider databases */
    public function testALetterThatDoesNotGoIsTriedAgainInAnHour(string $kind): void
    {
        $bridge = $this->watched($kind);
        $this->mailFails = true;
        self::assertSame('', $bridge->worker()->run(5, 'kick')->idle, 'and hurts no order');
        self::assertStringContainsString('the owner could not be told', $this->log->text());
        self::assertStringNotContainsString('buyer@example.ru', $this->log->text());
        $this->mailFails = false;
        $this->shop->now += 61;
        $bridge->worker()->run(5, 'kick');
        self::assertSame([], $this->letters);
        $this->shop->now += 3600;
        $bridge->worker()->run(5, 'kick');
        self::assertCount(1, $this->letters);
    }

    /** @dataProvider databases */
    public function testOfTwoWorkersOneTells(string $kind): void
    {
        $this->watched($kind);
        $told = function (): Told {
            $tables = new Tables($this->shop->database(), $this->prefix . 'ob_');
            $rows = new Rows($tables, new Clock($this->shop));
            // Both have looked before either of them has told.
            $rows->now();

            return new Told($tables, $rows);
        };
        [$one, $two] = [$told(), $told()];
        self::assertSame([true, false], [$one->claim('cron_missing'), $two->claim('cron_missing')]);
        self::assertTrue($two->claim('old_job'));
        self::assertFalse($told()->claim('old_job'));

        [$one, $two] = [$told(), $told()];
        self::assertSame(2, count($one->clear()));
        self::assertSame([], $two->clear());
        self::assertSame([], $told()->clear());
        self::assertFalse($told()->claim('old_job'), 'not a second time on that day');
        $this->shop->now += self::DAY;
        self::assertTrue($told()->claim('old_job'));
        $this->shop->now -= 10 * self::DAY;
        self::assertTrue($told()->claim('old_job'), 'a clock that was put back is no reason to be silent');
    }
}
