<?php

declare(strict_types=1);

namespace Orderbridge\Inbox;

use SensitiveParameter;

use function abs;
use function array_change_key_case;
use function array_slice;
use function base64_decode;
use function base64_encode;
use function explode;
use function hash_equals;
use function hash_hmac;
use function preg_match;
use function str_starts_with;
use function strlen;
use function substr;

/**
 * The signature of Standard Webhooks, as the companion module in the box makes it: `v1,` and the HMAC-SHA256 of
 * `id.timestamp.body`. Whatever is in the headers, the answer is yes or no.
 */
final class Signature
{
    /** Seconds by which the sender's clock and ours may differ, either way. */
    public const TOLERANCE = 300;
    private const SECRET = 'whsec_';
    private const LONGEST = 1024;
    /** Two while a secret is changed; more is noise. */
    private const MOST = 8;

    private function __construct(
        private readonly string $id,
        private readonly string $timestamp,
        private readonly string $signatures,
    ) {
    }

    /**
     * @param array<string, string> $headers
     * @return self|null null: a call of another kind, nothing in it claims to be signed
     */
    public static function of(array $headers): ?self
    {
        $headers = array_change_key_case($headers);
        $given = [];
        foreach (['webhook-id', 'webhook-timestamp', 'webhook-signature'] as $name) {
            $given[] = (string) ($headers[$name] ?? '');
        }

        return $given === ['', '', ''] ? null : new self(...$given);
    }

    /**
     * Not before this the age counts: what is not signed says nothing about a clock.
     *
     * @param list<string> $secrets those that are valid
     */
    public function fits(string $body, #[SensitiveParameter] array $secrets): bool
    {
        // No dot: it would move the border between the id and the time.
        $sound = preg_match('/^[\w\-]{1,100}$/D', $this->id) === 1
            && preg_match('/^\d{1,12}$/D', $this->timestamp) === 1
            && strlen($this->signatures) <= self::LONGEST;
        if (!$sound) {
            return false;
        }
        $given = array_slice(explode(' ', $this->signatures), 0, self::MOST);
        $fits = false;
        foreach ($secrets as $secret) {
            $mac = hash_hmac('sha256', "$this->id.$this->timestamp.$body", self::key($secret), true);
            $right = 'v1,' . base64_encode($mac);
            foreach ($given as $one) {
                // No early end: how long it takes says nothing about which one fits.
                $fits = hash_equals($right, $one) || $fits;
            }
        }

        return $fits;
    }

    public function isFresh(int $now): bool
    {
        return abs($now - (int) $this->timestamp) <= self::TOLERANCE;
    }

    private static function key(#[SensitiveParameter] string $secret): string
    {
        $bare = str_starts_with($secret, self::SECRET) ? substr($secret, strlen(self::SECRET)) : $secret;

        return (string) base64_decode($bare, true);
    }
}
