<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Closure;
use DateTimeImmutable;
use Orderbridge\Shop\Currencies;
use Orderbridge\Shop\Database;
use Orderbridge\Shop\OrderList;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Shop\Shop;
use RuntimeException;
use Throwable;

use function array_column;
use function array_flip;
use function array_map;
use function array_values;
use function clean_post_cache;
use function current_datetime;
use function get_terms;
use function get_woocommerce_currency;
use function htmlspecialchars;
use function in_array;
use function is_array;
use function is_object;
use function preg_match;
use function str_starts_with;
use function substr;
use function trim;
use function wc_get_order;
use function wc_get_order_statuses;
use function wc_order_search;
use function wp_cache_delete;
use function wp_cache_flush_runtime;
use function wp_cache_supports;

/** WooCommerce (9 to 11) as the bridge sees a shop. */
final class WooShop implements Shop, Currencies, OrderList
{
    /** Our own status changes come back as saves: the order that we are at, of which the hooks look away. */
    private static int $writing = 0;

    public function __construct(
        private readonly Database $database,
        private readonly OrderRows $list,
        private readonly OrderReader $reader,
        private readonly string $endpointUrl,
    ) {
    }

    public static function isWriting(int $orderId): bool
    {
        return self::$writing === $orderId;
    }

    public function order(string $orderId): ?array
    {
        $order = $this->find($orderId);

        return $order === null ? null : $this->reader->read($order);
    }

    public function orderStatus(string $orderId): ?string
    {
        return $this->find($orderId)?->get_status();
    }

    public function ordersAfter(string $cursor, int $limit): array
    {
        return $this->list->after($cursor, $limit);
    }

    public function ordersIn(OrderRange $range, string $cursor, int $limit): array
    {
        return $this->list->in($range, $cursor, $limit);
    }

    public function countIn(OrderRange $range): int
    {
        return $this->list->countIn($range);
    }

    public function recentOrders(string $before, int $limit, string $search = ''): array
    {
        $search = trim($search);
        // The shop's own search: name, phone, e-mail, number, and what plugins add to it.
        $among = $search === '' ? null : array_values(array_map(intval(...), wc_order_search($search)));

        return array_values($this->summaries($this->list->before($before, $limit, $among)));
    }

    public function summaries(array $orderIds): array
    {
        $summaries = [];
        foreach ($orderIds as $id) {
            $order = $this->find((string) $id, false);
            if ($order !== null) {
                $summaries[(string) $id] = $this->reader->summary($order);
            }
        }

        return $summaries;
    }

    /**
     * The letters that belong to a status go out by the shop's own rules, unless the buyer is not to be told. What
     * the manager wrote reaches him as a note to the customer, which WooCommerce mails; else it stays in the order.
     */
    public function setStatus(string $orderId, string $status, string $comment, bool $notify): void
    {
        $order = $this->existing($orderId);
        $before = (string) $order->get_status();
        if ($before === $status) {
            return;
        }
        if (!in_array($status, array_column($this->statuses(), 'id'), true)) {
            // WooCommerce would put "pending" in its place.
            // phpcs:ignore WordPress.Security.EscapeOutput -- no page shows it
            throw new RuntimeException("the shop has no status $status");
        }
        $note = self::escaped($comment);
        $fault = null;
        self::writing($order, static function () use ($order, $before, $status, $note, $notify, &$fault): void {
            $change = static fn (): bool => $order->update_status($status, $notify ? '' : $note);
            try {
                $notify ? $change() : BuyersMail::without($before, $status, $change);
                if ($notify && $note !== '') {
                    $order->add_order_note($note, 1);
                }
            } catch (Throwable $thrown) {
                $fault = $thrown;
            }
        });
        $now = $this->orderStatus($orderId);
        if ($now !== $status) {
            throw $fault ?? new RuntimeException("the shop has status $now in place of $status");
        }
        if ($fault !== null) {
            // Another plugin failed after the status was set: that is not for us to repeat.
            WooLog::fault("order $orderId has its status, what follows failed", $fault);
        }
    }

    public function addNote(string $orderId, string $text): void
    {
        $order = $this->existing($orderId);
        self::writing($order, static fn () => $order->add_order_note(self::escaped($text)));
    }

    public function statuses(): array
    {
        $statuses = [];
        foreach (wc_get_order_statuses() as $id => $name) {
            $id = str_starts_with($id, 'wc-') ? substr($id, 3) : $id;
            if (!in_array($id, Placed::NOT, true)) {
                $statuses[] = ['id' => $id, 'name' => Plain::name($name)];
            }
        }

        return $statuses;
    }

    public function currencies(): array
    {
        return [get_woocommerce_currency()];
    }

    public function categories(): array
    {
        $terms = get_terms([
            'taxonomy' => 'product_cat',
            'hide_empty' => false,
            'orderby' => 'term_id',
            'update_term_meta_cache' => false,
        ]);
        $terms = is_array($terms) ? $terms : [];
        $known = array_flip(array_column($terms, 'term_id'));

        return array_values(array_map(static fn (object $term): array => [
            'id' => (string) $term->term_id,
            'parent_id' => isset($known[$term->parent]) ? (string) $term->parent : null,
            'name' => Plain::name($term->name),
        ], $terms));
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
        return current_datetime();
    }

    /**
     * @param bool $fresh not as this process has seen it before: a worker lives longer than an order stays the same
     * @return object|null a placed order, WooCommerce's WC_Order
     */
    private function find(string $orderId, bool $fresh = true): ?object
    {
        if (preg_match('/^[1-9]\d{0,17}$/D', $orderId) !== 1) {
            return null;
        }
        if ($fresh) {
            self::forget((int) $orderId);
        }
        $order = wc_get_order((int) $orderId);

        return is_object($order) && Placed::is($order) ? $order : null;
    }

    private static function forget(int $orderId): void
    {
        if (wp_cache_supports('flush_runtime')) {
            wp_cache_flush_runtime();
        } else {
            clean_post_cache($orderId);
            wp_cache_delete("order-items-$orderId", 'orders');
        }
    }

    private function existing(string $orderId): object
    {
        // phpcs:ignore WordPress.Security.EscapeOutput -- no page shows it
        return $this->find($orderId) ?? throw new RuntimeException("order $orderId is not in the shop any more");
    }

    /** The shop prints notes as HTML: what comes from the CRM is text, never markup. */
    private static function escaped(string $text): string
    {
        return htmlspecialchars(trim($text), ENT_NOQUOTES, 'UTF-8');
    }

    /** @param Closure(): mixed $work */
    private static function writing(object $order, Closure $work): void
    {
        self::$writing = (int) $order->get_id();
        try {
            $work();
        } finally {
            self::$writing = 0;
        }
    }
}
