<?php

declare(strict_types=1);

namespace Orderbridge\Exception;

/** Trying again changes nothing: a person or an update has to. */
interface Unrecoverable extends BridgeException
{
}
