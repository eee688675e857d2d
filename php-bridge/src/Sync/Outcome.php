<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Outbox\Reason;

/** How a task ended this time. */
final class Outcome
{
    public const DONE = 'done';
    public const WAIT = 'wait';
    public const DEAD = 'dead';
    /** Nobody's fault: the time was up, or the portal is being left alone. */
    public const UNFINISHED = 'unfinished';

    /**
     * @param array<string, mixed> $step the last step of a task that is done
     */
    private function __construct(
        public readonly string $kind,
        public readonly Reason $reason,
        public readonly int $seconds = 0,
        public readonly bool $counts = false,
        public readonly int $hold = 0,
        public readonly bool $stop = false,
        public readonly array $step = [],
    ) {
    }

    /** @param array<string, mixed> $step */
    public static function done(array $step): self
    {
        return new self(self::DONE, Reason::of('', ''), step: $step);
    }

    /** @param array<string, mixed> $step */
    public static function fromWait(array $step): self
    {
        $seconds = (int) ($step['seconds'] ?? 60);

        return new self(
            self::WAIT,
            Reason::fromCore($step['reason'] ?? []),
            $seconds,
            (bool) ($step['counts'] ?? true),
            (int) ($step['hold'] ?? 0),
            (bool) ($step['stop'] ?? false),
        );
    }

    public static function later(int $seconds, Reason $reason): self
    {
        return new self(self::WAIT, $reason, $seconds, true);
    }

    /** Nobody has failed; the same again in a moment. */
    public static function notYet(int $seconds, Reason $reason): self
    {
        return new self(self::WAIT, $reason, $seconds);
    }

    public static function dead(Reason $reason): self
    {
        return new self(self::DEAD, $reason);
    }

    public static function unfinished(): self
    {
        return new self(self::UNFINISHED, Reason::of('', ''));
    }

    public function is(string $kind): bool
    {
        return $this->kind === $kind;
    }
}
