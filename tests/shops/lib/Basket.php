<?php

declare(strict_types=1);

namespace Shops;

/** What somebody puts into his basket: so many pieces, perhaps of what has to be chosen, perhaps with a coupon. */
final class Basket
{
    public function __construct(
        public readonly int $quantity = 1,
        public readonly string $coupon = '',
        /** Null: the product that needs none. */
        public readonly ?Choice $choice = null,
    ) {
    }
}
