<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use function abs;
use function strtotime;
use function time;

/**
 * Which rows of the table `order` are orders.
 *
 * One with status 0 is a basket at the last step. OpenCart 3, however, also puts an order to 0 while it is edited or
 * deleted, rewrites its rows one by one (its tables know no transactions) and only then gives the status back: whoever
 * looks in between must neither see a deleted order nor half of one.
 */
final class PlacedOrders
{
    /** An edit is one request of the shop: what has been void for longer stays so. */
    private const EDIT_SECONDS = 60;

    public function __construct(private readonly ShopTables $tables)
    {
    }

    /**
     * @return array<string, mixed>|null null: no such order, or not placed
     * @throws BeingEdited
     */
    public function row(string $orderId): ?array
    {
        if (!self::isId($orderId)) {
            return null;
        }
        $order = $this->tables->row('SELECT * FROM {order} WHERE order_id = ?', [(int) $orderId]);
        if ($order === null || (int) $order['order_status_id'] > 0) {
            return $order;
        }
        $last = $this->tables->row(
            'SELECT order_status_id, date_added FROM {order_history} WHERE order_id = ?'
            . ' ORDER BY order_history_id DESC LIMIT 1',
            [(int) $orderId],
        );
        // Both clocks are the shop's: it gives its connection the zone that PHP has.
        if ($last !== null && abs(time() - (int) strtotime((string) $last['date_added'])) < self::EDIT_SECONDS) {
            throw BeingEdited::order($orderId);
        }

        return null;
    }

    /** As the shop writes it: `17x` would be order 17 to a cast. */
    public static function isId(string $orderId): bool
    {
        return (string) (int) $orderId === $orderId;
    }
}
