<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shop;

use DateTimeImmutable;
use DateTimeZone;
use Orderbridge\Shop\OrderList;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Shop\OrderSummary;
use Orderbridge\Shop\Shop;
use PHPUnit\Framework\TestCase;
use Throwable;

use function abs;
use function array_column;
use function array_diff;
use function array_filter;
use function array_is_list;
use function array_keys;
use function array_map;
use function array_reverse;
use function array_slice;
use function array_unique;
use function array_values;
use function count;
use function html_entity_decode;
use function implode;
use function in_array;
use function is_array;
use function is_string;
use function parse_url;
use function preg_match;
use function round;
use function str_contains;

/**
 * What every adapter must pass. An adapter's own test extends this, says how an order comes about in its shop, and
 * tests its oddities beside.
 */
abstract class ShopContractTestCase extends TestCase
{
    /** The shop with at least two statuses and one category. */
    abstract protected function shop(): Shop;

    /**
     * Places an order as a buyer would.
     *
     * @return string its id
     */
    abstract protected function placeOrder(): string;

    /** Changes the order in the shop's admin, so that it counts as changed. */
    abstract protected function changeOrder(string $orderId): void;

    /** @return list<string> texts of the order's history, in any order */
    abstract protected function history(string $orderId): array;

    /** Lets at least a second pass for the shop, when its cursor goes by time. */
    protected function letTimePass(): void
    {
    }

    public function testAnOrderIsCanonical(): void
    {
        $orderId = $this->placeOrder();
        $order = $this->shop()->order($orderId);

        self::assertIsArray($order);
        self::assertSame($orderId, $order['id']);
        foreach (['status', 'currency', 'total'] as $key) {
            self::assertIsString($order[$key] ?? null, $key);
            self::assertNotSame('', $order[$key], $key);
        }
        self::assertMatchesRegularExpression('/^[A-Z]{3}$/', $order['currency']);
        self::assertDecimal($order['total'], 'total');
        self::assertIsArray($order['lines']);
        self::assertTrue(array_is_list($order['lines']));
        self::assertNotSame([], $order['lines']);
        foreach ($order['lines'] as $index => $line) {
            self::assertLine($line, "lines/$index");
        }
        foreach ($order['charges'] ?? [] as $index => $charge) {
            self::assertContains(
                $charge['kind'] ?? '',
                ['shipping', 'fee', 'discount', 'coupon', 'reward', 'voucher', 'tax', 'rounding', 'other'],
                "charges/$index/kind",
            );
            self::assertDecimal($charge['amount'] ?? null, "charges/$index/amount");
        }
        if (isset($order['created_at'])) {
            self::assertMatchesRegularExpression(
                '/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/',
                $order['created_at'],
                'a time says its zone',
            );
        }
    }

    public function testNoFloatAndNoNumberIsInAnOrder(): void
    {
        $order = $this->shop()->order($this->placeOrder());
        $walk = static function (mixed $value, string $path) use (&$walk): void {
            if (is_array($value)) {
                foreach ($value as $key => $inner) {
                    $walk($inner, "$path/$key");
                }
                return;
            }
            self::assertTrue($value === null || is_string($value), "$path is a string or nothing");
        };
        $walk($order, '');
    }

    /** The rows of the deal have to come to the deal's amount. */
    public function testLinesAndChargesComeToTheTotal(): void
    {
        $order = $this->shop()->order($this->placeOrder());
        $sum = 0;
        foreach ($order['lines'] as $line) {
            $whole = (float) $line['price'] * (float) $line['quantity'];
            $sum += self::cents($line['total'] ?? null) ?? (int) round($whole * 100);
        }
        foreach ($order['charges'] ?? [] as $charge) {
            $sum += self::cents($charge['amount']);
        }

        self::assertSame(self::cents($order['total']), $sum);
    }

    public function testThereIsNoOrderThatIsNotThere(): void
    {
        $there = $this->placeOrder();
        foreach (['999999999', '0', '', 'no-such', "$there' OR '1'='1", "{$there}x", "$there.5", '-1'] as $orderId) {
            self::assertNull($this->shop()->order($orderId), "order $orderId");
            self::assertNull($this->shop()->orderStatus($orderId), "status of $orderId");
        }
    }

