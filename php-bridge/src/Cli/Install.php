<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;

/** Creates or updates the tables. */
final class Install implements Command
{
    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        $ran = $bridge->migrations()->run();
        $output->say($ran === [] ? 'tables_fine' : 'tables_made');

        return Application::OK;
    }
}
