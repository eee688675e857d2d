<?php

declare(strict_types=1);

namespace Orderbridge\Link;

use Orderbridge\Exception\DuplicateKey;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Tables;
use stdClass;

use function array_chunk;
use function array_key_exists;
use function array_keys;
use function array_map;
use function array_values;
use function implode;
use function is_scalar;
use function json_decode;
use function json_encode;

use const JSON_THROW_ON_ERROR;
use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;

/** Which deal belongs to which order, unique both ways, and what the core wants to remember of it. */
final class Links
{
    private const PAGE = 500;

    public function __construct(
        private readonly Tables $tables,
        private readonly Clock $clock,
    ) {
    }

    /** @return array<string, mixed>|null a link in the contract's form */
    public function ofOrder(string $orderId): ?array
    {
        return $this->ofOrders([$orderId])[$orderId] ?? null;
    }

    /**
     * @param list<string> $orderIds
     * @return array<array-key, array<string, mixed>> by order id
     */
    public function ofOrders(array $orderIds): array
    {
        $links = [];
        foreach ($this->where('order_id', $orderIds) as $link) {
            $links[$link['order_id']] = $link;
        }

        return $links;
    }

    /**
     * @param list<string> $dealIds
     * @return list<array<string, mixed>>
     */
    public function ofDeals(array $dealIds): array
    {
        return $this->where('deal_id', $dealIds);
    }

    /**
     * @param list<string> $buyers as the core named them
     * @return list<array<string, mixed>> of each the link with a deal that was written last, if there is one
     */
    public function ofBuyers(array $buyers): array
    {
        $links = [];
        foreach ($buyers as $buyer) {
            $row = $this->tables->row(
                'SELECT order_id, deal_id, stage, memo FROM {link} WHERE buyer = ? AND deal_id IS NOT NULL '
                . 'ORDER BY updated_at DESC, created_at DESC LIMIT 1',
                [$buyer],
            );
            if ($row !== null) {
                $links[] = self::link($row);
            }
        }

        return $links;
    }

    /**
     * Stores what the core has learnt: the keys that are there are written, null clears; or forgets the order.
     *
     * Not one upsert: MySQL would take a deal that belongs to another order for the row to update.
     *
     * @param array<string, mixed> $learn
     * @throws DuplicateKey when the deal belongs to another order already
     */
    public function learn(array $learn): void
    {
        $orderId = (string) $learn['order_id'];
        if ($learn['forget'] ?? false) {
            $this->forget($orderId);
            return;
        }
        $now = $this->clock->seconds();
        $new = [];
        foreach (['deal_id', 'stage', 'memo', 'buyer'] as $column) {
            if (array_key_exists($column, $learn)) {
                $new[$column] = self::stored($learn[$column]);
            }
        }
        if ($this->tables->row('SELECT order_id FROM {link} WHERE order_id = ?', [$orderId]) === null) {
            $new += ['order_id' => $orderId, 'created_at' => $now, 'updated_at' => $now];
            $this->tables->execute(
                'INSERT INTO {link} (' . implode(', ', array_keys($new)) . ') VALUES (' . Tables::marks($new) . ')',
                array_values($new),
            );
            return;
        }
        $new['updated_at'] = $now;
        $set = implode(', ', array_map(static fn (string $column): string => "$column = ?", array_keys($new)));
        $this->tables->execute("UPDATE {link} SET $set WHERE order_id = ?", [...array_values($new), $orderId]);
    }

    public function forget(string $orderId): void
    {
        $this->tables->execute('DELETE FROM {link} WHERE order_id = ?', [$orderId]);
    }

    /** Another portal has been connected; deals are found again by their orders' ids. */
    public function forgetAll(): void
    {
        $this->tables->execute('DELETE FROM {link}');
        $this->tables->execute('DELETE FROM {difference}');
    }

    public function count(): int
    {
        return (int) ($this->tables->row('SELECT COUNT(*) AS n FROM {link} WHERE deal_id IS NOT NULL')['n'] ?? 0);
    }

    /**
     * @param list<string> $ids
     * @return list<array<string, mixed>>
     */
    private function where(string $column, array $ids): array
    {
        $links = [];
        foreach (array_chunk($ids, self::PAGE) as $page) {
            $rows = $this->tables->rows(
                "SELECT order_id, deal_id, stage, memo FROM {link} WHERE $column IN (" . Tables::marks($page) . ')',
                array_map('strval', $page),
            );
            foreach ($rows as $row) {
                $links[] = self::link($row);
            }
        }

        return $links;
    }

    /**
     * @param array<string, string|int|float|null> $row
     * @return array<string, mixed>
     */
    private static function link(array $row): array
    {
        $text = static fn (string $key): ?string => $row[$key] === null ? null : (string) $row[$key];
        // An empty object must stay an object on its way back to the core, so no PHP arrays here.
        $memo = $row['memo'] === null ? null : json_decode((string) $row['memo']);

        return [
            'order_id' => (string) $row['order_id'],
            'deal_id' => $text('deal_id'),
            'stage' => $text('stage'),
            'memo' => $memo instanceof stdClass ? $memo : null,
        ];
    }

    private static function stored(mixed $value): ?string
    {
        if ($value === null || is_scalar($value)) {
            return $value === null ? null : (string) $value;
        }

        return json_encode(
            $value === [] ? new stdClass() : $value,
            JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES,
        );
    }
}
