<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;

use function intdiv;

/** How things stand: the figures, what is dead and why. */
final class Status implements Command
{
    private const DEAD = 20;

    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        $health = $bridge->health();
        $code = $health['ok'] ? Application::OK : Application::ATTENTION;
        if ($arguments->has('json')) {
            $output->json($health);

            return $code;
        }
        $texts = $output->texts;
        $never = $texts->say('never');
        $ago = static fn (?int $seconds): string => $seconds === null ? $never : $texts->say('ago', [
            'time' => $seconds < 120 ? "$seconds s" : intdiv($seconds, 60) . ' min',
        ]);
        $output->say('status_portal', ['webhook' => $health['portal']['webhook'] ?: $texts->say('not_connected')]);
        $output->say('status_jobs', $health['jobs']);
        $output->say('status_more', ['links' => $health['links'], 'inbox' => $health['inbox']]);
        $output->say('status_seen', [
            'cron' => $ago($health['ago']['cron']),
            'daemon' => $ago($health['ago']['daemon']),
            'kick' => $ago($health['ago']['kick']),
            'poll' => $ago($health['ago']['poll']),
            'sweep' => $ago($health['ago']['sweep']),
            'event' => $ago($health['ago']['event']),
        ]);
        if ($health['hold']['active'] ?? false) {
            $output->line('  !  ' . $health['hold']['message']);
            $output->line('       → ' . $health['hold']['hint']);
        }
        foreach ($bridge->outbox()->dead(self::DEAD) as $job) {
            $output->line("  x  {$job['order_id']}: {$job['message']}");
            $output->line("       → {$job['hint']}");
        }
        foreach ($health['alerts'] as $alert) {
            $output->line('  !  ' . $texts->say($alert, [
                'count' => $health['jobs']['dead'],
                'minutes' => intdiv($health['jobs']['oldest_age'], 60),
                'detail' => $health['hold']['message'] ?? '',
            ]));
        }

        return $code;
    }
}
