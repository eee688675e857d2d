<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Orderbridge\Inbox\Endpoint;
use Throwable;

use function add_action;
use function file_get_contents;
use function header;
use function sanitize_key;
use function status_header;
use function str_replace;
use function str_starts_with;
use function strtolower;
use function strtoupper;
use function substr;
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
            // The bridge refuses what is longer; one byte more than allowed is enough to know.
            $body = (string) file_get_contents('php://input', false, null, 0, Endpoint::LARGEST_BODY + 1);
            $answer = Boot::bridge()->endpoint()->handle(self::method(), self::query(), self::headers(), $body);
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
            $answer = Boot::bridge()->monitor()->handle(self::method(), self::query());
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

    private static function method(): string
    {
        return strtoupper(sanitize_key(wp_unslash((string) ($_SERVER['REQUEST_METHOD'] ?? 'GET'))));
    }

    /** @return array<string, string> as they came: a signature is over every byte */
    private static function headers(): array
    {
        $given = (array) wp_unslash($_SERVER); // phpcs:ignore WordPress.Security -- for machines, with its own secret
        $headers = [];
        foreach ($given as $name => $value) {
            if (str_starts_with((string) $name, 'HTTP_')) {
                $headers[strtolower(str_replace('_', '-', substr((string) $name, 5)))] = (string) $value;
            }
        }
        foreach (['CONTENT_TYPE' => 'content-type', 'CONTENT_LENGTH' => 'content-length'] as $name => $header) {
            if (isset($given[$name])) {
                $headers[$header] = (string) $given[$name];
            }
        }

        return $headers;
    }
}
