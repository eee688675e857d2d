<?php

declare(strict_types=1);

namespace Chaos;

use Closure;
use DateTimeImmutable;
use Orderbridge\Shop\Database;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Shop\Shop;
use RuntimeException;

/** A shop in the same database as the bridge. What is in an order follows from its number and its revision. */
final class Store implements Shop
{
    public const ROLES = ['new' => 'new', 'work' => 'work', 'payment' => 'payment', 'shipping' => 'shipping',
        'won' => 'won', 'lost' => 'lost'];

    public function __construct(
        private readonly Database $database,
        private readonly Time $time,
    ) {
    }

    public function createTables(): void
    {
        $count = $this->database->dialect() === 'mysql'
            ? 'BIGINT AUTO_INCREMENT PRIMARY KEY'
            : 'INTEGER PRIMARY KEY AUTOINCREMENT';
        $this->database->execute(
            'CREATE TABLE shop_order (id INTEGER PRIMARY KEY, buyer INTEGER, edited INTEGER, status VARCHAR(16))',
        );
        $this->database->execute("CREATE TABLE shop_change (n $count, order_id INTEGER)");
    }

    /** @param Closure(): void $hook runs in the order's own transaction */
    public function place(int $id, int $buyer, Closure $hook): void
    {
        $sql = "INSERT INTO shop_order (id, buyer, edited, status) VALUES (?, ?, 0, 'new')";
        $this->saved($id, $sql, [$id, $buyer], $hook);
    }

    /** @param Closure(): void $hook */
    public function edit(int $id, int $revision, Closure $hook): void
    {
        $this->saved($id, 'UPDATE shop_order SET edited = ? WHERE id = ?', [$revision, $id], $hook);
    }

    /** @param Closure(): void $hook */
    public function cancel(int $id, Closure $hook): void
    {
        $this->saved($id, "UPDATE shop_order SET status = 'lost' WHERE id = ?", [$id], $hook);
    }

    /** @return array<int, string> statuses of all orders */
    public function all(): array
    {
        return array_column($this->database->query('SELECT id, status FROM shop_order'), 'status', 'id');
    }

    /** @return list<int> */
    public function ordersOf(int $buyer): array
    {
        $rows = $this->database->query('SELECT id FROM shop_order WHERE buyer = ?', [$buyer]);

        return array_map('intval', array_column($rows, 'id'));
    }

    public function order(string $orderId): ?array
    {
        $row = $this->row($orderId);
        if ($row === null) {
            return null;
        }
        [$id, $buyer, $edited] = [(int) $orderId, (int) $row['buyer'], (int) $row['edited']];
        $lines = [];
        $total = 30000;
        for ($n = 0; $n <= ($id + $edited) % 3; $n++) {
            $price = 10000 + 137 * (($id + 7 * $n + 13 * $edited) % 50);
            $quantity = 1 + ($id + $n) % 3;
            $total += $price * $quantity;
            $lines[] = [
                'product_id' => (string) (100 + $n), 'sku' => "SKU-$n", 'name' => "Товар $n заказа $id",
                'quantity' => (string) $quantity, 'unit' => 'шт', 'vat_rate' => '20',
                'price' => self::money($price), 'total' => self::money($price * $quantity),
            ];
        }

        return [
            'id' => $orderId, 'number' => "N-$orderId", 'created_at' => '2026-11-23T10:00:00+03:00',
            'status' => (string) $row['status'], 'currency' => 'RUB', 'total' => self::money($total),
            'buyer' => Buyer::inOrder($buyer, $id), 'lines' => $lines,
            'charges' => [['kind' => 'shipping', 'name' => 'Курьер', 'amount' => '300.00']],
            'comment' => "Редакция $edited", 'utm' => ['source' => 'chaos'],
        ];
    }

    public function orderStatus(string $orderId): ?string
    {
        $row = $this->row($orderId);

        return $row === null ? null : (string) $row['status'];
    }

    public function ordersAfter(string $cursor, int $limit): array
    {
        $rows = $this->database->query(
            "SELECT n, order_id FROM shop_change WHERE n > ? ORDER BY n LIMIT $limit",
            [(int) $cursor],
        );

        return [
            'ids' => array_map('strval', array_column($rows, 'order_id')),
            'cursor' => $rows === [] ? $cursor : (string) end($rows)['n'],
        ];
    }

    public function ordersIn(OrderRange $range, string $cursor, int $limit): array
    {
        $rows = $this->database->query(
            "SELECT id FROM shop_order WHERE id > ? AND id >= ? AND id <= ? ORDER BY id LIMIT $limit",
            [(int) $cursor, $range->fromId ?? 0, $range->toId ?? PHP_INT_MAX],
        );

        return [
            'ids' => array_map('strval', array_column($rows, 'id')),
            'cursor' => $rows === [] ? $cursor : (string) end($rows)['id'],
        ];
    }

    public function countIn(OrderRange $range): int
    {
        return (int) $this->database->query(
            'SELECT COUNT(*) AS n FROM shop_order WHERE id >= ? AND id <= ?',
            [$range->fromId ?? 0, $range->toId ?? PHP_INT_MAX],
        )[0]['n'];
    }

    public function setStatus(string $orderId, string $status, string $comment, bool $notify): void
    {
        $present = $this->orderStatus($orderId) ?? throw new RuntimeException('there is no such order');
        if ($present !== $status) {
            $sql = 'UPDATE shop_order SET status = ? WHERE id = ?';
            $this->saved((int) $orderId, $sql, [$status, (int) $orderId], static fn () => null);
        }
    }

    public function addNote(string $orderId, string $text): void
    {
        $this->orderStatus($orderId) ?? throw new RuntimeException('there is no such order');
    }

    public function statuses(): array
    {
        return array_map(static fn (string $id): array => ['id' => $id, 'name' => $id], array_values(self::ROLES));
    }

    public function categories(): array
    {
        return [['id' => '1', 'parent_id' => null, 'name' => 'Всё']];
    }

    public function database(): Database
    {
        return $this->database;
    }

    public function endpointUrl(): string
    {
        return getenv('CHAOS_DOOR') ?: 'http://127.0.0.1/';
    }

    public function now(): DateTimeImmutable
    {
        return new DateTimeImmutable(sprintf('@%.3F', $this->time->seen()));
    }

    /** @param list<string|int> $params @param Closure(): void $hook */
    private function saved(int $id, string $sql, array $params, Closure $hook): void
    {
        $this->database->transaction(function () use ($id, $sql, $params, $hook): void {
            $this->database->execute($sql, $params);
            $this->database->execute('INSERT INTO shop_change (order_id) VALUES (?)', [$id]);
            $hook();
        });
    }

    /** @return array<string, string|int|float|null>|null */
    private function row(string $orderId): ?array
    {
        // To a database 17x may be 17.
        return ctype_digit($orderId) ? $this->database->query(
            'SELECT buyer, edited, status FROM shop_order WHERE id = ?',
            [(int) $orderId],
        )[0] ?? null : null;
    }

    private static function money(int $minor): string
    {
        return sprintf('%d.%02d', intdiv($minor, 100), $minor % 100);
    }
}
