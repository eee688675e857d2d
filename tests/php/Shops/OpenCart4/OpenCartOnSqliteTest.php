<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart4;

final class OpenCartOnSqliteTest extends OpenCartContractTestCase
{
    protected function openCart(): FakeOpenCart
    {
        return new FakeOpenCart();
    }
}
