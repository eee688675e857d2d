<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart4;

use Orderbridge\Tests\Shops\OpenCart\FakeOpenCart;
use Orderbridge\Tests\Shops\OpenCart\OpenCartContractTestCase;

final class OpenCartOnSqliteTest extends OpenCartContractTestCase
{
    protected function openCart(): FakeOpenCart
    {
        return new FakeOpenCart();
    }
}
