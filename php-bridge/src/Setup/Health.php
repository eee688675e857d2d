<?php

declare(strict_types=1);

namespace Orderbridge\Setup;

use Orderbridge\Exception\SecretUnreadable;
use Orderbridge\Exception\WebhookUrlRefused;
use Orderbridge\Wiring;

use function abs;
use function array_filter;
use function array_keys;
use function is_int;
use function min;

use const PHP_VERSION;

/** How things stand, in one array. Costs a few queries, no HTTP, and not the core. */
final class Health
{
    /** An order that waits longer than this is worth somebody's attention, seconds. */
    private const OLD = 900;
    /** Nobody has run a worker for so long: cron is missing. */
    private const SILENT = 600;

    public function __construct(private readonly Wiring $wiring)
    {
    }

    /** @return array<string, mixed> */
    public function toArray(): array
    {
        $settings = $this->wiring->settings();
        $settings->refresh();
        $jobs = $this->wiring->outbox()->figures();
        $hold = $this->wiring->hold()->current();
        $workers = [
            'cron' => $settings->ago('cron'),
            'daemon' => $settings->ago('daemon'),
            'kick' => $settings->ago('kick'),
        ];
        $regular = array_filter([$workers['cron'], $workers['daemon']], is_int(...));
        $health = [
            'php' => PHP_VERSION,
            'tables' => $this->wiring->migrations()->complete(),
            'portal' => $this->portal(),
            'configured' => $settings->document() !== null,
            'core' => $settings->checkedBy(),
            'jobs' => $jobs,
            'links' => $this->wiring->links()->count(),
            'differences' => $this->wiring->differences()->counts(),
            'inbox' => $this->wiring->inbox()->figures()['waiting'],
            'hold' => $hold === null ? null : [
                'active' => $hold->active,
                'stopped' => $hold->stopped,
                'since' => $hold->since,
                'until' => $hold->until,
                'code' => $hold->reason->code,
                'message' => $hold->reason->message,
                'hint' => $hold->reason->hint,
            ],
            'ago' => $workers + [
                'poll' => $settings->ago('poll'),
                'sweep' => $settings->ago('sweep'),
                'event' => $settings->ago('event'),
                'preflight' => $settings->ago('preflight'),
            ],
            'clock_skew' => $settings->seen('skew') === null ? null : (int) $settings->seenWhat('skew'),
            'secrets_sealed' => $this->wiring->seal()->isKeyed(),
            'refused' => $settings->counted('secret_refused') + $settings->counted('token_refused'),
            'cron_seen' => $regular !== [] && min($regular) <= self::SILENT,
        ];
        $health['alerts'] = $this->alerts($health);

        return ['ok' => $health['alerts'] === []] + $health;
    }

    /** @return array{connected: bool, webhook: string, readable: bool} */
    private function portal(): array
    {
        $secrets = $this->wiring->secrets();
        if (!$secrets->isConnected()) {
            return ['connected' => false, 'webhook' => '', 'readable' => true];
        }
        try {
            return ['connected' => true, 'webhook' => $secrets->portal()->masked(), 'readable' => true];
        } catch (SecretUnreadable | WebhookUrlRefused) {
            return ['connected' => true, 'webhook' => '', 'readable' => false];
        }
    }

    /**
     * @param array<string, mixed> $health
     * @return list<string> codes; the words for them are in the texts
     */
    private function alerts(array $health): array
    {
        return array_keys(array_filter([
            'tables_missing' => !$health['tables'],
            'not_connected' => !$health['portal']['connected'],
            'webhook_unreadable' => !$health['portal']['readable'],
            'portal_stopped' => $health['hold']['stopped'] ?? false,
            'portal_held' => ($health['hold']['active'] ?? false) && !$health['hold']['stopped'],
            'dead_jobs' => $health['jobs']['dead'] > 0,
            'old_job' => $health['jobs']['oldest_age'] > self::OLD,
            'cron_missing' => !$health['cron_seen'],
            'clock_skew' => abs($health['clock_skew'] ?? 0) > 300,
        ]));
    }
}
