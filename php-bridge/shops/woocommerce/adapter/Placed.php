<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use function in_array;

/** Tells orders from what only looks like one: baskets of the block checkout, opened forms of the admin, refunds. */
final class Placed
{
    /** Statuses of orders that nobody has placed, and of those that were thrown away; without the prefix `wc-`. */
    public const NOT = ['auto-draft', 'draft', 'new', 'checkout-draft', 'trash'];

    /** @param object $order WooCommerce's WC_Order or WC_Order_Refund */
    public static function is(object $order): bool
    {
        return $order->get_type() === 'shop_order'
            && !in_array($order->get_status(), self::NOT, true)
            && !self::isEmpty($order);
    }

    /** Code and the REST API save an order before they put anything into it. */
    private static function isEmpty(object $order): bool
    {
        return (float) $order->get_total() === 0.0
            && $order->get_items(['line_item', 'fee', 'shipping', 'coupon']) === [];
    }
}
