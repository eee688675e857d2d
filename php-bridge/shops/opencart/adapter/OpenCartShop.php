<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use Closure;
use DateTimeImmutable;
use DateTimeZone;
use Orderbridge\Log\Log;
use Orderbridge\Log\Words;
use Orderbridge\Shop\Database;
use Orderbridge\Shop\Currencies;
use Orderbridge\Shop\OrderList;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Shop\Shop;
use RuntimeException;
use Throwable;

use function array_column;
use function array_filter;
use function array_flip;
use function array_keys;
use function array_map;
use function array_slice;
use function array_values;
use function count;
use function date_default_timezone_get;
use function htmlspecialchars;
use function implode;
use function max;

/** OpenCart 3 and 4 as the bridge sees a shop. */
final class OpenCartShop implements Shop, Currencies, OrderList
{
    /** Our own status changes come back as events; while this is up the event handler looks away. */
    private static bool $writing = false;

    /**
     * @param Closure(array<string, mixed>, int, string, bool): void $history the shop's own door for statuses, as
     *     {@see Edition::writeHistory()}: the order's row, status, comment, whether to tell the buyer
     */
    public function __construct(
        private readonly Database $database,
        private readonly OrderReader $orders,
        private readonly PlacedOrders $placed,
        private readonly OrderSearch $search,
        private readonly Closure $history,
        private readonly string $prefix,
        private readonly int $languageId,
        private readonly string $endpointUrl,
        private readonly Log $log,
    ) {
    }

    public static function isWriting(): bool
    {
        return self::$writing;
    }

    public function order(string $orderId): ?array
    {
        return $this->orders->read($orderId);
    }

    public function orderStatus(string $orderId): ?string
    {
        $row = $this->placed->row($orderId);

        return $row === null ? null : (string) $row['order_status_id'];
    }

    /**
     * The cursor is the shop's history id: every placing, status change and edit in the admin leaves a row there,
     * while the order's own date_modified stays behind on a status change (4.1) and has no index.
     */
    public function ordersAfter(string $cursor, int $limit): array
    {
        $rows = $this->database->query(
            "SELECT h.order_id, MAX(h.order_history_id) AS seen FROM {$this->table('order_history')} h"
            . " JOIN {$this->table('order')} o ON o.order_id = h.order_id AND o.order_status_id > 0"
            . ' WHERE h.order_history_id > ? GROUP BY h.order_id ORDER BY seen LIMIT ' . max(1, $limit),
            [(int) $cursor],
        );

        return [
            'ids' => array_map(static fn (array $row): string => (string) $row['order_id'], $rows),
            'cursor' => $rows === [] ? $cursor : (string) $rows[count($rows) - 1]['seen'],
        ];
    }

    public function ordersIn(OrderRange $range, string $cursor, int $limit): array
    {
        [$where, $values] = $this->within($range);
        $rows = $this->database->query(
            "SELECT o.order_id FROM {$this->table('order')} o WHERE $where AND o.order_id > ?"
            . ' ORDER BY o.order_id LIMIT ' . max(1, $limit),
            [...$values, (int) $cursor],
        );
        $ids = array_map('strval', array_column($rows, 'order_id'));

        return ['ids' => $ids, 'cursor' => $ids === [] ? $cursor : $ids[count($ids) - 1]];
    }

    public function countIn(OrderRange $range): int
    {
        [$where, $values] = $this->within($range);

        return (int) ($this->database->query(
            "SELECT COUNT(*) AS n FROM {$this->table('order')} o WHERE $where",
            $values,
        )[0]['n'] ?? 0);
    }

    public function recentOrders(string $before, int $limit, string $search = ''): array
    {
        return $this->search->recent($before, $limit, $search);
    }

    public function summaries(array $orderIds): array
    {
        return $this->search->byId($orderIds);
    }

    public function setStatus(string $orderId, string $status, string $comment, bool $notify): void
    {
        $row = $this->placed->row($orderId);
        if ($row === null) {
            throw new RuntimeException("order $orderId is not in the shop any more");
        }
        if ((string) $row['order_status_id'] === $status) {
            return;
        }
        try {
            $this->addHistory($row, (int) $status, $comment, $notify);
        } catch (Throwable $fault) {
            if ($this->orderStatus($orderId) !== $status) {
                $this->withoutMail($row, (int) $status, $comment, $notify, $fault);
            }
        }
        $now = $this->orderStatus($orderId);
        if ($now !== $status) {
            throw new RuntimeException("the shop put status $now in place of $status (fraud check or spent coupon)");
        }
    }

