<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

/** A product; of a variation without an article number the parent's, as WooCommerce answers. */
final class FakeProduct
{
    public function __construct(private readonly string $sku)
    {
    }

    // phpcs:ignore PSR1.Methods.CamelCapsMethodName -- WooCommerce's
    public function get_sku(): string
    {
        return $this->sku;
    }
}
