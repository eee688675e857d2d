<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Privacy;

use Orderbridge\Bridge;
use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Reason;
use Orderbridge\Privacy\Erased;
use Orderbridge\Settings\PortalHold;
use Orderbridge\Settings\Rows;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\BridgeTestCase;

use function array_column;
use function array_fill;
use function array_filter;
use function array_merge;
use function array_values;
use function implode;
use function mb_strtolower;
use function preg_replace;
use function range;
use function str_contains;
use function time;

/** After it nothing of the buyer is left in our tables, everything of others is, and sync goes on. */
final class ErasureTest extends BridgeTestCase
{
    private const OLGA = [
        'last_name' => 'Кузнецова', 'first_name' => 'Ольга',
        'phone' => '8 (916) 123-45-67', 'email' => 'Olga.K@example.ru',
    ];
    private const BORIS = [
        'last_name' => 'Сидоров', 'first_name' => 'Борис', 'phone' => '+7 926 765-43-21', 'email' => 'boris@example.ru',
    ];

    /** Orders 1, 2 and 4 are Olga's, 3 is Boris's; each has a deal and has left traces wherever it can. */
    private function exchange(string $kind): Bridge
    {
        $bridge = $this->bridge($kind);
        $this->shop->buyers = [1 => self::OLGA, 2 => self::OLGA, 3 => self::BORIS, 4 => [
            // The same by her e-mail only.
            'last_name' => 'Иванова', 'first_name' => 'Ольга', 'phone' => '', 'email' => 'olga.k@EXAMPLE.ru',
        ]];
        foreach (range(1, 4) as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $bridge->worker()->run(5);
        foreach (['1' => 'olga', '2' => 'olga', '3' => 'boris', '4' => 'other'] as $order => $buyer) {
            $bridge->links()->learn([
                'order_id' => (string) $order,
                'buyer' => "print-$buyer",
                'memo' => ['sent' => ['contact' => "print-$buyer"], 'contact' => "c-$buyer"],
            ]);
        }
        $this->traces($bridge);

        return $bridge;
    }

    private function traces(Bridge $bridge): void
    {
        // As an older version, or a portal that quotes what no pattern catches, may have left them.
        $columns = 'at, level, code, order_id, message, hint';
        $line = "INSERT INTO {$this->prefix}ob_journal ($columns) VALUES (?, ?, ?, ?, ?, ?)";
        foreach (
            [
                ['1', 'контакт Кузнецова Ольга, 8 916 123-45-67 не принят', 'olga.k@example.ru'],
                ['3', 'контакт Сидоров Борис не принят', ''],
                ['3', 'дубль контакта ОЛЬГА КУЗНЕЦОВА', 'boris@example.ru'],
                [null, 'опрос: +79161234567', ''],
                [null, 'опрос удался', ''],
            ] as [$order, $message, $hint]
        ) {
            $this->database->execute($line, [time(), 'error', 'contact_refused', $order, $message, $hint]);
        }
        $leases = new Leases(new Tables($this->shop->database(), $this->prefix . 'ob_'));
        foreach (['1', '3'] as $order) {
            $bridge->outbox()->enqueue($order);
        }
        foreach ($leases->take(2) as $job) {
            $reason = Reason::of('contact_refused', "Сидоров Борис, заказ $job->orderId", 'Ольга Кузнецова');
            $bridge->outbox()->bury($job, Job::PUSH, $reason);
        }
        $this->database->execute(
            "INSERT INTO {$this->prefix}ob_busy (name, holder, until) VALUES (?, ?, ?), (?, ?, ?)",
            ['print-olga', 'killed', time() - 5, 'print-boris', 'alive', time() + 50],
        );
        $this->hold()->place(300, true, Reason::of('rights_missing', 'Кузнецова Ольга: нет прав'));
        $bridge->settings()->refresh();
    }

    private function hold(): PortalHold
    {
        $tables = new Tables($this->shop->database(), $this->prefix . 'ob_');

        return new PortalHold(new Rows($tables, new Clock($this->shop)));
    }

    /** @return list<string> cells of our tables that say something of her, in whatever spelling */
    private function leftOf(array $words): array
    {
        return array_values(array_filter($this->dump(), static function (string $cell) use ($words): bool {
            $small = mb_strtolower($cell, 'UTF-8');
            $digits = (string) preg_replace('/\D/', '', $cell);
            foreach ($words as $word) {
                if (str_contains($small, $word) || str_contains($digits, $word)) {
                    return true;
                }
            }

            return false;
        }));
    }

    private function sheIsGoneAndHeIsNot(Bridge $bridge, Erased $erased): void
    {
        $olga = ['9161234567', 'olga.k', 'ольга', 'кузнецова', 'print-olga', 'print-other', 'c-olga"'];
        self::assertSame([], $this->leftOf($olga));
        $texts = array_column($bridge->journal()->latest(100), 'message');
        self::assertContains('контакт Сидоров Борис не принят', $texts);
        self::assertContains('опрос удался', $texts);
        self::assertNotSame([], $this->leftOf(['print-boris']));
        self::assertNotNull($bridge->links()->ofOrder('3')['memo']);

        self::assertSame(['1', '2', '4'], $erased->orders);
        self::assertSame(['1', '2', '4'], $erased->deals);
        self::assertSame(['c-olga', 'c-other'], $erased->contacts);
        self::assertSame(3, $erased->links);
        self::assertSame(6, $erased->lines, 'four of her orders, the poll\'s, and the one of his that names her');
        self::assertNull($this->hold()->current(), 'the reason of the stop named her');
        [$line] = $bridge->journal()->latest(1);
        self::assertSame('erased', $line['code']);
        self::assertStringContainsString('orders: 1, 2, 4', $line['message']);
        self::assertStringContainsString('contacts c-olga, c-other', $line['hint']);
    }

    /** @dataProvider databases */
    public function testByAnOrderOfHers(string $kind): void
    {
        $bridge = $this->exchange($kind);
        self::assertNotSame([], $this->leftOf(['9161234567']));

        $erased = $bridge->erasure()->ofOrder('1');

        $this->sheIsGoneAndHeIsNot($bridge, $erased);
        $all = ['1', '2', '3', '4'];
        self::assertSame($all, array_column($bridge->links()->ofDeals($all), 'order_id'));
        $dead = array_column($bridge->outbox()->dead(), null, 'order_id');
        self::assertSame('contact_refused', $dead['1']['code'], 'she still waits for a decision');
    }

    /** @return array<string, array{string, string, string}> */
    public function ways(): array
    {
        $ways = [];
        foreach ($this->databases() as $name => [$kind]) {
            $ways["phone and e-mail, $name"] = [$kind, '+7 916 123-45-67', 'OLGA.K@example.ru'];
            $ways["e-mail, $name"] = [$kind, '', 'olga.k@example.ru'];
        }

        return $ways;
    }

    /** @dataProvider ways */
    public function testByWhatSheCanBeReachedAt(string $kind, string $phone, string $email): void
    {
        $bridge = $this->exchange($kind);

        $this->sheIsGoneAndHeIsNot($bridge, $bridge->erasure()->ofPerson($phone, $email));
    }

    /** @dataProvider databases */
    public function testSyncGoesOnWithoutASecondDeal(string $kind): void
    {
        $bridge = $this->exchange($kind);
        $bridge->erasure()->ofOrder('1');
        $this->shop->change(1, '150.00');
        $bridge->orderSaved('1');
        $this->portal->move('2', 'WON');
        $bridge->outbox()->enqueue('2', Job::PULL);

        $bridge->worker()->run(5);

        self::assertSame([1 => 1, 2 => 1, 3 => 1, 4 => 1], $this->deals());
        self::assertSame('at WON', $this->shop->orderStatus('2'));
    }

    /** @dataProvider databases */
    public function testUnlinkedTheyAreForgottenAndFoundAgain(string $kind): void
    {
        $bridge = $this->exchange($kind);
        $this->database->execute(
            "INSERT INTO {$this->prefix}ob_draw (round, order_id, number, at) VALUES ('r', '1', 0, ?)",
            [time()],
        );

        $erased = $bridge->erasure()->ofOrder('1', true);

        $this->sheIsGoneAndHeIsNot($bridge, $erased);
        self::assertNull($bridge->links()->ofOrder('1'));
        self::assertSame(['3'], array_column($bridge->outbox()->dead(), 'order_id'));
        self::assertSame([], $this->database->query("SELECT * FROM {$this->prefix}ob_draw"));
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        self::assertSame([1 => 1, 2 => 1, 3 => 1, 4 => 1], $this->deals(), 'the search has found the deal');
        self::assertSame('1', $bridge->links()->ofOrder('1')['deal_id']);
    }

    /** @dataProvider databases */
    public function testSaysWhatIsUnderWay(string $kind): void
    {
        $bridge = $this->exchange($kind);
        $bridge->outbox()->enqueue('2');
        $bridge->outbox()->enqueue('4');
        (new Leases(new Tables($this->shop->database(), $this->prefix . 'ob_')))->take(1);

        $erased = $bridge->erasure()->ofOrder('1');

        self::assertSame([['4'], ['2']], [$erased->queued, $erased->atWork]);
    }

    /** @dataProvider databases */
    public function testAnOrderThatTheShopHasForgottenGoesByItsNumber(string $kind): void
    {
        $bridge = $this->exchange($kind);
        $this->shop->unplaced = ['1', '4'];
        $this->shop->broken = ['2'];

        $erased = $bridge->erasure()->ofOrder('1');

        self::assertSame(['1', '2'], $erased->orders, 'the fingerprint leads to the second');
        self::assertSame([], $this->leftOf(['print-olga']));
        self::assertSame([], $bridge->erasure()->ofPerson('+7 916 000-00-00', '')->orders);
        self::assertSame([], $bridge->erasure()->ofPerson('', '')->orders);
    }

    /** @dataProvider databases */
    public function testLooksThroughAllOrdersHoweverMany(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $rows = [];
        foreach (range(1, 450) as $id) {
            $this->shop->place($id);
            $this->shop->buyers[$id] = $id % 150 === 0 ? self::OLGA : self::BORIS;
            $rows[] = [(string) $id, "d$id", 0, 0];
        }
        $this->database->execute(
            "INSERT INTO {$this->prefix}ob_link (order_id, deal_id, created_at, updated_at) VALUES "
            . implode(', ', array_fill(0, 450, '(?, ?, ?, ?)')),
            array_merge(...$rows),
        );

        $erased = $bridge->erasure()->ofPerson(self::OLGA['phone'], '');

        self::assertSame(['150', '300', '450'], $erased->orders);
        self::assertSame(['d150', 'd300', 'd450'], $erased->deals);
    }
}
