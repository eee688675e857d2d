<?php

declare(strict_types=1);

namespace Shops;

/** An order that somebody placed. */
final class Bought
{
    public function __construct(
        public readonly string $id,
        public readonly Person $person,
        /** How long the shop took over the last step of the checkout. */
        public readonly float $seconds = 0.0,
    ) {
    }
}
