<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use Orderbridge\Exception\Recoverable;
use RuntimeException;

/** The order is under the shop's own knife at this moment: soon it can be read again. */
final class BeingEdited extends RuntimeException implements Recoverable
{
    public static function order(string $orderId): self
    {
        return new self("order $orderId is being edited in the shop at this moment");
    }
}
