<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;

/** Brings one dead or waiting order back, or all dead ones. */
final class Retry implements Command
{
    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        $orderId = $arguments->operands[0] ?? '';
        if ($arguments->has('all')) {
            $output->say('retried', ['count' => $bridge->outbox()->requeueDead()]);

            return Application::OK;
        }
        if ($orderId === '') {
            $output->complain($output->texts->say('retry_which'));

            return Application::USAGE;
        }
        if (!$bridge->outbox()->requeue($orderId)) {
            $output->say('no_job', ['order' => $orderId]);

            return Application::ATTENTION;
        }
        $output->say('retried', ['count' => 1]);

        return Application::OK;
    }
}
