<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

/** Orders among WordPress's posts, as shops have them that have not moved yet. */
final class WooOnPostsTest extends WooContractTestCase
{
    protected function woo(): FakeWoo
    {
        return new FakeWoo(false);
    }
}
