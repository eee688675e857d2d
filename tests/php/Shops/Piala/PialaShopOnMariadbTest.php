<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\Piala;

use Orderbridge\Tests\Support\MariadbOfOurOwn;

final class PialaShopOnMariadbTest extends PialaShopTestCase
{
    use MariadbOfOurOwn;

    protected function emptyDatabase(): array
    {
        return $this->createDatabase();
    }
}
