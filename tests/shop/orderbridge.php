<?php

declare(strict_types=1);

// Four: the boot file of the bridge's command line. From this folder:
//     php ../../php-bridge/bin/orderbridge work
// It takes the same environment as the shop (see src/Config.php), so both see the same database.

use Piala\App;
use Piala\Config;

require __DIR__ . '/src/autoload.php';

return (new App(Config::fromEnvironment()))->bridge;
