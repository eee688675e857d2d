<?php

declare(strict_types=1);

namespace Orderbridge\Link;

/** An order whose deals are not as they should be. */
final class Difference
{
    /** @param list<string> $deals */
    public function __construct(
        public readonly string $orderId,
        public readonly string $kind,
        public readonly array $deals,
        public readonly string $detail,
    ) {
    }
}
