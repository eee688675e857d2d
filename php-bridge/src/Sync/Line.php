<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Bitrix24\Client;

/** The line to one portal: everything that is made anew when another webhook is entered. */
final class Line
{
    public function __construct(
        public readonly Client $client,
        public readonly Exchange $exchange,
        public readonly TaskRunner $tasks,
        public readonly JobRunner $jobs,
        public readonly Poll $poll,
        public readonly Compare $compare,
    ) {
    }
}
