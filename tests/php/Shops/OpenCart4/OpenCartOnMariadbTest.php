<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart4;

use Orderbridge\Tests\Shops\OpenCart\FakeOpenCart;
use Orderbridge\Tests\Shops\OpenCart\OpenCartContractTestCase;
use Orderbridge\Tests\Support\MariadbOfOurOwn;
use PDO;

/** Through the adapter's own database class, as in a shop. */
final class OpenCartOnMariadbTest extends OpenCartContractTestCase
{
    use MariadbOfOurOwn;

    protected function openCart(): FakeOpenCart
    {
        [$dsn, $user, $password] = $this->createDatabase();

        return new FakeOpenCart('4.1', new PDO($dsn, $user, $password));
    }
}
