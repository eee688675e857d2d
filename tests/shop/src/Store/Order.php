<?php

declare(strict_types=1);

namespace Piala\Store;

use Piala\Status;

/** An order that was placed. */
final class Order
{
    private const NUMBER_BASE = 1000;

    /**
     * @param list<OrderLine> $lines
     * @param array<string, string> $utm
     * @param array<int, int> $taxes VAT on top of net prices: kopecks by rate
     */
    public function __construct(
        public readonly int $id,
        /** Lets the buyer open the order's page without an account. */
        public readonly string $accessKey,
        /** Grows with every change in the whole shop; see Orders::touch(). */
        public readonly int $revision,
        public readonly string $createdAt,
        public readonly Status $status,
        public readonly OrderDetails $details,
        public readonly array $lines,
        public readonly ?string $coupon,
        public readonly int $discount,
        public readonly int $deliveryPrice,
        public readonly int $total,
        public readonly array $utm,
        /** Whether the prices are without VAT. */
        public readonly bool $net,
        public readonly array $taxes,
    ) {
    }

    /** The number that people see; not the id, as in most shops. */
    public function number(): string
    {
        return self::numberOf($this->id);
    }

    public static function numberOf(int $id): string
    {
        return (string) (self::NUMBER_BASE + $id);
    }

    public static function idOfNumber(string $number): ?int
    {
        $id = preg_match('/^\d{4,9}$/D', $number) === 1 ? (int) $number - self::NUMBER_BASE : 0;

        return $id > 0 ? $id : null;
    }

    public function goods(): int
    {
        return OrderLine::sum($this->lines);
    }
}
