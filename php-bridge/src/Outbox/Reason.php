<?php

declare(strict_types=1);

namespace Orderbridge\Outbox;

use Orderbridge\Core\Rejected;
use Orderbridge\Log\Words;

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

    /** Why the core did not take a request; it may quote what was in it. */
    public static function fromRefusal(Rejected $refusal): self
    {
        return self::of($refusal->code, Words::masked($refusal->getMessage()), Words::masked($refusal->hint));
    }

    /** From the core's `{"code","message","hint"}`. It may quote the portal, and the portal what it was sent. */
    public static function fromCore(mixed $reason): self
    {
        $reason = is_array($reason) ? $reason : (array) $reason;
        $text = static fn (string $key): string => is_string($reason[$key] ?? null) ? $reason[$key] : '';

        return self::of($text('code'), Words::masked($text('message')), Words::masked($text('hint')));
    }
}
