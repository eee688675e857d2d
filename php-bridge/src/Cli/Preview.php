<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;

/** Prints what an order will become, without sending anything. */
final class Preview implements Command
{
    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        $orderId = $arguments->operands[0] ?? '';
        if ($orderId === '') {
            $output->complain($output->texts->say('preview_which'));

            return Application::USAGE;
        }
        $preview = $bridge->setup()->preview($orderId);
        if ($preview === null) {
            $output->say('no_order', ['order' => $orderId]);

            return Application::ATTENTION;
        }
        $output->json($preview);

        return Application::OK;
    }
}
