<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\Piala;

final class PialaShopOnSqliteTest extends PialaShopTestCase
{
    protected function emptyDatabase(): array
    {
        return ["sqlite:$this->folder/shop.sqlite", '', ''];
    }
}
