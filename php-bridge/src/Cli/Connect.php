<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;
use Orderbridge\Exception\WebhookUrlRefused;
use Orderbridge\Setup\Finding;

use function fgets;
use function trim;

use const STDIN;

/** Tries a webhook and keeps it. With --stdin it does not show up in the list of processes. */
final class Connect implements Command
{
    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        $webhook = $arguments->has('stdin') ? trim((string) fgets(STDIN)) : ($arguments->operands[0] ?? '');
        if ($webhook === '') {
            $output->complain($output->texts->say('connect_what'));

            return Application::USAGE;
        }
        $bridge->install();
        try {
            $result = $bridge->setup()->connect($webhook, $arguments->has('another'));
        } catch (WebhookUrlRefused $refusal) {
            $code = 'webhook_' . $refusal->reason;
            $output->complain($output->texts->say($code));
            $output->complain('→ ' . $output->texts->hint($code));

            return Application::ATTENTION;
        }
        foreach ((array) ($result['points'] ?? []) as $point) {
            $point = (array) $point;
            Doctor::print(new Finding(
                (string) ($point['level'] ?? Finding::ERROR),
                (string) ($point['code'] ?? ''),
                (string) ($point['message'] ?? ''),
                (string) ($point['hint'] ?? ''),
            ), $output);
        }
        $output->say($result['ok'] ? 'connected' : 'not_kept', [
            'webhook' => $result['ok'] ? $bridge->secrets()->portal()->masked() : '',
            'inbound' => $result['ok'] ? $bridge->inboundUrl() : '',
        ]);

        if ($result['ok'] && $bridge->monitorUrl() !== '') {
            $output->say('monitor_url', ['url' => $bridge->monitorUrl()]);
        }

        return $result['ok'] ? Application::OK : Application::ATTENTION;
    }
}
