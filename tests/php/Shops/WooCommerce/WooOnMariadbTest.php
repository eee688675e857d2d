<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

use Orderbridge\Shops\WooCommerce\WpDatabase;

/** Through the adapter's own database class, as in a shop. */
final class WooOnMariadbTest extends WooContractTestCase
{
    use WpdbOfOurOwn;

    protected function woo(): FakeWoo
    {
        [$pdo, $wpdb] = $this->open();

        return new FakeWoo(true, $pdo, new WpDatabase($wpdb));
    }
}
