<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use function json_encode;

use const JSON_INVALID_UTF8_SUBSTITUTE;
use const JSON_THROW_ON_ERROR;
use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;

/** What the CMS sends back to the settings app. */
final class Answer
{
    private function __construct(
        public readonly int $status,
        public readonly string $body,
    ) {
    }

    /** @param array<string, mixed>|object $data */
    public static function ok(array|object $data): self
    {
        return new self(200, self::json(['ok' => true, 'data' => (object) $data]));
    }

    public static function refused(Refusal $refusal): self
    {
        return new self($refusal->status, self::json(['ok' => false, 'error' => array_filter([
            'code' => $refusal->reason->code,
            'message' => $refusal->reason->message,
            'hint' => $refusal->reason->hint,
            'data' => $refusal->data,
        ], static fn (mixed $part): bool => $part !== null)]));
    }

    /** @return array<string, string> */
    public function headers(): array
    {
        return [
            'Content-Type' => 'application/json; charset=utf-8',
            'Cache-Control' => 'no-store',
            'X-Content-Type-Options' => 'nosniff',
        ];
    }

    /** @param array<string, mixed> $answer */
    private static function json(array $answer): string
    {
        return json_encode(
            $answer,
            JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE,
        );
    }
}
