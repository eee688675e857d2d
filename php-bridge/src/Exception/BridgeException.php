<?php

declare(strict_types=1);

namespace Orderbridge\Exception;

use Throwable;

/** Everything the bridge throws on purpose. No message of it holds a secret or a buyer's data. */
interface BridgeException extends Throwable
{
}
