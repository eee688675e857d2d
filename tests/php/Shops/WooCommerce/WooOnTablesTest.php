<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

/** Orders in WooCommerce's own tables. */
final class WooOnTablesTest extends WooContractTestCase
{
    protected function woo(): FakeWoo
    {
        return new FakeWoo(true);
    }
}
