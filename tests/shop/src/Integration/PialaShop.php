<?php

declare(strict_types=1);

namespace Piala\Integration;

use DateTimeImmutable;
use DateTimeZone;
use Orderbridge\Shop\Database;
use Orderbridge\Shop\OrderList;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Shop\OrderSummary;
use Orderbridge\Shop\PdoDatabase;
use Orderbridge\Shop\Shop;
use Orderbridge\Tests\Support\TimedDatabase;
use OutOfBoundsException;
use Piala\App;
use Piala\Config;
use Piala\Delivery;
use Piala\Money;
use Piala\Status;
use Piala\Store\Order;
use Piala\Store\OrderLine;

/**
 * This shop as the bridge sees it: the one class an integrator writes.
 *
 * It only translates. What an order means for Bitrix24 is decided by the bridge's core; how an order is read and
 * changed is decided by the shop's own Orders, so nothing here touches the shop's tables.
 */
final class PialaShop implements Shop, OrderList
{
    public const AUTHOR = 'Битрикс24';

    private bool $writing = false;

    public function __construct(private readonly App $app)
    {
    }

    /** True while the bridge itself changes an order, so that the save hook does not report the bridge to the bridge. */
    public function isWriting(): bool
    {
        return $this->writing;
    }

    /**
     * The canonical order. Rules that are easy to get wrong:
     * ids and money are strings, money with a dot and two places; prices say whether VAT is in them, and net ones
     * have it in charges of the kind tax; lines and charges together give the total, so a coupon is a negative
     * charge; nothing is HTML-escaped; what the buyer left empty stays empty instead of "-" or "no@mail".
     */
    public function order(string $orderId): ?array
    {
        $order = $this->find($orderId);
        if ($order === null) {
            return null;
        }
        $details = $order->details;

        return [
            'id' => (string) $order->id,
            'number' => $order->number(),
            'created_at' => self::placedAt($order)->format(DATE_ATOM),
            'status' => $order->status->value,
            'currency' => 'RUB',
            'prices' => $order->net ? 'net' : 'gross',
            'total' => Money::decimal($order->total),
            'url' => $this->url($order),
            'buyer' => [
                'last_name' => $details->lastName,
                'first_name' => $details->firstName,
                'second_name' => $details->secondName,
                'phone' => $details->phone,
                'email' => $details->email,
            ],
            'lines' => array_map($this->line(...), $order->lines),
            'charges' => $this->charges($order),
            'comment' => $details->comment,
            'payment' => ['code' => $details->payment->value, 'name' => $details->payment->label()],
            'delivery' => [
                'code' => $details->delivery->value,
                'name' => $details->delivery->label(),
                'address' => $details->delivery === Delivery::Pickup ? Delivery::PICKUP_ADDRESS : $details->address,
            ],
            'utm' => $order->utm,
        ];
    }

    public function orderStatus(string $orderId): ?string
    {
        return $this->find($orderId)?->status->value;
    }

    /**
     * The sweep asks this to find orders that the save hook missed. The cursor is the shop's revision counter:
     * a moment would not do, because two orders may share one and a clock may go back.
     */
    public function ordersAfter(string $cursor, int $limit): array
    {
        $rows = $this->app->orders->changedAfter((int) $cursor, $limit);

        return [
            'ids' => array_map(static fn (array $row): string => (string) $row['id'], $rows),
            'cursor' => $rows === [] ? $cursor : (string) end($rows)['revision'],
        ];
    }

    /** The owner asks for what the shop had before the module came, by day or by number. */
    public function ordersIn(OrderRange $range, string $cursor, int $limit): array
    {
        $ids = $this->app->orders->idsIn(
            $range->from,
            $range->before,
            max($range->fromId ?? 0, (int) $cursor + 1),
            $range->toId,
            $limit,
        );

        return [
            'ids' => array_map(strval(...), $ids),
            'cursor' => $ids === [] ? $cursor : (string) end($ids),
        ];
    }

    public function countIn(OrderRange $range): int
    {
        return $this->app->orders->countIn($range->from, $range->before, $range->fromId, $range->toId);
    }

    /** For the lists of the settings app. */
    public function recentOrders(string $before, int $limit, string $search = ''): array
    {
        return array_map($this->summary(...), $this->app->orders->found($search, (int) $before, $limit));
    }

    public function summaries(array $orderIds): array
    {
        $summaries = [];
        $ids = array_map(intval(...), array_values(array_filter($orderIds, ctype_digit(...))));
        foreach ($this->app->orders->some($ids) as $order) {
            $summaries[(string) $order->id] = $this->summary($order);
        }

        return $summaries;
    }