    public function addNote(string $orderId, string $text): void
    {
        $row = $this->placed->row($orderId);
        if ($row === null) {
            throw new RuntimeException("order $orderId is not in the shop any more");
        }
        $this->addHistory($row, (int) $row['order_status_id'], $text, false);
    }

    public function statuses(): array
    {
        return $this->named(
            "SELECT order_status_id AS id, name, language_id FROM {$this->table('order_status')}"
            . ' ORDER BY order_status_id',
        );
    }

    public function currencies(): array
    {
        $codes = $this->database->query("SELECT code FROM {$this->table('currency')} WHERE status = 1 ORDER BY code");

        return array_map('strval', array_column($codes, 'code'));
    }

    public function categories(): array
    {
        $parents = [];
        foreach ($this->database->query("SELECT category_id, parent_id FROM {$this->table('category')}") as $row) {
            $parents[(string) $row['category_id']] = (int) $row['parent_id'] > 0 ? (string) $row['parent_id'] : null;
        }
        $categories = $this->named(
            "SELECT category_id AS id, name, language_id FROM {$this->table('category_description')}"
            . ' ORDER BY category_id',
        );

        $known = array_flip(array_column($categories, 'id'));

        return array_map(
            static function (array $named) use ($parents, $known): array {
                // Under a parent that was deleted, or that has no name in any language, a category is a root.
                $parent = $parents[$named['id']] ?? null;

                return [
                    'id' => $named['id'],
                    'parent_id' => $parent !== null && isset($known[$parent]) ? $parent : null,
                    'name' => $named['name'],
                ];
            },
            $categories,
        );
    }

    public function database(): Database
    {
        return $this->database;
    }

    public function endpointUrl(): string
    {
        return $this->endpointUrl;
    }

    public function now(): DateTimeImmutable
    {
        return new DateTimeImmutable('now');
    }

    /**
     * Times are stored without their zone, in the one that PHP has.
     *
     * @return array{string, list<string|int>} a condition on the placed orders `o`, and its values
     */
    private function within(OrderRange $range): array
    {
        $time = static fn (?DateTimeImmutable $at): ?string => $at
            ?->setTimezone(new DateTimeZone(date_default_timezone_get()))
            ->format('Y-m-d H:i:s');
        $limits = array_filter([
            'o.date_added >= ?' => $time($range->from),
            'o.date_added < ?' => $time($range->before),
            'o.order_id >= ?' => $range->fromId,
            'o.order_id <= ?' => $range->toId,
        ], static fn (string|int|null $limit): bool => $limit !== null);

        return [implode(' AND ', ['o.order_status_id > 0', ...array_keys($limits)]), array_values($limits)];
    }

    /**
     * The shop mails before it writes: a mail server that is down would hold the status back for ever.
     *
     * @param array<string, mixed> $row
     */
    private function withoutMail(array $row, int $status, string $comment, bool $notify, Throwable $fault): void
    {
        if (!$notify) {
            throw $fault;
        }
        $this->addHistory($row, $status, $comment, false);
        $this->log->log(
            'warning',
            "order {$row['order_id']}: the status was set, the buyer could not be told: " . Words::of($fault),
        );
    }

    /** @param array<string, mixed> $row */
    private function addHistory(array $row, int $status, string $comment, bool $notify): void
    {
        // The shop prints comments as they are stored: what comes from the CRM is text, never markup.
        $comment = htmlspecialchars($comment, ENT_COMPAT, 'UTF-8');
        self::writing(fn () => ($this->history)($row, $status, $comment, $notify));
    }

    /** Runs what changes an order on our own account. */
    public static function writing(Closure $work): void
    {
        self::$writing = true;
        try {
            $work();
        } finally {
            self::$writing = false;
        }
    }

    /**
     * Names in the wanted language, else in any: a language added later may lack some.
     *
     * @return list<array{id: string, name: string}>
     */
    private function named(string $sql): array
    {
        $names = [];
        foreach ($this->database->query($sql) as $row) {
            $id = (string) $row['id'];
            if (!isset($names[$id]) || (int) $row['language_id'] === $this->languageId) {
                $names[$id] = ['id' => $id, 'name' => ShopTables::text($row['name'])];
            }
        }
        return array_slice($names, 0);
    }

    private function table(string $name): string
    {
        return '`' . $this->prefix . $name . '`';
    }
}
