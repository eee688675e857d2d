<?php

declare(strict_types=1);

namespace Piala\Store;

use Piala\Delivery;
use Piala\Payment;
use Piala\Status;

/** An order that was placed. */
final class Order
{
    /**
     * @param list<OrderLine> $lines
     * @param array<string, string> $utm
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
        return preg_match('/^\d{4,9}$/', $number) === 1 && (int) $number > self::NUMBER_BASE ? (int) $number - self::NUMBER_BASE : null;
    }

    public function goods(): int
    {
        return OrderLine::sum($this->lines);
    }

    private const NUMBER_BASE = 1000;
}