    /**
     * A step of the bridge may be repeated when its answer was lost. An order that is there already is left alone,
     * so that the buyer does not get a second letter.
     */
    public function setStatus(string $orderId, string $status, string $comment, bool $notify): void
    {
        $order = $this->existing($orderId);
        $wanted = Status::from($status);
        if ($order->status === $wanted) {
            return;
        }
        $this->writing = true;
        try {
            $this->app->orders->changeStatus($order->id, $wanted, $comment, $notify, self::AUTHOR);
        } finally {
            $this->writing = false;
        }
    }

    public function addNote(string $orderId, string $text): void
    {
        $this->app->orders->addNote($this->existing($orderId)->id, $text, self::AUTHOR);
    }

    public function statuses(): array
    {
        return array_map(
            static fn (Status $status): array => ['id' => $status->value, 'name' => $status->label()],
            Status::cases(),
        );
    }

    public function categories(): array
    {
        return array_map(static fn (array $category): array => [
            'id' => (string) $category['id'],
            'parent_id' => $category['parent_id'] === null ? null : (string) $category['parent_id'],
            'name' => $category['name'],
        ], array_values($this->app->catalogue->categories()));
    }

    /** The shop's own connection: a job that the bridge writes while an order is saved is in the order's transaction. */
    public function database(): Database
    {
        $database = PdoDatabase::over($this->app->database->pdo);
        if ($this->app->config->clockShift === 0) {
            return $database;
        }
        // For tests: the database's clock goes with ours.
        require_once dirname(__DIR__, 3) . '/php/Support/TimedDatabase.php';

        return new TimedDatabase($database, fn (): int => (int) $this->now()->format('Uv'));
    }

    public function endpointUrl(): string
    {
        return $this->app->config->url . Wiring::ENDPOINT;
    }

    public function now(): DateTimeImmutable
    {
        return new DateTimeImmutable(
            "+{$this->app->config->clockShift} seconds",
            new DateTimeZone(Config::TIME_ZONE),
        );
    }

    private function summary(Order $order): OrderSummary
    {
        $buyer = $order->details;

        return new OrderSummary(
            (string) $order->id,
            $order->number(),
            self::placedAt($order),
            $order->status->value,
            Money::decimal($order->total),
            'RUB',
            trim("$buyer->lastName $buyer->firstName $buyer->secondName"),
            $this->url($order),
        );
    }

    private function url(Order $order): string
    {
        return "{$this->app->config->url}/admin/orders/{$order->number()}";
    }

    private static function placedAt(Order $order): DateTimeImmutable
    {
        return new DateTimeImmutable($order->createdAt, new DateTimeZone('UTC'));
    }

    private function find(string $orderId): ?Order
    {
        return ctype_digit($orderId) ? $this->app->orders->find((int) $orderId) : null;
    }

    private function existing(string $orderId): Order
    {
        return $this->find($orderId) ?? throw new OutOfBoundsException("There is no order $orderId.");
    }

    /** @return array<string, mixed> */
    private function line(OrderLine $line): array
    {
        return [
            'product_id' => (string) $line->productId,
            'sku' => $line->sku,
            'name' => $line->name,
            'options' => $line->options,
            'quantity' => (string) $line->quantity,
            'unit' => 'шт',
            'price' => Money::decimal($line->price),
            'total' => Money::decimal($line->total()),
            'vat_rate' => $line->vatRate,
            'categories' => $this->app->catalogue->productPaths($line->productId),
        ];
    }

    /** @return list<array<string, string>> */
    private function charges(Order $order): array
    {
        $charges = [];
        if ($order->discount > 0) {
            $charges[] = [
                'kind' => 'coupon',
                'name' => "Промокод $order->coupon",
                'amount' => Money::decimal(-$order->discount),
            ];
        }
        if ($order->deliveryPrice > 0) {
            $charges[] = [
                'kind' => 'shipping',
                'name' => 'Доставка',
                'amount' => Money::decimal($order->deliveryPrice),
                'vat_rate' => (string) Delivery::VAT_RATE,
            ];
        }
        foreach ($order->taxes as $rate => $sum) {
            $charges[] = [
                'kind' => 'tax',
                'name' => "НДС $rate %",
                'amount' => Money::decimal($sum),
                'vat_rate' => (string) $rate,
            ];
        }

        return $charges;
    }
}
