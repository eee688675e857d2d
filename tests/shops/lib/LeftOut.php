<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;

/** A step whose ground is missing: an earlier one went wrong. */
final class LeftOut extends RuntimeException
{
}
