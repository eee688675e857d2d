<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart4;

use Orderbridge\Tests\Support\MariadbOfOurOwn;
use PDO;

/** Through the adapter's own database class, as in a shop. */
final class OpenCartOnMariadbTest extends OpenCartContractTestCase
{
    use MariadbOfOurOwn;

    protected function openCart(): FakeOpenCart
    {
        [$dsn, $user, $password] = $this->createDatabase();

        return new FakeOpenCart(true, new PDO($dsn, $user, $password));
    }
}
