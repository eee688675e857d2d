<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Orderbridge\Inbox\Endpoint;
use Orderbridge\Inbox\Request;
use Throwable;

use function add_action;
use function header;
use function status_header;
use function wp_unslash;

/**
 * The public doors: where Bitrix24 posts, and where a monitor of uptimes looks in. At WooCommerce's own address for
 * payment systems (`?wc-api=…`), which hands over the request as it came and has said "200 OK" in words already: only
 * WordPress's own function takes that back.
 */
final class Doors
{
    public const INBOUND = 'orderbridge';
    public const MONITOR = 'orderbridge_health';

    public static function attach(): void
    {
        add_action('woocommerce_api_' . self::INBOUND, self::inbound(...));
        add_action('woocommerce_api_' . self::MONITOR, self::monitor(...));
    }

    /** Outgoing webhooks and robots of the portal: one INSERT, 200, an empty body. */
    private static function inbound(): never
    {
        try {
            $answer = Boot::bridge()->endpoint()->handle(
                Request::method(),
                self::query(),
                self::headers(),
                Request::body(Endpoint::LARGEST_BODY),
            );
            status_header($answer->status);
            Boot::kickAfterResponse();
        } catch (Throwable $fault) {
            status_header(503);
            WooLog::fault('a call from the portal', $fault);
        }
        exit;
    }

    /** 200 while the exchange works, 503 when it needs somebody. */
    private static function monitor(): never
    {
        try {
            $answer = Boot::bridge()->monitor()->handle(Request::method(), self::query());
            foreach ($answer->headers as $name => $value) {
                header("$name: $value");
            }
            status_header($answer->status);
            echo $answer->body; // phpcs:ignore WordPress.Security.EscapeOutput -- JSON
        } catch (Throwable $fault) {
            status_header(503);
            WooLog::fault('the monitor\'s door', $fault);
        }
        exit;
    }

    /** @return array<mixed> without the backslashes that WordPress adds; the secret in it is judged by the bridge */
    private static function query(): array
    {
        return (array) wp_unslash($_GET); // phpcs:ignore WordPress.Security -- for machines, with its own secret
    }

    /** @return array<string, string> as they came, for a signature is over every byte: WordPress puts slashes there, too */
    private static function headers(): array
    {
        return Request::headers((array) wp_unslash($_SERVER)); // phpcs:ignore WordPress.Security -- as above
    }
}
