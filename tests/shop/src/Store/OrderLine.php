<?php

declare(strict_types=1);

namespace Piala\Store;

/** A line keeps what was bought as it was then: a product may change or go, the order stays. */
final class OrderLine
{
    /** @param list<array{name: string, value: string}> $options */
    public function __construct(
        public readonly int $productId,
        public readonly string $sku,
        public readonly string $name,
        public readonly array $options,
        public readonly int $quantity,
        public readonly int $price,
        public readonly ?string $vatRate,
    ) {
    }

    public static function of(Choice $choice, int $quantity): self
    {
        return new self(
            $choice->productId,
            $choice->sku,
            $choice->name,
            $choice->options,
            $quantity,
            $choice->price,
            $choice->vatRate,
        );
    }

    public function total(): int
    {
        return $this->price * $this->quantity;
    }

    public function withQuantity(int $quantity): self
    {
        return new self(
            $this->productId,
            $this->sku,
            $this->name,
            $this->options,
            $quantity,
            $this->price,
            $this->vatRate,
        );
    }

    /** @param list<self> $lines */
    public static function sum(array $lines): int
    {
        return array_sum(array_map(static fn (self $line): int => $line->total(), $lines));
    }
}
