<?php

declare(strict_types=1);

return new \Orderbridge\Shops\OpenCart3\OpenCart3();
