<?php

declare(strict_types=1);

namespace Orderbridge\Outbox;

use function is_array;
use function is_string;
use function mb_substr;

/** Why something waits or has stopped, and what a person can do about it. */
final class Reason
{
    private function __construct(
        public readonly string $code,
        public readonly string $message,
        public readonly string $hint,
    ) {
    }

    public static function of(string $code, string $message, string $hint = ''): self
    {
        return new self(mb_substr($code, 0, 64), mb_substr($message, 0, 1000), mb_substr($hint, 0, 1000));
    }

    /** From the core's `{"code","message","hint"}`. */
    public static function fromCore(mixed $reason): self
    {
        $reason = is_array($reason) ? $reason : (array) $reason;
        $text = static fn (string $key): string => is_string($reason[$key] ?? null) ? $reason[$key] : '';

        return self::of($text('code'), $text('message'), $text('hint'));
    }
}