    public function testTheStatusIsTheOrdersOwn(): void
    {
        $orderId = $this->placeOrder();

        self::assertSame($this->shop()->order($orderId)['status'], $this->shop()->orderStatus($orderId));
        self::assertContains($this->shop()->orderStatus($orderId), array_column($this->shop()->statuses(), 'id'));
    }

    public function testListsOrdersForPeople(): void
    {
        $shop = $this->shop();
        if (!$shop instanceof OrderList) {
            self::assertSame([], $this->placedAndListed($shop));
            return;
        }
        $ids = [$this->placeOrder(), $this->placeOrder(), $this->placeOrder()];

        $seen = [];
        $before = '';
        do {
            $page = $shop->recentOrders($before, 2);
            self::assertLessThanOrEqual(2, count($page));
            foreach ($page as $summary) {
                $seen[] = $before = $summary->id;
            }
        } while (count($page) === 2);
        self::assertSame(array_unique($seen), $seen, 'none twice');
        self::assertSame($ids, array_reverse(array_slice($seen, 0, 3)), 'the newest first');

        $summaries = $shop->summaries([...$ids, '999999999', 'no-such', '']);
        self::assertEqualsCanonicalizing($ids, array_map('strval', array_keys($summaries)));
        foreach ($summaries as $id => $summary) {
            $order = $shop->order((string) $id);
            self::assertSame((string) $id, $summary->id);
            self::assertSame($order['status'], $summary->status);
            self::assertSame($order['currency'], $summary->currency);
            self::assertSame(self::cents($order['total']), self::cents($summary->total));
            self::assertNotSame('', $summary->number);
            self::assertLessThan(60, abs($shop->now()->getTimestamp() - $summary->placedAt->getTimestamp()));
        }
    }

    public function testFindsOrdersForPeople(): void
    {
        $shop = $this->shop();
        if (!$shop instanceof OrderList) {
            self::assertSame([], $this->placedAndListed($shop));
            return;
        }
        $id = $this->placeOrder();
        $summary = $shop->summaries([$id])[$id];
        $buyer = $shop->order($id)['buyer'] ?? [];
        $found = static fn (string $search): array => array_map(
            static fn (OrderSummary $found): string => $found->id,
            $shop->recentOrders('', 50, $search),
        );

        $words = [$id, $summary->number, $summary->buyer, $buyer['phone'] ?? '', $buyer['email'] ?? ''];
        foreach (array_filter($words) as $word) {
            self::assertContains($id, $found($word), "by $word");
        }
        foreach (['%', '_', "' OR '1'='1", 'no such buyer', '!', '\\', '999999999'] as $word) {
            self::assertSame([], $found($word), "by $word");
        }
    }

    /** @return list<string> a shop that people cannot look through still has its orders for the bridge */
    private function placedAndListed(Shop $shop): array
    {
        $id = $this->placeOrder();

        return array_values(array_diff([$id], $shop->ordersIn(new OrderRange(), '', 1000)['ids']));
    }

    public function testSetsAStatusWithItsComment(): void
    {
        $orderId = $this->placeOrder();
        $before = $this->shop()->orderStatus($orderId);
        $other = array_values(array_diff(array_column($this->shop()->statuses(), 'id'), [$before]))[0];

        $this->shop()->setStatus($orderId, $other, 'Отправлен: «Почта» & <быстро>', false);

        self::assertSame($other, $this->shop()->orderStatus($orderId));
        self::assertSame($other, $this->shop()->order($orderId)['status']);
        self::assertHeard('Отправлен: «Почта» & <быстро>', $this->history($orderId));
    }

    /** A step may be repeated when its answer was lost: the buyer must not hear of it twice. */
    public function testSettingTheSameStatusAgainLeavesNoTrace(): void
    {
        $orderId = $this->placeOrder();
        $status = $this->shop()->orderStatus($orderId);
        $order = $this->shop()->order($orderId);
        $history = $this->history($orderId);
        $end = $this->end();

        $this->letTimePass();
        $this->shop()->setStatus($orderId, $status, '', false);
        $this->shop()->setStatus($orderId, $status, 'again', true);

        self::assertSame($order, $this->shop()->order($orderId));
        self::assertSame($history, $this->history($orderId));
        self::assertSame([], $this->shop()->ordersAfter($end, 10)['ids'], 'nor is it a change');
    }

