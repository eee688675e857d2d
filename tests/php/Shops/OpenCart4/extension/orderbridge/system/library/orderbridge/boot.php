<?php

/** In place of the package's: the classes are loaded already. */

declare(strict_types=1);

\Orderbridge\Shops\OpenCart\Boot::as(new \Orderbridge\Shops\OpenCart4\OpenCart4());
