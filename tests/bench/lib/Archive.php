<?php

declare(strict_types=1);

namespace Bench;

use DateTimeImmutable;
use Orderbridge\Shop\Database;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Shop\Shop;

/**
 * A shop with years of orders that the bridge has never seen: a row for each, from which the rest follows. People come
 * back to it: of three orders one is of somebody who has bought before, some of them on the same day.
 */
final class Archive implements Shop
{
    public const ROLES = ['new' => 'new', 'work' => 'work', 'won' => 'won', 'lost' => 'lost'];

    public function __construct(private readonly Database $database)
    {
    }

    public function createTables(): void
    {
        $this->database->execute('CREATE TABLE shop_order (id INTEGER PRIMARY KEY, buyer INTEGER, status VARCHAR(16))');
    }

    /** @param int $last ids from 1 to it */
    public function fill(int $last): void
    {
        $this->database->transaction(function () use ($last): void {
            foreach (array_chunk(range(1, $last), 500) as $ids) {
                $values = [];
                foreach ($ids as $id) {
                    array_push($values, $id, self::buyer($id), $id % 5 === 0 ? 'lost' : 'won');
                }
                $rows = implode(', ', array_fill(0, count($ids), '(?, ?, ?)'));
                $this->database->execute("INSERT INTO shop_order (id, buyer, status) VALUES $rows", $values);
            }
        });
    }

    private static function buyer(int $id): int
    {
        return match (true) {
            $id % 3 === 0 && $id > 149 => $id - 149,
            $id % 10 === 5 => self::buyer($id - 1),
            default => $id,
        };
    }

    public function order(string $orderId): ?array
    {
        $row = $this->row($orderId);
        if ($row === null) {
            return null;
        }
        [$id, $buyer] = [(int) $orderId, (int) $row['buyer']];
        $lines = [];
        $total = 30000;
        for ($n = 0; $n <= $id % 3; $n++) {
            $price = 10000 + 137 * ($id % 50);
            $total += $price;
            $lines[] = [
                'product_id' => (string) (100 + $n), 'sku' => "SKU-$n", 'name' => "Чайник заварочный, вид $n",
                'quantity' => '1', 'unit' => 'шт', 'vat_rate' => '20',
                'price' => self::money($price), 'total' => self::money($price),
            ];
        }

        return [
            'id' => $orderId, 'number' => "N-$orderId", 'created_at' => '2026-01-15T10:00:00+03:00',
            'status' => (string) $row['status'], 'currency' => 'RUB', 'total' => self::money($total),
            'buyer' => [
                'first_name' => 'Иван', 'last_name' => "Покупатель-$buyer",
                'phone' => sprintf('+79%09d', $buyer), 'email' => "buyer$buyer@mail.example",
            ],
            'lines' => $lines,
            'charges' => [['kind' => 'shipping', 'name' => 'Курьер', 'amount' => '300.00']],
        ];
    }

    public function orderStatus(string $orderId): ?string
    {
        return $this->row($orderId)['status'] ?? null;
    }

    public function ordersAfter(string $cursor, int $limit): array
    {
        return $this->ordersIn(new OrderRange(), $cursor, $limit);
    }

    public function ordersIn(OrderRange $range, string $cursor, int $limit): array
    {
        $rows = $this->database->query(
            "SELECT id FROM shop_order WHERE id > ? AND id >= ? AND id <= ? ORDER BY id LIMIT $limit",
            [(int) $cursor, $range->fromId ?? 0, $range->toId ?? PHP_INT_MAX],
        );
        $ids = array_map('strval', array_column($rows, 'id'));

        return ['ids' => $ids, 'cursor' => $ids === [] ? $cursor : $ids[count($ids) - 1]];
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
        $this->database->execute('UPDATE shop_order SET status = ? WHERE id = ?', [$status, (int) $orderId]);
    }

    public function addNote(string $orderId, string $text): void
    {
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
        return 'http://127.0.0.1/';
    }

    public function now(): DateTimeImmutable
    {
        return new DateTimeImmutable();
    }

    /** @return array<string, string|int|float|null>|null */
    private function row(string $orderId): ?array
    {
        return ctype_digit($orderId) ? $this->database->query(
            'SELECT buyer, status FROM shop_order WHERE id = ?',
            [(int) $orderId],
        )[0] ?? null : null;
    }

    private static function money(int $minor): string
    {
        return sprintf('%d.%02d', intdiv($minor, 100), $minor % 100);
    }
}
