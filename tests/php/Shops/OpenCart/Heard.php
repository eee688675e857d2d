<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart;

use PDO;

use function array_map;
use function strval;

/** What the module has put into its queue of all that the shop told it. */
trait Heard
{
    private FakeOpenCart $cart;

    /** @return list<string> orders */
    private function jobs(): array
    {
        return array_map(
            strval(...),
            $this->cart->pdo->query('SELECT order_id FROM oc_orderbridge_job')->fetchAll(PDO::FETCH_COLUMN),
        );
    }

    private function done(): void
    {
        self::assertCount(1, $this->jobs());
        $this->cart->pdo->exec('DELETE FROM oc_orderbridge_job');
    }
}
