<?php

declare(strict_types=1);

namespace Orderbridge\Exception;

/** The same work may succeed when it is simply tried again. */
interface Recoverable extends BridgeException
{
}
