<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;

use function date;

/** Says why an order is not in Bitrix24, or why it has the status it has. */
final class Explain implements Command
{
    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        $orderId = $arguments->operands[0] ?? '';
        if ($orderId === '') {
            $output->complain($output->texts->say('explain_which'));

            return Application::USAGE;
        }
        $answer = $bridge->setup()->explain($orderId);
        if ($arguments->has('json')) {
            $output->json($answer);

            return Application::OK;
        }
        foreach ((array) ($answer['sentences'] ?? []) as $sentence) {
            $sentence = (array) $sentence;
            $at = isset($sentence['at']) ? date('Y-m-d H:i ', (int) $sentence['at']) : '';
            $output->line("  $at{$sentence['message']}");
            if (($sentence['hint'] ?? '') !== '') {
                $output->line("       → {$sentence['hint']}");
            }
        }

        return Application::OK;
    }
}
