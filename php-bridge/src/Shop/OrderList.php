<?php

declare(strict_types=1);

namespace Orderbridge\Shop;

/**
 * A {@see Shop} whose orders people can look through on the admin page. One that is not shows bare ids there, and only
 * of orders that the bridge knows.
 */
interface OrderList
{
    /**
     * Placed orders for people to look through, newest first by id.
     *
     * @param string $before only those older than this order; '' means from the newest
     * @param string $search only those whose number or id is this, or whose buyer's name, mail or phone has it in it
     * @return list<OrderSummary> fewer than $limit: that was the end
     */
    public function recentOrders(string $before, int $limit, string $search = ''): array;

    /**
     * @param list<string> $orderIds
     * @return array<array-key, OrderSummary> by id; those that are not there, or not placed, are left out
     */
    public function summaries(array $orderIds): array;
}
