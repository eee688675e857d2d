<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use Orderbridge\Shop\OrderList;
use Orderbridge\Shop\OrderSummary;
use Orderbridge\Store\Tables;
use Orderbridge\Wiring;

use function array_column;
use function array_map;
use function array_slice;
use function count;
use function gmdate;
use function max;
use function time;

use const DATE_ATOM;

/**
 * Rows of the ledger, a page at a time and never a query for each: what our tables have to say (a job, a difference)
 * is read from there, everything else by walking the shop's orders from the newest.
 */
final class Listing
{
    public const ALL = 'all';
    public const WAITING = 'waiting';
    public const FAILED = 'failed';
    public const DIFFERING = 'differing';
    public const NOT_SENT = 'not_sent';
    public const SYNCED = 'synced';
    public const FILTERS = [self::ALL, self::WAITING, self::FAILED, self::DIFFERING, self::NOT_SENT, self::SYNCED];

    /** Orders that are looked at for one page of those that a filter wants; what is beyond is for the next request. */
    private const LOOKED_AT = 2000;
    private const STRIDE = 200;

    /** @var array<string, string> */
    private readonly array $statuses;
    /** @var array<string, string> */
    private readonly array $stages;
    private readonly Portals $portals;

    public function __construct(private readonly Wiring $wiring)
    {
        $this->statuses = array_column($wiring->shop->statuses(), 'name', 'id');
        $portal = (array) (($wiring->settings()->document() ?? [])['portal'] ?? []);
        $this->stages = array_column(array_map(
            static fn (mixed $stage): array => (array) $stage,
            (array) ($portal['stages'] ?? []),
        ), 'name', 'id');
        $this->portals = new Portals($wiring);
    }

    /** @return array{list<array<string, mixed>>, string|null} rows, and where the next page begins; null: nowhere */
    public function page(string $filter, string $search, string $before, int $limit): array
    {
        $ours = match (true) {
            $search !== '' => null,
            $filter === self::WAITING => ['job', 'id', "state = 'ready'"],
            $filter === self::FAILED => ['job', 'id', "state = 'dead'"],
            $filter === self::DIFFERING => ['difference', 'order_id', '1 = 1'],
            default => null,
        };

        return $ours === null
            ? $this->walked($filter, $search, $before, $limit)
            : $this->known($ours, $before, $limit);
    }

    /**
     * @param list<string> $orderIds
     * @return list<array<string, mixed>> in the same order; one that neither the shop nor we know is left out
     */
    public function rows(array $orderIds): array
    {
        $shop = $this->wiring->shop;

        return $this->described($orderIds, $shop instanceof OrderList ? $shop->summaries($orderIds) : []);
    }

    /**
     * @param array{string, string, string} $from a table, the column that it is walked by, a condition
     * @return array{list<array<string, mixed>>, string|null}
     */
    private function known(array $from, string $before, int $limit): array
    {
        [$table, $column, $where] = $from;
        $found = $this->wiring->tables()->rows(
            "SELECT order_id, $column AS place FROM {{$table}} WHERE $where"
            . ($before === '' ? '' : " AND $column < ?") . " ORDER BY $column DESC LIMIT " . ($limit + 1),
            $before === '' ? [] : [$table === 'job' ? (int) $before : $before],
        );
        $more = count($found) > $limit;
        $found = array_slice($found, 0, $limit);
        $ids = array_map(static fn (array $row): string => (string) $row['order_id'], $found);

        return [$this->rows($ids), $more ? (string) $found[count($found) - 1]['place'] : null];
    }

    /** @return array{list<array<string, mixed>>, string|null} */
    private function walked(string $filter, string $search, string $before, int $limit): array
    {
        $rows = [];
        $stride = $filter === self::ALL ? $limit : self::STRIDE;
        for ($looked = 0; $looked < self::LOOKED_AT; $looked += $stride) {
            $summaries = $this->newest($before, $stride, $search);
            foreach ($this->described(array_column($summaries, 'id'), array_column($summaries, null, 'id')) as $row) {
                $before = $row['order']['id'];
                if (self::fits($row, $filter)) {
                    $rows[] = $row;
                }
                if (count($rows) === $limit) {
                    return [$rows, $before];
                }
            }
            if (count($summaries) < $stride) {
                return [$rows, null];
            }
        }

        return [$rows, $before];
    }

