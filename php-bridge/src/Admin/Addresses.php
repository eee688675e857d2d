<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use Orderbridge\Bridge;

/** Addresses and lines that a person takes elsewhere. Some of them are passwords: who may only look gets them empty. */
final class Addresses
{
    public function __construct(private readonly Bridge $bridge)
    {
    }

    /** @return array<string, mixed> endpoint, monitor, companion {url, secret}, cron_line, worker_line */
    public function for(Visitor $visitor): array
    {
        $command = $this->bridge->options()->command;

        return [
            'endpoint' => $visitor->mayModify ? $this->bridge->inboundUrl() : '',
            'monitor' => $visitor->mayModify ? $this->bridge->monitorUrl() : '',
            'companion' => [
                'url' => $visitor->mayModify ? $this->bridge->companionUrl() : '',
                'secret' => $visitor->mayModify ? $this->bridge->secrets()->companion() : '',
            ],
            'cron_line' => $command === '' ? '' : "* * * * * $command work",
            'worker_line' => $command === '' ? '' : "$command work --daemon",
        ];
    }
}
