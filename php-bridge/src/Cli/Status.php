<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;
use Orderbridge\Setup\Finding;

use function array_filter;
use function intdiv;
use function is_int;

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
        $output->say('status_reach', [
            'answered' => $ago($health['portal']['answered']),
            'failed' => $ago($health['portal']['failed']),
            'failure' => $health['portal']['failure'],
        ]);
        $output->say('status_jobs', array_filter($health['jobs'], is_int(...)));
        $output->say('status_lanes', $health['jobs']['lanes'] + [
            'minutes' => intdiv($health['jobs']['oldest_age'], 60),
        ]);
        $output->say('status_more', ['links' => $health['links'], 'inbox' => $health['inbox']]);
        $output->say('status_seen', [
            'cron' => $ago($health['ago']['cron']),
            'daemon' => $ago($health['ago']['daemon']),
            'kick' => $ago($health['ago']['kick']),
            'poll' => $ago($health['ago']['poll']),
            'sweep' => $ago($health['ago']['sweep']),
            'event' => $ago($health['ago']['event']),
        ]);
        $this->machine($health, $output);
        if ($arguments->has('show-urls')) {
            $output->say('status_urls', [
                'inbound' => $bridge->inboundUrl(),
                'companion' => $bridge->companionUrl() . ' ' . $bridge->secrets()->companion(),
                'monitor' => $bridge->monitorUrl() ?: $texts->say('no_monitor'),
            ]);
        }
        if ($health['hold']['active'] ?? false) {
            $output->line('  !  ' . $health['hold']['message']);
            $output->line('       → ' . $health['hold']['hint']);
        }
        foreach ($health['tables'] ? $bridge->outbox()->dead(self::DEAD) : [] as $job) {
            $output->line("  x  {$job['order_id']}: {$job['message']}");
            $output->line("       → {$job['hint']}");
        }
        foreach ($health['alerts'] as $alert) {
            Doctor::print(new Finding($alert['level'], $alert['code'], $alert['message'], $alert['hint']), $output);
        }

        return $code;
    }

    /** @param array<string, mixed> $health */
    private function machine(array $health, Output $output): void
    {
        $output->say('status_engine', [
            'core' => $health['engine']['core'],
            'name' => $health['engine']['name'],
            'php' => $health['versions']['php'],
            'proved' => $output->texts->say($health['engine']['proved'] ? 'passed' : 'not_passed'),
        ]);
        $output->say('status_clock', [
            'portal' => $health['clock_skew']['portal'] ?? $output->texts->say('unknown'),
            'database' => $health['clock_skew']['database'],
        ]);
    }
}
