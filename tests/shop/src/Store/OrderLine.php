<?php

declare(strict_types=1);

namespace Piala\Store;

use Piala\Delivery;

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

    /**
     * VAT that is added to net prices, rounded once a rate as the invoice shows it.
     *
     * @param list<self> $lines
     * @param int $discount on all of them, in proportion
     * @return array<int, int> kopecks by rate
     */
    public static function taxes(array $lines, int $discount, int $deliveryPrice): array
    {
        $goods = self::sum($lines);
        $net = [Delivery::VAT_RATE => $deliveryPrice * $goods];
        foreach ($lines as $line) {
            // In proportion to the goods: no share of the discount is rounded by itself.
            $rate = (int) $line->vatRate;
            $net[$rate] = ($net[$rate] ?? 0) + $line->total() * ($goods - $discount);
        }
        krsort($net);
        $taxes = [];
        foreach ($net as $rate => $sum) {
            $taxes[$rate] = $goods === 0 ? 0 : intdiv(2 * $sum * $rate + 100 * $goods, 200 * $goods);
        }

        return array_filter($taxes);
    }

    /** @param list<self> $lines */
    public static function sum(array $lines): int
    {
        return array_sum(array_map(static fn (self $line): int => $line->total(), $lines));
    }
}
