<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;

/** Sets the funnel up: shows the plan, and with --yes carries it out. */
final class Provision implements Command
{
    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        $yes = $arguments->has('yes');
        $result = $bridge->setup()->provision($yes ? ['create', 'change'] : []);
        $problem = (array) ($result['problem'] ?? []);
        if ($problem !== []) {
            $output->complain((string) ($problem['message'] ?? ''));
            $output->complain('→ ' . (string) ($problem['hint'] ?? ''));

            return Application::ATTENTION;
        }
        foreach ((array) ($result['plan'] ?? []) as $item) {
            $output->line('  - ' . (string) (((array) $item)['message'] ?? ''));
        }
        $complete = (bool) ($result['complete'] ?? false);
        $output->say($complete ? 'provisioned' : ($yes ? 'provision_again' : 'provision_ask'));

        return $complete ? Application::OK : Application::ATTENTION;
    }
}
