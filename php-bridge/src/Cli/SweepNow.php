<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;

/** Looks for forgotten orders now, whatever the clock says. */
final class SweepNow implements Command
{
    private const SECONDS = 600.0;

    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        $found = $bridge->sweep(self::SECONDS);
        if ($found === null) {
            $output->say('sweep_busy');

            return Application::ATTENTION;
        }
        $output->say('swept', ['count' => $found]);

        return Application::OK;
    }
}