    /** The bridge takes silence for success. */
    public function testAnOrderThatIsNotThereTakesNeitherStatusNorNote(): void
    {
        $status = array_column($this->shop()->statuses(), 'id')[0];
        $refused = 0;
        foreach (['999999999', $this->placeOrder() . 'x'] as $orderId) {
            foreach (
                [
                    fn () => $this->shop()->setStatus($orderId, $status, '', false),
                    fn () => $this->shop()->addNote($orderId, 'Сделка 7405'),
                ] as $change
            ) {
                try {
                    $change();
                } catch (Throwable) {
                    $refused++;
                }
            }
        }

        self::assertSame(4, $refused);
    }

    public function testAddsANoteAndKeepsTheStatus(): void
    {
        $orderId = $this->placeOrder();
        $before = $this->shop()->orderStatus($orderId);

        $this->shop()->addNote($orderId, 'Сделка 7405');

        self::assertSame($before, $this->shop()->orderStatus($orderId));
        self::assertHeard('Сделка 7405', $this->history($orderId));
    }

    public function testListsOrdersFromTheBeginningInPages(): void
    {
        $placed = [$this->placeOrder(), $this->placeOrder(), $this->placeOrder()];
        $found = [];
        $cursor = '';
        do {
            $page = $this->shop()->ordersAfter($cursor, 2);
            self::assertLessThanOrEqual(2, count($page['ids']));
            self::assertTrue(array_is_list($page['ids']));
            foreach ($page['ids'] as $orderId) {
                self::assertIsString($orderId);
                $found[] = $orderId;
            }
            self::assertLessThan(1000, count($found), 'the cursor moves on');
            $cursor = $page['cursor'];
        } while (count($page['ids']) === 2);

        self::assertSame([], array_diff($placed, $found));
        self::assertSame($found, array_values(array_unique($found)), 'none twice');
    }

    public function testTheCursorGoesOnWhereItEnded(): void
    {
        $first = $this->placeOrder();
        $end = $this->end();
        self::assertSame(['ids' => [], 'cursor' => $end], $this->shop()->ordersAfter($end, 10), 'nothing new');

        $this->letTimePass();
        $second = $this->placeOrder();
        self::assertSame([$second], $this->shop()->ordersAfter($end, 10)['ids']);
        $end = $this->end();

        $this->letTimePass();
        $this->changeOrder($first);
        self::assertSame([$first], $this->shop()->ordersAfter($end, 10)['ids'], 'a changed order comes again');
    }

    public function testListsARangeByIdInPagesThatNothingMoves(): void
    {
        $placed = [$this->placeOrder(), $this->placeOrder(), $this->placeOrder()];
        [$first, $second, $third] = array_map('intval', $placed);
        $all = new OrderRange(fromId: $first);

        self::assertSame(3, $this->shop()->countIn($all));
        $page = $this->shop()->ordersIn($all, '', 2);
        self::assertSame([$placed[0], $placed[1]], $page['ids']);
        $this->letTimePass();
        $this->changeOrder($placed[0]);
        $this->changeOrder($placed[2]);
        $page = $this->shop()->ordersIn($all, $page['cursor'], 2);
        self::assertSame([$placed[2]], $page['ids'], 'a change moves no order to another page');
        $end = ['ids' => [], 'cursor' => $page['cursor']];
        self::assertSame($end, $this->shop()->ordersIn($all, $page['cursor'], 2));

        self::assertSame([$placed[1]], $this->listed(new OrderRange(fromId: $second, toId: $second)));
        self::assertSame([$placed[0], $placed[1]], $this->listed(new OrderRange(fromId: $first, toId: $second)));
        self::assertSame([], $this->listed(new OrderRange(fromId: $third + 1)));
        self::assertSame([], array_diff($placed, $this->listed(new OrderRange())));
    }

