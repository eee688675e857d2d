<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart3;

use Orderbridge\Shops\OpenCart\Boot;
use RuntimeException;
use SensitiveParameter;

use function abs;
use function curl_exec;
use function curl_getinfo;
use function curl_init;
use function curl_setopt_array;
use function hash_equals;
use function hash_hmac;
use function is_array;
use function is_string;
use function json_decode;
use function json_encode;
use function strlen;
use function time;

use const CURLINFO_RESPONSE_CODE;
use const CURLOPT_CONNECTTIMEOUT;
use const CURLOPT_HTTPHEADER;
use const CURLOPT_POSTFIELDS;
use const CURLOPT_RETURNTRANSFER;
use const CURLOPT_TIMEOUT;

/**
 * From the admin to the catalog of the same shop.
 *
 * In OpenCart 3 only the catalog can change an order, its mails and stock included, and an admin's request cannot hold
 * one: the shop's own admin asks its API by HTTP, too. Workers run in the catalog anyway; this is for what an owner
 * sends by hand on the settings page. Where the shop cannot reach itself, the next worker does it.
 */
final class FrontDoor
{
    private const SECONDS = 20;
    /** How old a signed word may be. */
    private const FRESH = 60;

    /** @param object $config OpenCart's */
    public function __construct(private readonly object $config)
    {
    }

    /** @param array<string, mixed> $order */
    public function writeHistory(array $order, int $status, string $comment, bool $notify): void
    {
        $body = (string) json_encode([
            'at' => time(),
            'order_id' => (int) $order['order_id'],
            'status' => $status,
            'comment' => $comment,
            'notify' => $notify,
        ]);
        $request = curl_init(Boot::door('history'));
        curl_setopt_array($request, [
            CURLOPT_POSTFIELDS => $body,
            CURLOPT_HTTPHEADER => [
                'Content-Type: application/json',
                'X-Orderbridge-Signature: ' . self::sign($body, $this->key()),
            ],
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_CONNECTTIMEOUT => 5,
            CURLOPT_TIMEOUT => self::SECONDS,
        ]);
        $answer = json_decode((string) curl_exec($request), true);
        $code = (int) curl_getinfo($request, CURLINFO_RESPONSE_CODE);
        if (($answer['ok'] ?? false) !== true) {
            throw new RuntimeException($answer['error'] ?? "the shop does not reach itself by its own address ($code)");
        }
    }

    /** @return array{order_id: int, status: int, comment: string, notify: bool}|null null: not from our admin */
    public function read(string $body, #[SensitiveParameter] string $signature): ?array
    {
        if (strlen($this->key()) < 16 || !hash_equals(self::sign($body, $this->key()), $signature)) {
            return null;
        }
        $asked = json_decode($body, true);
        if (!is_array($asked) || abs(time() - (int) ($asked['at'] ?? 0)) > self::FRESH) {
            return null;
        }

        return [
            'order_id' => (int) $asked['order_id'],
            'status' => (int) $asked['status'],
            'comment' => (string) $asked['comment'],
            'notify' => (bool) $asked['notify'],
        ];
    }

    private static function sign(string $body, #[SensitiveParameter] string $key): string
    {
        return hash_hmac('sha256', "history\n$body", $key);
    }

    private function key(): string
    {
        $key = $this->config->get('module_orderbridge_tick_key');

        return is_string($key) ? $key : '';
    }
}
