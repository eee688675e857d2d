<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use DateTimeImmutable;
use Orderbridge\Shop\Decimal;
use Orderbridge\Shop\OrderSummary;

use function array_column;
use function array_fill;
use function array_filter;
use function array_map;
use function array_values;
use function count;
use function htmlspecialchars;
use function implode;
use function intval;
use function max;
use function strtr;

use const ENT_COMPAT;

/** The shop's orders for people to look through. */
final class OrderSearch
{
    private const COLUMNS = 'o.order_id, o.order_status_id, o.total, o.currency_code, o.currency_value, o.date_added,'
        . ' o.firstname, o.lastname, o.shipping_firstname, o.shipping_lastname, c.decimal_place';
    private const FROM = '{order} o LEFT JOIN {currency} c ON c.code = o.currency_code';
    private const WORDS = [
        "CONCAT(o.firstname, ' ', o.lastname)",
        "CONCAT(o.lastname, ' ', o.firstname)",
        "CONCAT(o.shipping_firstname, ' ', o.shipping_lastname)",
        'o.email',
        'o.telephone',
    ];

    /** @param string $page where the admin shows an order; its id is put behind. '' when not known yet */
    public function __construct(
        private readonly ShopTables $tables,
        private readonly string $page,
    ) {
    }

    /** @return list<OrderSummary> as {@see \Orderbridge\Shop\OrderList::recentOrders()} */
    public function recent(string $before, int $limit, string $search): array
    {
        $where = ['o.order_status_id > 0'];
        $values = [];
        if ($before !== '') {
            $where[] = 'o.order_id < ?';
            $values[] = (int) $before;
        }
        if ($search !== '') {
            $likes = array_map(static fn (string $word): string => "$word LIKE ? ESCAPE '!'", self::WORDS);
            $named = PlacedOrders::isId($search);
            $where[] = '(' . implode(' OR ', $named ? ['o.order_id = ?', ...$likes] : $likes) . ')';
            $values = [...$values, ...($named ? [(int) $search] : []), ...self::patterns($search)];
        }

        return $this->summaries($this->tables->rows(
            'SELECT ' . self::COLUMNS . ' FROM ' . self::FROM . ' WHERE ' . implode(' AND ', $where)
            . ' ORDER BY o.order_id DESC LIMIT ' . max(1, $limit),
            $values,
        ));
    }

    /**
     * @param list<string> $orderIds
     * @return array<array-key, OrderSummary>
     */
    public function byId(array $orderIds): array
    {
        $ids = array_values(array_filter($orderIds, PlacedOrders::isId(...)));
        if ($ids === []) {
            return [];
        }
        $rows = $this->tables->rows(
            'SELECT ' . self::COLUMNS . ' FROM ' . self::FROM
            . ' WHERE o.order_status_id > 0 AND o.order_id IN (' . ShopTables::marks($ids) . ')',
            array_map(intval(...), $ids),
        );

        return array_column($this->summaries($rows), null, 'id');
    }

    /**
     * As the shop keeps texts: HTML-escaped, apostrophes by some versions only.
     *
     * @return list<string>
     */
    private static function patterns(string $search): array
    {
        $pattern = strtr(
            htmlspecialchars($search, ENT_COMPAT, 'UTF-8'),
            ['!' => '!!', '%' => '!%', '_' => '!_', "'" => '%'],
        );

        return array_fill(0, count(self::WORDS), "%$pattern%");
    }

    /**
     * @param list<array<string, mixed>> $rows
     * @return list<OrderSummary>
     */
    private function summaries(array $rows): array
    {
        return array_map(fn (array $row): OrderSummary => new OrderSummary(
            (string) $row['order_id'],
            (string) $row['order_id'],
            new DateTimeImmutable((string) $row['date_added']),
            (string) $row['order_status_id'],
            Decimal::of($row['total'])->times(Decimal::of($row['currency_value'] ?? '1'))->rounded(
                (string) ($row['decimal_place'] ?? '') === '' ? 2 : (int) $row['decimal_place'],
            )->toString(),
            (string) $row['currency_code'],
            self::buyer($row),
            $this->page === '' ? '' : $this->page . $row['order_id'],
        ), $rows);
    }

    /** @param array<string, mixed> $row */
    private static function buyer(array $row): string
    {
        foreach (['', 'shipping_'] as $of) {
            $name = ShopTables::text("{$row[$of . 'firstname']} {$row[$of . 'lastname']}");
            if ($name !== '') {
                return $name;
            }
        }

        return '';
    }
}
