<?php

declare(strict_types=1);

namespace Shops;

/** A product that cannot be bought without choosing, and what is chosen. */
final class Choice
{
    /** @param array<string, string> $fields what the product's form sends for it */
    public function __construct(
        public readonly string $product,
        public readonly array $fields,
        public readonly string $name,
        /** As the buyer reads it. */
        public readonly string $value,
    ) {
    }
}