    /** From its first moment on, up to its end and not with it, in whatever zone that is said. */
    public function testListsARangeByTheTimeOfPlacing(): void
    {
        $orderId = $this->placeOrder();
        $placed = new DateTimeImmutable($this->shop()->order($orderId)['created_at']);
        $next = $placed->modify('+1 second');
        foreach (['UTC', 'Pacific/Auckland', 'America/Adak'] as $name) {
            $zone = new DateTimeZone($name);
            $in = new OrderRange($placed->setTimezone($zone), $next->setTimezone($zone));
            self::assertContains($orderId, $this->listed($in), $name);
            self::assertNotContains($orderId, $this->listed(new OrderRange($next->setTimezone($zone))), $name);
            $earlier = new OrderRange(before: $placed->setTimezone($zone));
            self::assertNotContains($orderId, $this->listed($earlier), $name);
        }
        $both = new OrderRange($placed, $next, (int) $orderId + 1);
        self::assertNotContains($orderId, $this->listed($both), 'both limits hold');
    }

    public function testNamesItsStatusesAndCategories(): void
    {
        $statuses = $this->shop()->statuses();
        self::assertGreaterThan(1, count($statuses));
        $categories = $this->shop()->categories();
        self::assertNotSame([], $categories);
        $ids = array_column($categories, 'id');
        foreach ([...$statuses, ...$categories] as $entry) {
            self::assertIsString($entry['id']);
            self::assertNotSame('', $entry['id']);
            self::assertIsString($entry['name']);
            self::assertSame(0, preg_match('/&(amp|quot|lt|#\d+);/', $entry['name']), "$entry[name] is plain text");
        }
        foreach ($categories as $category) {
            self::assertTrue($category['parent_id'] === null || in_array($category['parent_id'], $ids, true));
        }
        self::assertSame(array_values(array_unique($ids)), $ids);
    }

    public function testItsAddressIsAWebAddress(): void
    {
        $parts = parse_url($this->shop()->endpointUrl());
        self::assertContains($parts['scheme'] ?? '', ['http', 'https']);
        self::assertNotSame('', $parts['host'] ?? '');
        self::assertArrayNotHasKey('fragment', $parts);
    }

    public function testItsDatabaseKeepsOurTables(): void
    {
        $database = $this->shop()->database();
        self::assertContains($database->dialect(), ['sqlite', 'mysql']);
        self::assertSame([['one' => 1, 'text' => "O'Neil ? :x"]], self::typed($database->query(
            'SELECT ? AS one, ? AS text',
            [1, "O'Neil ? :x"],
        )));
    }

    /** @return list<string> */
    private function listed(OrderRange $range): array
    {
        $ids = $this->shop()->ordersIn($range, '', 1000)['ids'];
        self::assertCount($this->shop()->countIn($range), $ids, 'as many as were counted');

        return $ids;
    }

    private function end(): string
    {
        $cursor = '';
        do {
            $page = $this->shop()->ordersAfter($cursor, 50);
            $cursor = $page['cursor'];
        } while (count($page['ids']) === 50);

        return $cursor;
    }

    private static function assertLine(mixed $line, string $path): void
    {
        self::assertIsArray($line, $path);
        self::assertNotSame('', $line['name'] ?? '', "$path/name");
        self::assertDecimal($line['quantity'] ?? null, "$path/quantity");
        self::assertDecimal($line['price'] ?? null, "$path/price");
        foreach ($line['categories'] ?? [] as $way) {
            self::assertNotSame([], $way, "$path/categories: a path has at least its leaf");
            foreach ($way as $category) {
                self::assertIsString($category, "$path/categories");
                self::assertNotSame('', $category, "$path/categories");
            }
        }
        foreach ($line['options'] ?? [] as $option) {
            self::assertIsString($option['name']);
            self::assertIsString($option['value']);
        }
    }

    private static function assertDecimal(mixed $value, string $path): void
    {
        self::assertIsString($value, $path);
        self::assertMatchesRegularExpression('/^-?\d+(\.\d+)?$/D', $value, $path);
    }

    /** @param list<string> $history */
    private static function assertHeard(string $text, array $history): void
    {
        foreach ($history as $line) {
            if (html_entity_decode($line) === $text || str_contains(html_entity_decode($line), $text)) {
                self::assertTrue(true);
                return;
            }
        }
        self::fail("the history does not hold \"$text\": " . implode(' | ', $history));
    }

    private static function cents(?string $amount): ?int
    {
        return $amount === null ? null : (int) round((float) $amount * 100);
    }

    /**
     * @param list<array<string, mixed>> $rows
     * @return list<array<string, mixed>>
     */
    private static function typed(array $rows): array
    {
        $rows[0]['one'] = (int) $rows[0]['one'];

        return $rows;
    }
}
