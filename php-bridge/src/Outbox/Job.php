<?php

declare(strict_types=1);

namespace Orderbridge\Outbox;

use function array_filter;
use function array_keys;
use function max;

/** An order to look at, as it was when it was claimed. */
final class Job
{
    /** The order has been saved in the shop: bring it to its deal. */
    public const PUSH = 1;
    /** The deal may have moved: bring its stage to the order. */
    public const PULL = 2;

    public const LANE_LIVE = 0;
    public const LANE_RETRY = 1;
    public const LANE_BACKFILL = 2;

    private function __construct(
        public readonly int $id,
        public readonly string $orderId,
        public readonly int $wants,
        public readonly int $version,
        public readonly int $lane,
        public readonly int $attempts,
        public readonly string $leaseBy,
        public readonly int $leaseUntil,
        public readonly string $code,
        public readonly int $since,
    ) {
    }

    /** @param array<string, string|int|float|null> $row */
    public static function fromRow(array $row): self
    {
        return new self(
            (int) $row['id'],
            (string) $row['order_id'],
            (int) $row['wants'],
            (int) $row['version'],
            (int) $row['lane'],
            (int) $row['attempts'],
            (string) $row['lease_by'],
            (int) $row['lease_until'],
            (string) $row['code'],
            (int) ($row['created_at'] ?? 0),
        );
    }

    public function wants(int $what): bool
    {
        return ($this->wants & $what) !== 0;
    }

    /** Which attempt this claim is, from 1. */
    public function attempt(): int
    {
        return max(0, $this->attempts) + 1;
    }

    /** Stays the same for this job; the core spreads retries by it. Fits 31 bits. */
    public function turn(): int
    {
        return $this->id & 0x7fffffff;
    }

    /** The word the contract uses, `push` or `pull`, as bits. */
    public static function bits(string $word): int
    {
        return $word === 'pull' ? self::PULL : self::PUSH;
    }

    /** @return list<string> the bits, as the contract's words */
    public static function words(int $wants): array
    {
        return array_keys(array_filter(
            ['push' => self::PUSH, 'pull' => self::PULL],
            static fn (int $bit): bool => ($wants & $bit) !== 0,
        ));
    }
}
