<?php

declare(strict_types=1);

namespace Piala\Store;

/** A product with every option decided: what can lie in a basket. */
final class Choice
{
    /**
     * @param list<int> $values
     * @param list<array{name: string, value: string}> $options
     */
    public function __construct(
        public readonly int $productId,
        public readonly string $slug,
        public readonly string $sku,
        public readonly string $name,
        public readonly array $values,
        public readonly array $options,
        public readonly int $price,
        public readonly ?string $vatRate,
        public readonly string $tint,
    ) {
    }

    /** The same choice has the same key, whatever the order of its values was: p15-3-7. */
    public function key(): string
    {
        return 'p' . implode('-', [$this->productId, ...$this->values]);
    }
}
