<?php

declare(strict_types=1);

return new \Orderbridge\Shops\OpenCart4\OpenCart4();
