<?php

declare(strict_types=1);

namespace Orderbridge\Shop;

use DateTimeImmutable;

/** What a list shows of an order. */
final class OrderSummary
{
    /**
     * @param string $number the one people see
     * @param string $status id of the shop's status
     * @param string $total what the buyer pays, a decimal string
     * @param string $currency ISO 4217
     * @param string $buyer his name as the shop shows it
     * @param string $url where the order opens in the shop's admin; '' when it does not
     */
    public function __construct(
        public readonly string $id,
        public readonly string $number,
        public readonly DateTimeImmutable $placedAt,
        public readonly string $status,
        public readonly string $total,
        public readonly string $currency,
        public readonly string $buyer,
        public readonly string $url,
    ) {
    }
}
