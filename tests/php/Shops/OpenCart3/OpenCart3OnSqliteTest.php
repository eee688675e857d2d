<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart3;

use Orderbridge\Tests\Shops\OpenCart\FakeOpenCart;

final class OpenCart3OnSqliteTest extends OpenCart3TestCase
{
    protected function openCart(): FakeOpenCart
    {
        return new FakeOpenCart('3.0');
    }
}
