<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;

/** One command of the command line. */
interface Command
{
    /** @return int an exit code of {@see Application} */
    public function run(Bridge $bridge, Arguments $arguments, Output $output): int;
}
