<?php

declare(strict_types=1);

namespace Orderbridge\Shop;

/** An order in a list: what people know it by. */
final class OrderSummary
{
    /**
     * @param string $placedAt RFC 3339
     * @param string $status the shop's id of it
     * @param string $total a decimal string
     * @param string $buyer a name
     * @param string $url where it opens in the shop's admin
     */
    public function __construct(
        public readonly string $id,
        public readonly string $number,
        public readonly string $placedAt,
        public readonly string $status,
        public readonly string $total,
        public readonly string $currency,
        public readonly string $buyer,
        public readonly string $url,
    ) {
    }
}
