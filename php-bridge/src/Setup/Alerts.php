<?php

declare(strict_types=1);

namespace Orderbridge\Setup;

use Orderbridge\Text\Texts;

use function abs;
use function array_filter;
use function array_keys;
use function in_array;
use function intdiv;

/** What of {@see Health} somebody has to look at, how urgent it is, and what to do about it. */
final class Alerts
{
    /** The exchange stands still, or something of it does, until somebody acts. */
    private const ERRORS = [
        'tables_missing', 'engine_stopped', 'not_connected', 'webhook_unreadable', 'portal_stopped', 'old_job',
        'cron_missing',
    ];
    /** Polls in a row that found deals moved of which no event had told. */
    private const SILENT_POLLS = 3;
    /** Clocks may differ by so many seconds. */
    private const SKEW = 300;

    public function __construct(
        private readonly Texts $texts,
        private readonly int $oldJobSeconds,
    ) {
    }

    /**
     * @param array<string, mixed> $health
     * @return list<Finding> the errors first
     */
    public function of(array $health): array
    {
        $values = [
            'count' => (int) $health['jobs']['dead'],
            'minutes' => intdiv((int) $health['jobs']['oldest_age'], 60),
            'detail' => (string) ($health['hold']['message'] ?? ''),
            'todo' => (string) ($health['hold']['hint'] ?? ''),
            'problem' => (string) $health['engine']['problem'],
            'seconds' => (int) ($health['clock_skew']['portal'] ?? 0),
            'apart' => (int) $health['clock_skew']['database'],
        ];
        $found = [Finding::ERROR => [], Finding::WARNING => []];
        foreach ($this->codes($health) as $code) {
            $level = in_array($code, self::ERRORS, true) ? Finding::ERROR : Finding::WARNING;
            $found[$level][] = new Finding(
                $level,
                $code,
                $this->texts->say($code, $values),
                $this->texts->hint($code, $values),
            );
        }

        return [...$found[Finding::ERROR], ...$found[Finding::WARNING]];
    }

    /**
     * @param array<string, mixed> $health
     * @return list<string>
     */
    private function codes(array $health): array
    {
        $connected = (bool) $health['portal']['connected'];

        return array_keys(array_filter([
            'tables_missing' => !$health['tables'],
            'engine_stopped' => $health['engine']['problem'] !== '',
            'not_connected' => $health['tables'] && !$connected,
            'webhook_unreadable' => !$health['portal']['readable'],
            'portal_stopped' => $health['hold']['stopped'] ?? false,
            'portal_held' => ($health['hold']['active'] ?? false) && !$health['hold']['stopped'],
            'dead_jobs' => $health['jobs']['dead'] > 0,
            'old_job' => $health['jobs']['oldest_age'] > $this->oldJobSeconds,
            'cron_missing' => $health['tables'] && !$health['cron_seen'],
            'events_silent' => $connected && $health['silent_polls'] >= self::SILENT_POLLS,
            'clock_skew' => abs($health['clock_skew']['portal'] ?? 0) > self::SKEW,
            'clock_apart' => abs($health['clock_skew']['database']) > self::SKEW,
        ]));
    }
}
