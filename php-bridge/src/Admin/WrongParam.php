<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use RuntimeException;

/** The app gave something that an action cannot read. */
final class WrongParam extends RuntimeException
{
    public function __construct(public readonly string $param)
    {
        parent::__construct("the parameter $param cannot be read");
    }
}
