<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Orderbridge\Shop\Decimal;

/** What was given back of an order, added up. WooCommerce keeps each refund as an order of its own, below zero. */
final class Refunds
{
    private Decimal $amount;
    /** @var array<int, array{quantity: Decimal, amount: Decimal}> */
    private array $items = [];

    /** @param iterable<object> $refunds WooCommerce's WC_Order_Refund */
    public function __construct(iterable $refunds)
    {
        $this->amount = Decimal::zero();
        foreach ($refunds as $refund) {
            $this->amount = $this->amount->plus(Amount::of($refund->get_amount()));
            foreach ($refund->get_items() as $item) {
                $this->add((int) $item->get_meta('_refunded_item_id'), $item);
            }
        }
    }

    public function amount(): Decimal
    {
        return $this->amount;
    }

    /** @return array{quantity: Decimal, amount: Decimal}|null of a line; null: nothing */
    public function of(int $itemId): ?array
    {
        return $this->items[$itemId] ?? null;
    }

    private function add(int $itemId, object $item): void
    {
        $known = $this->items[$itemId] ?? ['quantity' => Decimal::zero(), 'amount' => Decimal::zero()];
        $this->items[$itemId] = [
            'quantity' => $known['quantity']->plus(Amount::of($item->get_quantity())->absolute()),
            'amount' => $known['amount']->plus(Amount::gross($item)->absolute()),
        ];
    }
}
