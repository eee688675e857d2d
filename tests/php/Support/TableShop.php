<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Support;

use DateTimeImmutable;
use Orderbridge\Shop\Database;
use Orderbridge\Shop\Currencies;
use Orderbridge\Shop\OrderList;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Shop\OrderSummary;
use Orderbridge\Shop\Shop;
use RuntimeException;

use function array_column;
use function array_filter;
use function array_key_last;
use function array_map;
use function array_slice;
use function array_values;
use function ctype_digit;
use function explode;
use function implode;
use function in_array;
use function mb_stripos;
use function sprintf;

/** A shop of two tables, in the same database as the bridge's, so that several processes may share it. */
final class TableShop implements Shop, Currencies, OrderList
{
    /** Seconds since 1970; null: the real time. */
    public ?int $now = null;
    /** Seconds by which the database's clock differs. */
    public int $databaseAhead = 0;
    /** @var list<string> orders that the shop cannot read; `list` stands for the list of them */
    public array $broken = [];
    /** @var list<string> ids of orders that the buyer has not finished */
    public array $unplaced = [];
    public bool $refusesStatus = false;
    /** @var array<int|string, array<string, string>> buyers in place of the usual one, by order */
    public array $buyers = [];

    private readonly Database $timed;

    public function __construct(
        private readonly Database $database,
        private readonly string $prefix,
    ) {
        $this->timed = new TimedDatabase($database, fn (): int => (int) $this->now()->format('Uv')
            + 1000 * $this->databaseAhead);
    }

    public function createTables(): void
    {
        $text = $this->database->dialect() === 'mysql' ? 'VARCHAR(64)' : 'TEXT';
        $this->database->execute(
            "CREATE TABLE {$this->prefix}shop_order "
            . "(id INTEGER PRIMARY KEY, status $text, total $text, placed BIGINT, changed BIGINT)",
        );
        $this->database->execute("CREATE TABLE {$this->prefix}shop_history (order_id $text, what $text)");
    }

    public function place(int $id, string $total = '100.00', string $status = 'pending'): void
    {
        $this->database->execute(
            "INSERT INTO {$this->prefix}shop_order (id, status, total, placed, changed) VALUES (?, ?, ?, ?, ?)",
            [$id, $status, $total, $this->now()->getTimestamp(), $this->now()->getTimestamp()],
        );
    }

    public function change(int $id, string $total): void
    {
        $this->database->execute(
            "UPDATE {$this->prefix}shop_order SET total = ?, changed = ? WHERE id = ?",
            [$total, $this->now()->getTimestamp(), $id],
        );
    }

    public function order(string $orderId): ?array
    {
        if (in_array($orderId, $this->broken, true)) {
            throw new RuntimeException('no such column for buyer +7 912 345-67-89');
        }
        $row = in_array($orderId, $this->unplaced, true) ? null : $this->row($orderId);

        return $row === null ? null : [
            'id' => $orderId,
            'number' => $orderId,
            'created_at' => (new DateTimeImmutable("@{$row['placed']}"))->format(DATE_ATOM),
            'status' => (string) $row['status'],
            'currency' => 'RUB',
            'total' => (string) $row['total'],
            'buyer' => $this->buyers[$orderId] ?? [
                'first_name' => 'Иван',
                'phone' => sprintf('8 (999) 123-%02d-%02d', (int) $orderId / 100, (int) $orderId % 100),
            ],
            'lines' => [[
                'product_id' => '7',
                'sku' => 'A-1',
                'name' => 'Чайник',
                'quantity' => '1',
                'price' => (string) $row['total'],
                'total' => (string) $row['total'],
            ]],
        ];
    }

    public function orderStatus(string $orderId): ?string
    {
        $row = $this->row($orderId);

        return $row === null ? null : (string) $row['status'];
    }

    public function ordersAfter(string $cursor, int $limit): array
    {
        if (in_array('list', $this->broken, true)) {
            throw new RuntimeException('no list today');
        }
        [$changed, $id] = array_map('intval', explode('|', $cursor === '' ? '0|0' : $cursor));
        $rows = $this->database->query(
            "SELECT id, changed FROM {$this->prefix}shop_order WHERE changed > ? OR (changed = ? AND id > ?) "
            . "ORDER BY changed, id LIMIT $limit",
            [$changed, $changed, $id],
        );
        $last = $rows === [] ? null : $rows[array_key_last($rows)];

        return [
            'ids' => array_map('strval', array_column($rows, 'id')),
            'cursor' => $last === null ? $cursor : "{$last['changed']}|{$last['id']}",
        ];
    }

    public function ordersIn(OrderRange $range, string $cursor, int $limit): array
    {
        if (in_array('list', $this->broken, true)) {
            throw new RuntimeException('no list today');
        }
        [$where, $values] = $this->within($range);
        $rows = $this->database->query(
            "SELECT id FROM {$this->prefix}shop_order WHERE $where AND id > ? ORDER BY id LIMIT $limit",
            [...$values, (int) $cursor],
        );
        $ids = array_map('strval', array_column($rows, 'id'));

        return ['ids' => $ids, 'cursor' => $ids === [] ? $cursor : $ids[array_key_last($ids)]];
    }

