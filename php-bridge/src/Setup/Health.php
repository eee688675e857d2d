<?php

declare(strict_types=1);

namespace Orderbridge\Setup;

use Orderbridge\Exception\SecretUnreadable;
use Orderbridge\Exception\WebhookUrlRefused;
use Orderbridge\Link\Differences;
use Orderbridge\Wiring;

use function array_diff_key;
use function array_fill_keys;
use function array_filter;
use function array_map;
use function get_object_vars;
use function in_array;
use function is_array;
use function is_int;
use function min;
use function preg_match;

use const PHP_VERSION;

/**
 * How things stand, in one array: for the admin page, the monitor's address, the command line and the worker that
 * tells the owner. Costs a few queries, no HTTP, and not the core.
 */
final class Health
{
    /** Nobody has run a worker for so long: cron is missing. */
    private const SILENT = 600;
    /** What is shown to people, and means nothing to a monitor or is none of its business. */
    private const FOR_PEOPLE = ['message' => 1, 'hint' => 1, 'webhook' => 1, 'problem' => 1];

    public function __construct(private readonly Wiring $wiring)
    {
    }

    /** @return array<string, mixed> */
    public function toArray(): array
    {
        $health = $this->facts();
        $health['links'] = $health['tables'] ? $this->wiring->links()->count() : 0;
        $health['differences'] = $health['tables']
            ? $this->wiring->differences()->counts()
            : array_fill_keys(Differences::KINDS, 0);

        return $this->judged($health);
    }

    /**
     * What a stranger with the monitor's secret may see: figures and codes, no words of the portal, no address of it.
     *
     * @return array<string, mixed>
     */
    public function toMonitor(): array
    {
        return self::plain($this->judged($this->facts()));
    }

    /** @return list<Finding> */
    public function alerts(): array
    {
        return $this->found($this->facts());
    }

    /**
     * @param array<string, mixed> $health
     * @return array<string, mixed>
     */
    private function judged(array $health): array
    {
        $alerts = $this->found($health);
        $levels = array_map(static fn (Finding $alert): string => $alert->level, $alerts);

        return [
            'ok' => $alerts === [],
            'level' => match (true) {
                $alerts === [] => Finding::OK,
                in_array(Finding::ERROR, $levels, true) => Finding::ERROR,
                default => Finding::WARNING,
            },
            'alerts' => array_map(get_object_vars(...), $alerts),
        ] + $health;
    }

    /**
     * @param array<string, mixed> $health
     * @return list<Finding>
     */
    private function found(array $health): array
    {
        $oldJobSeconds = $health['tables']
            ? $this->wiring->preferences()->oldJobSeconds()
            : $this->wiring->options->oldJobSeconds;

        return (new Alerts($this->wiring->texts(), $oldJobSeconds))->of($health);
    }

    /** @return array<string, mixed> */
    private function facts(): array
    {
        $tables = $this->wiring->migrations()->complete();
        if (!$tables) {
            // What they hold cannot be asked for; the same keys all the same.
            return $this->described(false, [
                'ready' => 0, 'leased' => 0, 'waiting' => 0, 'dead' => 0, 'backfill' => 0, 'oldest_age' => 0,
                'lanes' => ['live' => 0, 'retry' => 0, 'backfill' => 0],
            ], 0);
        }
        $this->wiring->settings()->refresh();

        return $this->described(
            true,
            $this->wiring->outbox()->figures(),
            $this->wiring->inbox()->figures()['waiting'],
        );
    }

    /**
     * @param array<string, mixed> $jobs
     * @return array<string, mixed>
     */
    private function described(bool $tables, array $jobs, int $inbox): array
    {
        $settings = $this->wiring->settings();
        $ago = static fn (string $name): ?int => $tables ? $settings->ago($name) : null;
        $workers = ['cron' => $ago('cron'), 'daemon' => $ago('daemon'), 'kick' => $ago('kick')];
        $regular = array_filter([$workers['cron'], $workers['daemon']], is_int(...));
        $skew = $tables && $settings->seen('skew') !== null ? (int) $settings->seenWhat('skew') : null;

        return [
            'versions' => ['php' => PHP_VERSION, 'core' => $tables ? $settings->checkedBy() : ''],
            'engine' => $this->engine($tables),
            'tables' => $tables,
            'portal' => $this->portal($tables),
            'configured' => $tables && $settings->document() !== null,
            'jobs' => $jobs,
            'inbox' => $inbox,
            'hold' => $tables ? $this->hold() : null,
            'ago' => $workers + [
                'poll' => $ago('poll'),
                'sweep' => $ago('sweep'),
                'event' => $ago('event'),
                'preflight' => $ago('preflight'),
            ],
            'clock_skew' => ['portal' => $skew, 'database' => $tables ? $settings->databaseAhead() : 0],
            'secrets_sealed' => $this->wiring->seal()->isKeyed(),
            'refused' => $tables ? $settings->counted('secret_refused') + $settings->counted('token_refused') : 0,
            'silent_polls' => $tables ? $settings->counted('silent') : 0,
            'cron_seen' => $regular !== [] && min($regular) <= self::SILENT,
        ];
    }

    /** @return array{name: string, core: string, proved: bool, problem: string} as a worker has found it last */
    private function engine(bool $tables): array
    {
        $settings = $this->wiring->settings();
        $proof = $tables ? $settings->provedBy() : '';
        preg_match('/^(\S+) (.+) (\S+)$/', $proof, $part);

        return [
            'name' => $part[2] ?? '',
            'core' => $part[1] ?? '',
            'proved' => ($part[3] ?? '') === PHP_VERSION,
            'problem' => $tables ? $settings->engineProblem() : '',
        ];
    }

    /** @return array<string, mixed> */
    private function hold(): ?array
    {
        $hold = $this->wiring->hold()->current();

        return $hold === null ? null : [
            'active' => $hold->active,
            'stopped' => $hold->stopped,
            'since' => $hold->since,
            'until' => $hold->until,
            'code' => $hold->reason->code,
            'message' => $hold->reason->message,
            'hint' => $hold->reason->hint,
        ];
    }

    /**
     * @return array{connected: bool, webhook: string, readable: bool, answered: int|null, failed: int|null,
     *     failure: string, reachable: bool|null} seconds ago; reachable null: nobody has asked it yet
     */
    private function portal(bool $tables): array
    {
        $secrets = $this->wiring->secrets();
        $settings = $this->wiring->settings();
        $connected = $tables && $secrets->isConnected();
        $webhook = '';
        $readable = true;
        try {
            $webhook = $connected ? $secrets->portal()->masked() : '';
        } catch (SecretUnreadable | WebhookUrlRefused) {
            $readable = false;
        }
        $answered = $tables ? $settings->ago('answered') : null;
        $failed = $tables ? $settings->ago('failed') : null;

        return [
            'connected' => $connected,
            'webhook' => $webhook,
            'readable' => $readable,
            'answered' => $answered,
            'failed' => $failed,
            'failure' => $tables ? $settings->seenWhat('failed') : '',
            'reachable' => match (true) {
                $answered === null => $failed === null ? null : false,
                default => $failed === null || $answered <= $failed,
            },
        ];
    }

    /**
     * @param array<array-key, mixed> $health
     * @return array<array-key, mixed>
     */
    private static function plain(array $health): array
    {
        return array_map(
            static fn (mixed $value): mixed => is_array($value) ? self::plain($value) : $value,
            array_diff_key($health, self::FOR_PEOPLE),
        );
    }
}
