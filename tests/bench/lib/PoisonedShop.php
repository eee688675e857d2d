<?php

declare(strict_types=1);

namespace Bench;

use Chaos\Store;
use DateTimeImmutable;
use Orderbridge\Shop\Database;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Shop\Shop;
use RuntimeException;

/** A shop some of whose orders cannot be brought over: each for another reason. */
final class PoisonedShop implements Shop
{
    /** @var array<string, int> which poison it is, by order */
    public array $poisoned = [];

    public function __construct(private readonly Store $shop)
    {
    }

    public function order(string $orderId): ?array
    {
        $order = $this->shop->order($orderId);

        return match (($this->poisoned[$orderId] ?? -1) % 4) {
            0 => throw new RuntimeException('the table of order lines is broken'),
            1 => ['total' => 'a lot'] + $order,
            2 => ['comment' => str_repeat('я', 200_000)] + $order,
            3 => ['currency' => 'XTS'] + $order,
            default => $order,
        };
    }

    public function orderStatus(string $orderId): ?string
    {
        return $this->shop->orderStatus($orderId);
    }

    public function ordersAfter(string $cursor, int $limit): array
    {
        return $this->shop->ordersAfter($cursor, $limit);
    }

    public function ordersIn(OrderRange $range, string $cursor, int $limit): array
    {
        return $this->shop->ordersIn($range, $cursor, $limit);
    }

    public function countIn(OrderRange $range): int
    {
        return $this->shop->countIn($range);
    }

    public function setStatus(string $orderId, string $status, string $comment, bool $notify): void
    {
        $this->shop->setStatus($orderId, $status, $comment, $notify);
    }

    public function addNote(string $orderId, string $text): void
    {
        $this->shop->addNote($orderId, $text);
    }

    public function statuses(): array
    {
        return $this->shop->statuses();
    }

    public function categories(): array
    {
        return $this->shop->categories();
    }

    public function database(): Database
    {
        return $this->shop->database();
    }

    public function endpointUrl(): string
    {
        return $this->shop->endpointUrl();
    }

    public function now(): DateTimeImmutable
    {
        return $this->shop->now();
    }
}
