<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Automattic\WooCommerce\Utilities\OrderUtil;
use DateTimeImmutable;
use DateTimeZone;
use Orderbridge\Shop\Database;
use Orderbridge\Shop\OrderRange;

use function array_column;
use function array_fill;
use function array_filter;
use function array_keys;
use function array_map;
use function array_merge;
use function array_values;
use function count;
use function end;
use function explode;
use function implode;
use function max;

/**
 * Ids of placed orders, by its own statements: WooCommerce's queries cannot go on behind a pair of time and id.
 *
 * Orders are in `wc_orders`, or, where the shop has not moved yet, among the posts. Times are UTC.
 */
final class OrderRows
{
    private const TABLES = [
        'id' => 'id',
        'type' => 'type',
        'status' => 'status',
        'created' => 'date_created_gmt',
        'changed' => 'date_updated_gmt',
    ];
    private const POSTS = [
        'id' => 'ID',
        'type' => 'post_type',
        'status' => 'post_status',
        'created' => 'post_date_gmt',
        'changed' => 'post_modified_gmt',
    ];

    public function __construct(
        private readonly Database $database,
        private readonly string $prefix,
    ) {
    }

    /** @return array{ids: list<string>, cursor: string} as {@see \Orderbridge\Shop\Shop::ordersAfter()} */
    public function after(string $cursor, int $limit): array
    {
        $c = $this->columns();
        [$time, $id] = explode(',', $cursor, 2) + ['', '0'];
        [$where, $values] = $this->placed($time === '' ? [] : [
            "$c[changed] >= ?" => $time,
            "($c[changed] > ? OR $c[id] > ?)" => [$time, (int) $id],
        ]);
        $rows = $this->database->query(
            "SELECT $c[id] AS id, $c[changed] AS changed FROM {$this->table()} WHERE $where"
            . " ORDER BY $c[changed], $c[id] LIMIT " . max(1, $limit),
            $values,
        );
        $last = end($rows);

        return [
            'ids' => array_map(strval(...), array_column($rows, 'id')),
            'cursor' => $last === false ? $cursor : "$last[changed],$last[id]",
        ];
    }

    /** @return array{ids: list<string>, cursor: string} as {@see \Orderbridge\Shop\Shop::ordersIn()} */
    public function in(OrderRange $range, string $cursor, int $limit): array
    {
        $c = $this->columns();
        [$where, $values] = $this->placed($this->limits($range) + ["$c[id] > ?" => (int) $cursor]);
        $ids = $this->ids("WHERE $where ORDER BY $c[id] LIMIT " . max(1, $limit), $values);

        return ['ids' => $ids, 'cursor' => $ids === [] ? $cursor : $ids[count($ids) - 1]];
    }

    public function countIn(OrderRange $range): int
    {
        [$where, $values] = $this->placed($this->limits($range));

        return (int) $this->database->query("SELECT COUNT(*) AS n FROM {$this->table()} WHERE $where", $values)[0]['n'];
    }

    /**
     * @param list<int>|null $among only of these; null: of all
     * @return list<string> newest first
     */
    public function before(string $before, int $limit, ?array $among): array
    {
        if ($among === []) {
            return [];
        }
        $c = $this->columns();
        $limits = $before === '' ? [] : ["$c[id] < ?" => (int) $before];
        if ($among !== null) {
            $limits["$c[id] IN (" . implode(', ', array_fill(0, count($among), '?')) . ')'] = $among;
        }
        [$where, $values] = $this->placed($limits);

        return $this->ids("WHERE $where ORDER BY $c[id] DESC LIMIT " . max(1, $limit), $values);
    }

    /**
     * @param array<string, string|int|list<string|int>> $limits
     * @return array{string, list<string|int>}
     */
    private function placed(array $limits): array
    {
        $c = $this->columns();
        $not = [];
        foreach (Placed::NOT as $status) {
            $not[] = $status;
            $not[] = "wc-$status";
        }
        $limits = [
            "$c[type] = 'shop_order'" => [],
            "$c[status] NOT IN (" . implode(', ', array_fill(0, count($not), '?')) . ')' => $not,
        ] + $limits;

        return [
            implode(' AND ', array_keys($limits)),
            array_merge(...array_map(static fn (mixed $of): array => (array) $of, array_values($limits))),
        ];
    }

    /** @return array<string, string|int> */
    private function limits(OrderRange $range): array
    {
        $c = $this->columns();
        $time = static fn (?DateTimeImmutable $at): ?string => $at
            ?->setTimezone(new DateTimeZone('UTC'))
            ->format('Y-m-d H:i:s');

        return array_filter([
            "$c[created] >= ?" => $time($range->from),
            "$c[created] < ?" => $time($range->before),
            "$c[id] >= ?" => $range->fromId,
            "$c[id] <= ?" => $range->toId,
        ], static fn (string|int|null $limit): bool => $limit !== null);
    }

    /**
     * @param list<string|int> $values
     * @return list<string>
     */
    private function ids(string $rest, array $values): array
    {
        $rows = $this->database->query("SELECT {$this->columns()['id']} AS id FROM {$this->table()} $rest", $values);

        return array_map(strval(...), array_column($rows, 'id'));
    }

    /** @return array{id: string, type: string, status: string, created: string, changed: string} */
    private function columns(): array
    {
        return $this->hasTables() ? self::TABLES : self::POSTS;
    }

    private function table(): string
    {
        return '`' . $this->prefix . ($this->hasTables() ? 'wc_orders' : 'posts') . '`';
    }

    /** Asked each time: the owner may move the orders while a worker runs. */
    private function hasTables(): bool
    {
        return OrderUtil::custom_orders_table_usage_is_enabled();
    }
}
