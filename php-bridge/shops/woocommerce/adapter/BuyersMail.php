<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Closure;

use function add_action;
use function add_filter;
use function has_action;
use function remove_action;
use function remove_filter;
use function WC;

/** The shop's letters to the buyer, held back while a status changes; those to the shop's people go out as ever. */
final class BuyersMail
{
    private const LATER = ['WC_Emails', 'queue_transactional_email'];
    private const NOW = ['WC_Emails', 'send_transactional_email'];

    /** @param Closure(): mixed $work moves an order from one status to the other */
    public static function without(string $from, string $to, Closure $work): void
    {
        $refuse = static fn (): bool => false;
        $filters = [];
        foreach (WC()->mailer()->get_emails() as $email) {
            if ($email->is_customer_email()) {
                $filters[] = 'woocommerce_email_enabled_' . $email->id;
            }
        }
        // A shop may send its letters later, in a process that would know nothing of this: ours go at once.
        $hooks = [];
        foreach (["woocommerce_order_status_$to", "woocommerce_order_status_{$from}_to_$to"] as $hook) {
            if (has_action($hook, self::LATER) !== false) {
                $hooks[] = $hook;
            }
        }
        self::turn($filters, $refuse, $hooks, true);
        try {
            $work();
        } finally {
            self::turn($filters, $refuse, $hooks, false);
        }
    }

    /**
     * @param list<string> $filters
     * @param list<string> $hooks
     */
    private static function turn(array $filters, Closure $refuse, array $hooks, bool $on): void
    {
        foreach ($filters as $filter) {
            $on ? add_filter($filter, $refuse, PHP_INT_MAX) : remove_filter($filter, $refuse, PHP_INT_MAX);
        }
        foreach ($hooks as $hook) {
            remove_action($hook, $on ? self::LATER : self::NOW, 10);
            add_action($hook, $on ? self::NOW : self::LATER, 10, 10);
        }
    }
}