    /** @return list<OrderSummary> */
    private function newest(string $before, int $limit, string $search): array
    {
        $shop = $this->wiring->shop;
        if ($shop instanceof OrderList) {
            return $shop->recentOrders($before, $limit, $search);
        }
        // Then those we know, by their ids as texts.
        $rows = $this->wiring->tables()->rows(
            'SELECT order_id FROM {link} WHERE order_id LIKE ?' . ($before === '' ? '' : ' AND order_id < ?')
            . " ORDER BY order_id DESC LIMIT $limit",
            ["$search%", ...($before === '' ? [] : [$before])],
        );

        return array_map(fn (array $row): OrderSummary => $this->bare((string) $row['order_id']), $rows);
    }

    /** @param array<string, mixed> $row */
    private static function fits(array $row, string $filter): bool
    {
        return match ($filter) {
            self::ALL => true,
            self::DIFFERING => $row['difference'] !== null,
            default => $row['state'] === $filter,
        };
    }

    /**
     * @param list<string> $orderIds
     * @param array<array-key, OrderSummary> $summaries by id
     * @return list<array<string, mixed>>
     */
    private function described(array $orderIds, array $summaries): array
    {
        if ($orderIds === []) {
            return [];
        }
        $links = $this->ofOrders('order_id, deal_id, stage, updated_at', 'link', $orderIds);
        $jobs = $this->ofOrders(
            'order_id, state, attempts, not_before, code, message, hint, updated_at',
            'job',
            $orderIds,
        );
        $differences = $this->ofOrders('order_id, kind, detail', 'difference', $orderIds);
        $rows = [];
        foreach ($orderIds as $id) {
            $summary = $summaries[$id] ?? null;
            if ($summary === null && !isset($links[$id]) && !isset($jobs[$id]) && !isset($differences[$id])) {
                continue;
            }
            $rows[] = ['order' => $this->order($summary ?? $this->bare($id))]
                + $this->ours($links[$id] ?? null, $jobs[$id] ?? null)
                + ['difference' => isset($differences[$id])
                    ? ['kind' => $differences[$id]['kind'], 'detail' => $differences[$id]['detail']]
                    : null];
        }

        return $rows;
    }

    /**
     * @param array<string, string|int|float|null>|null $link
     * @param array<string, string|int|float|null>|null $job
     * @return array<string, mixed>
     */
    private function ours(?array $link, ?array $job): array
    {
        $deal = (string) ($link['deal_id'] ?? '');
        $stage = (string) ($link['stage'] ?? '');
        $next = (int) ($job['not_before'] ?? 0);
        $updated = max((int) ($link['updated_at'] ?? 0), (int) ($job['updated_at'] ?? 0));

        return [
            'deal' => $deal === '' ? null : [
                'id' => $deal,
                'url' => $this->portals->dealUrl($deal),
                'stage' => $stage,
                'stage_name' => $this->stages[$stage] ?? $stage,
            ],
            'state' => match (true) {
                $job !== null => $job['state'] === 'dead' ? self::FAILED : self::WAITING,
                default => $deal === '' ? self::NOT_SENT : self::SYNCED,
            },
            'attempts' => (int) ($job['attempts'] ?? 0),
            'next_at' => $job !== null && $job['state'] === 'ready' && $next > time() ? self::moment($next) : null,
            'reason' => ($job['code'] ?? '') === '' ? null : [
                'code' => (string) $job['code'],
                'message' => (string) $job['message'],
                'hint' => (string) $job['hint'],
            ],
            'updated_at' => $updated === 0 ? null : self::moment($updated),
        ];
    }

    /** @return array<string, string> */
    private function order(OrderSummary $summary): array
    {
        return [
            'id' => $summary->id,
            'number' => $summary->number,
            'placed_at' => $summary->status === '' ? '' : $summary->placedAt->format(DATE_ATOM),
            'status' => $summary->status,
            'status_name' => $this->statuses[$summary->status] ?? $summary->status,
            'total' => $summary->total,
            'currency' => $summary->currency,
            'buyer' => $summary->buyer,
            'url' => $summary->url,
        ];
    }

    /** An order of which nothing but its id is known: the shop has it no more, or does not list any. */
    private function bare(string $orderId): OrderSummary
    {
        return new OrderSummary($orderId, $orderId, $this->wiring->shop->now(), '', '', '', '', '');
    }

    /**
     * @param list<string> $orderIds
     * @return array<array-key, array<string, string|int|float|null>> by order id
     */
    private function ofOrders(string $columns, string $table, array $orderIds): array
    {
        $rows = $this->wiring->tables()->rows(
            "SELECT $columns FROM {{$table}} WHERE order_id IN (" . Tables::marks($orderIds) . ')',
            $orderIds,
        );

        return array_column($rows, null, 'order_id');
    }

    private static function moment(int $at): string
    {
        return gmdate('Y-m-d\TH:i:s\Z', $at);
    }
}
