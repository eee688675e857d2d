<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Orderbridge\Log\Log;
use Orderbridge\Log\Words;
use Throwable;

use function did_action;
use function error_log; // phpcs:ignore WordPress.PHP.DevelopmentFunctions -- where nothing else is there yet
use function function_exists;
use function wc_get_logger;

/** WooCommerce's log (Status, Logs, source orderbridge); before it is there, PHP's. */
final class WooLog implements Log
{
    public function log(string $level, string $message): void
    {
        if (function_exists('wc_get_logger') && did_action('woocommerce_init') > 0) {
            wc_get_logger()->log($level, $message, ['source' => 'orderbridge']);
        } else {
            // phpcs:ignore WordPress.PHP.DevelopmentFunctions -- the fault of a shop that works, not a trace
            error_log("Orderbridge $level: $message");
        }
    }

    /** For what must not disturb anybody. */
    public static function fault(string $what, Throwable $fault): void
    {
        try {
            (new self())->log('error', "$what: " . Words::of($fault));
        } catch (Throwable) {
            // There is nobody left to tell.
        }
    }
}
