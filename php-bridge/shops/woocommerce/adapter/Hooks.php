<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Closure;
use Throwable;

use function add_action;
use function array_keys;
use function count;
use function get_post_type;
use function hrtime;
use function is_object;
use function wc_get_order;

/**
 * Hears of every order that is placed or changed, whoever does it, and has its id enqueued.
 *
 * `woocommerce_new_order` and `woocommerce_update_order` fire before the items are written, the former with none of
 * them; `woocommerce_after_order_object_save` fires for the same saves, items included, with either storage. One
 * checkout saves an order many times: the first save is enqueued at once, further ones of the next second together at
 * the end of the request, so an order costs the buyer two INSERTs, and neither is lost when the process dies between.
 */
final class Hooks
{
    private const SOON = 1_000_000_000;
    /** A long import must not remember all that it has saved. */
    private const REMEMBERED = 200;

    /** @var array<int, int> when an order was enqueued, in nanoseconds */
    private array $enqueued = [];
    /** @var array<int, true> orders saved again since */
    private array $again = [];
    /** @var array<int, true> placed orders that are about to be deleted */
    private array $leaving = [];

    /** @param Closure(string): void $enqueue */
    public function __construct(private readonly Closure $enqueue)
    {
    }

    public function attach(): void
    {
        // Of the two checkouts' hooks only one fires; both come after all that a checkout saves.
        foreach (
            [
                'woocommerce_after_order_object_save' => 0,
                'woocommerce_order_status_changed' => 3,
                'woocommerce_checkout_order_processed' => 2,
                'woocommerce_store_api_checkout_order_processed' => 0,
            ] as $hook => $at
        ) {
            add_action($hook, fn (mixed ...$said) => $this->saved($said[$at] ?? null), 10, $at + 1);
        }
        foreach (
            [
                'woocommerce_order_refunded' => 0,
                'woocommerce_refund_deleted' => 1,
                'woocommerce_untrash_order' => 0,
                'untrashed_post' => 0,
            ] as $hook => $at
        ) {
            add_action($hook, fn (mixed ...$said) => $this->savedById($said[$at] ?? null), 10, $at + 1);
        }
        add_action('woocommerce_rest_delete_shop_order_refund_object', $this->refundDeleted(...), 10, 1);
        // With posts as storage the admin's list trashes and deletes past WooCommerce.
        foreach (['woocommerce_before_trash_order', 'woocommerce_before_delete_order'] as $hook) {
            add_action($hook, $this->leaves(...), 10, 1);
        }
        foreach (['wp_trash_post', 'before_delete_post'] as $hook) {
            add_action($hook, $this->postLeaves(...), 10, 1);
        }
        foreach (['woocommerce_trash_order', 'woocommerce_delete_order', 'trashed_post', 'deleted_post'] as $hook) {
            add_action($hook, $this->left(...), 10, 1);
        }
        add_action('shutdown', $this->ended(...), PHP_INT_MAX - 1);
    }

    public function saved(mixed $order): void
    {
        $this->carefully(function () use ($order): void {
            // Our own status changes come back as saves: they are no news.
            if (is_object($order) && !WooShop::isWriting((int) $order->get_id()) && Placed::is($order)) {
                $this->enqueue((int) $order->get_id());
            }
        });
    }

    public function savedById(mixed $orderId): void
    {
        $this->carefully(fn () => $this->saved(wc_get_order((int) $orderId)));
    }

    public function refundDeleted(mixed $refund): void
    {
        $this->carefully(fn () => is_object($refund) && $this->savedById($refund->get_parent_id()));
    }

    /** WooCommerce throws old drafts away every day: only of orders there is something to say. */
    public function leaves(mixed $orderId): void
    {
        $this->carefully(function () use ($orderId): void {
            $order = wc_get_order((int) $orderId);
            if (is_object($order) && ($order->get_status() === 'trash' || Placed::is($order))) {
                $this->leaving[(int) $orderId] = true;
            }
        });
    }

    public function postLeaves(mixed $postId): void
    {
        if (get_post_type((int) $postId) === 'shop_order') {
            $this->leaves($postId);
        }
    }

    public function left(mixed $orderId): void
    {
        if (isset($this->leaving[(int) $orderId])) {
            unset($this->leaving[(int) $orderId]);
            $this->carefully(fn () => $this->enqueue((int) $orderId));
        }
    }

    public function ended(): void
    {
        $this->carefully(function (): void {
            foreach (array_keys($this->again) as $orderId) {
                ($this->enqueue)((string) $orderId);
            }
            $this->again = [];
        });
    }

    private function enqueue(int $orderId): void
    {
        $now = hrtime(true);
        if (isset($this->enqueued[$orderId]) && $now - $this->enqueued[$orderId] < self::SOON) {
            $this->again[$orderId] = true;

            return;
        }
        if (count($this->enqueued) >= self::REMEMBERED) {
            $this->ended();
            $this->enqueued = [];
        }
        unset($this->again[$orderId]);
        $this->enqueued[$orderId] = $now;
        ($this->enqueue)((string) $orderId);
    }

    /** Nothing above us catches, and the buyer stands at the checkout. */
    private function carefully(Closure $work): void
    {
        try {
            $work();
        } catch (Throwable $fault) {
            WooLog::fault('an order could not be enqueued, the sweep will find it', $fault);
        }
    }
}
