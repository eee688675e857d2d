<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;

/** Changes the secret of one of our addresses; the former stays valid until it is entered on the other side. */
final class Renew implements Command
{
    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        $which = $arguments->operands[0] ?? '';
        $final = $arguments->has('final');
        match ($which) {
            'inbound' => $final ? $bridge->secrets()->dropFormer() : $bridge->secrets()->renewInbound(),
            'companion' => $final ? $bridge->secrets()->dropFormerCompanion() : $bridge->secrets()->renewCompanion(),
            'monitor' => $final ? $bridge->secrets()->dropFormerMonitor() : $bridge->secrets()->renewMonitor(),
            default => $which = '',
        };
        if ($which === '') {
            $output->complain($output->texts->say('renew_which'));

            return Application::USAGE;
        }
        $url = match ($which) {
            'inbound' => $bridge->inboundUrl(),
            'monitor' => $bridge->monitorUrl(),
            'companion' => $bridge->companionUrl() . "\n  " . $bridge->secrets()->companion(),
        };
        $output->say($final ? 'renewed_final' : 'renewed', ['url' => $url ?: $output->texts->say('no_monitor')]);

        return Application::OK;
    }
}
