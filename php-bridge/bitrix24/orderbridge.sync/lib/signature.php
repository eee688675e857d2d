<?php

namespace Orderbridge\Companion;

/** The signature of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, one for each secret that is valid. */
final class Signature
{
    private const PREFIX = 'whsec_';
    private const SHORTEST = 24;
    private const LONGEST = 64;

    /**
     * @param array<int, string> $secrets the present one first
     * @return array<string, string> the headers to send along
     */
    public static function headers(array $secrets, string $id, int $at, string $body): array
    {
        $signatures = [];
        foreach ($secrets as $secret) {
            $mac = hash_hmac('sha256', "$id.$at.$body", self::key($secret), true);
            $signatures[] = 'v1,' . base64_encode($mac);
        }

        return [
            'webhook-id' => $id,
            'webhook-timestamp' => (string) $at,
            'webhook-signature' => implode(' ', $signatures),
        ];
    }

    public static function isSecret(string $text): bool
    {
        $length = strlen(self::key($text));

        return $length >= self::SHORTEST && $length <= self::LONGEST;
    }

    /** @return string '' when it is no secret */
    private static function key(string $secret): string
    {
        if (strpos($secret, self::PREFIX) !== 0) {
            return '';
        }

        return (string) base64_decode(substr($secret, strlen(self::PREFIX)), true);
    }
}
