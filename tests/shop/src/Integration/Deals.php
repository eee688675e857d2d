<?php

declare(strict_types=1);

namespace Piala\Integration;

use Orderbridge\Bridge;
use Orderbridge\Core\EngineFault;
use Orderbridge\Core\Rejected;
use Orderbridge\Exception\BridgeException;
use Piala\Store\Catalogue;
use Piala\Store\Order;

/** What the shop's own pages say of an order's deal: beside the order, where its manager looks anyway. */
final class Deals
{
    public function __construct(private readonly Bridge $bridge, private readonly Catalogue $catalogue)
    {
    }

    /**
     * How each order stands with Bitrix24.
     *
     * @param list<Order> $orders
     * @return array<int, array{deal: ?string, stage: ?string, state: string, text: string, hint: string}> by order id
     */
    public function ofAll(array $orders): array
    {
        $ids = array_map(static fn (Order $order): string => (string) $order->id, $orders);
        $links = $this->bridge->links()->ofOrders($ids);
        $dead = array_column($this->bridge->outbox()->dead(500), null, 'order_id');
        $waiting = array_column($this->bridge->outbox()->waiting(500), null, 'order_id');
        $deals = [];
        foreach ($orders as $order) {
            $link = $links[$order->id] ?? null;
            $problem = $dead[$order->id] ?? $waiting[$order->id] ?? null;
            $deal = $link['deal_id'] ?? null;
            $deals[$order->id] = [
                'deal' => $deal,
                'stage' => $link['stage'] ?? null,
                'state' => match (true) {
                    isset($dead[$order->id]) => 'error',
                    $problem !== null || $deal === null => 'wait',
                    default => 'ok',
                },
                'text' => match (true) {
                    $problem !== null => (string) $problem['message'],
                    $deal === null => 'В очереди',
                    default => 'Передан',
                },
                'hint' => $problem === null ? '' : (string) $problem['hint'],
            ];
        }

        return $deals;
    }

    /** @return array{deal: ?string, stage: ?string, state: string, text: string, hint: string} */
    public function of(Order $order): array
    {
        return $this->ofAll([$order])[$order->id];
    }

    /**
     * The very deal that the order becomes, as the core computes it, with `notes` and the names of its `manager`
     * and of the `category` that chose him; null when it cannot be told yet.
     *
     * @return array<string, mixed>|null
     */
    public function preview(Order $order): ?array
    {
        try {
            $setup = $this->bridge->setup();
            $preview = $setup->preview((string) $order->id);
        } catch (Rejected | EngineFault | BridgeException) {
            return null;
        }
        if ($preview === null) {
            return null;
        }
        $preview = self::plain($preview);
        $notes = $this->bridge->core()->notes();
        $names = array_column(self::plain($setup->document())['portal']['users'] ?? [], 'name', 'id');
        $category = (int) ($preview['responsible']['category'] ?? 0);

        return [
            ...$preview,
            'manager' => $names[$preview['responsible']['user']] ?? $preview['responsible']['user'],
            'category' => $this->catalogue->categories()[$category]['name'] ?? '',
            'notes' => $notes,
        ];
    }

    /** @param array<array-key, mixed> $value @return array<array-key, mixed> arrays all the way down */
    private static function plain(array $value): array
    {
        return json_decode(json_encode($value, JSON_THROW_ON_ERROR), true, 32, JSON_THROW_ON_ERROR);
    }
}