    public function countIn(OrderRange $range): int
    {
        [$where, $values] = $this->within($range);
        $sql = "SELECT COUNT(*) AS n FROM {$this->prefix}shop_order WHERE $where";

        return (int) $this->database->query($sql, $values)[0]['n'];
    }

    public function recentOrders(string $before, int $limit, string $search = ''): array
    {
        $rows = $this->database->query(
            "SELECT id, status, total, placed FROM {$this->prefix}shop_order WHERE id < ? ORDER BY id DESC"
            . ($search === '' ? " LIMIT $limit" : ''),
            [$before === '' ? PHP_INT_MAX : (int) $before],
        );
        $found = array_filter($this->summarised($rows), fn (OrderSummary $order): bool => $search === ''
            || in_array($search, [$order->id, $order->number], true)
            || mb_stripos(implode("\n", $this->order($order->id)['buyer'] ?? []), $search) !== false);

        return array_slice(array_values($found), 0, $limit);
    }

    public function summaries(array $orderIds): array
    {
        $ids = array_map(intval(...), array_values(array_filter($orderIds, ctype_digit(...))));
        $rows = $ids === [] ? [] : $this->database->query(
            "SELECT id, status, total, placed FROM {$this->prefix}shop_order WHERE id IN (" . implode(', ', $ids) . ')',
        );

        return array_column($this->summarised($rows), null, 'id');
    }

    /**
     * @param list<array<string, string|int|float|null>> $rows
     * @return list<OrderSummary>
     */
    private function summarised(array $rows): array
    {
        $placed = array_filter($rows, fn (array $row): bool => !in_array((string) $row['id'], $this->unplaced, true));

        return array_map(fn (array $row): OrderSummary => new OrderSummary(
            (string) $row['id'],
            "N-{$row['id']}",
            new DateTimeImmutable("@{$row['placed']}"),
            (string) $row['status'],
            (string) $row['total'],
            'RUB',
            ($this->buyers[$row['id']] ?? ['first_name' => 'Иван'])['first_name'] ?? '',
            "https://shop.example/admin/orders/{$row['id']}",
        ), array_values($placed));
    }

    /** @return array{string, list<int>} */
    private function within(OrderRange $range): array
    {
        return ['placed >= ? AND placed < ? AND id >= ? AND id <= ?', [
            $range->from?->getTimestamp() ?? 0,
            $range->before?->getTimestamp() ?? PHP_INT_MAX,
            $range->fromId ?? 0,
            $range->toId ?? PHP_INT_MAX,
        ]];
    }

    public function setStatus(string $orderId, string $status, string $comment, bool $notify): void
    {
        if ($this->refusesStatus) {
            throw new RuntimeException('the shop is closed');
        }
        $present = $this->orderStatus($orderId) ?? throw new RuntimeException('there is no such order');
        if ($present === $status) {
            return;
        }
        $this->database->execute(
            "UPDATE {$this->prefix}shop_order SET status = ?, changed = ? WHERE id = ?",
            [$status, $this->now()->getTimestamp(), $orderId],
        );
        $this->addNote($orderId, "status $status: $comment");
    }

    public function addNote(string $orderId, string $text): void
    {
        if ($this->row($orderId) === null) {
            throw new RuntimeException('there is no such order');
        }
        $this->database->execute("INSERT INTO {$this->prefix}shop_history VALUES (?, ?)", [$orderId, $text]);
    }

    /** @return list<string> */
    public function history(string $orderId): array
    {
        return array_column($this->database->query(
            "SELECT what FROM {$this->prefix}shop_history WHERE order_id = ?",
            [$orderId],
        ), 'what');
    }

    public function statuses(): array
    {
        return [['id' => 'pending', 'name' => 'Ожидание'], ['id' => 'paid', 'name' => 'Оплачен']];
    }

    public function currencies(): array
    {
        return ['RUB'];
    }

    public function categories(): array
    {
        return [['id' => '1', 'parent_id' => null, 'name' => 'Посуда']];
    }

    /** With the shop's clock. */
    public function database(): Database
    {
        return $this->timed;
    }

    public function endpointUrl(): string
    {
        return 'https://shop.example/bitrix24';
    }

    public function now(): DateTimeImmutable
    {
        return $this->now === null ? new DateTimeImmutable() : new DateTimeImmutable("@{$this->now}");
    }

    /** @return array<string, mixed>|null */
    private function row(string $orderId): ?array
    {
        // To a database 17x may be 17.
        return ctype_digit($orderId) ? $this->database->query(
            "SELECT status, total, placed FROM {$this->prefix}shop_order WHERE id = ?",
            [$orderId],
        )[0] ?? null : null;
    }
}
