<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart4;

use Orderbridge\Bridge;
use Orderbridge\Exception\BridgeException;
use Orderbridge\Exception\NotConnected;
use Orderbridge\Exception\WebhookUrlRefused;
use Orderbridge\Outbox\Job;
use SensitiveParameter;

use function array_map;
use function array_merge;
use function date;
use function is_array;
use function max;
use function time;

/** What the admin page shows and does, in the page's own form. Rights are checked before it is asked. */
final class Desk
{
    private const ROWS = 30;
    private const RUN_SECONDS = 15.0;

    /** @param callable(string): string $say texts of the admin's language */
    public function __construct(
        private readonly Bridge $bridge,
        private readonly string $prefix,
        private $say,
    ) {
    }

    /** @return array<string, mixed> */
    public function page(): array
    {
        return [
            'webhook' => $this->webhook(),
            'settings' => $this->bridge->setup()->document(),
            'statuses' => $this->bridge->shop()->statuses(),
            'categories' => $this->bridge->shop()->categories(),
            'snapshot' => null,
            'endpoint' => $this->bridge->inboundUrl(),
            'monitor' => $this->bridge->monitorUrl(),
            'ledger' => $this->ledger(),
        ];
    }

    /**
     * Keeps the webhook only when the portal lets us in.
     *
     * @return array{ok: bool, points: list<mixed>}
     * @throws WebhookUrlRefused
     */
    public function connect(#[SensitiveParameter] string $webhook): array
    {
        $result = $webhook === ''
            ? $this->bridge->setup()->preflight()
            : $this->bridge->setup()->connect($webhook);

        return ['ok' => (bool) $result['ok'], 'points' => (array) ($result['points'] ?? [])];
    }

    /**
     * @param array<string, mixed> $document
     * @return list<mixed> problems; with an error among them nothing was kept
     */
    public function save(array $document): array
    {
        return (array) ($this->bridge->setup()->save($document)['problems'] ?? []);
    }

    /** @return array<string, mixed> */
    public function snapshot(): array
    {
        return $this->bridge->setup()->snapshot();
    }

    /**
     * @param list<string> $consent none: only the plan
     * @return array<string, mixed>
     */
    public function provision(array $consent): array
    {
        $result = $this->bridge->setup()->provision($consent);

        return array_merge($result, ['settings' => $this->bridge->setup()->document()]);
    }

    public function resend(string $orderId): void
    {
        $this->bridge->outbox()->requeue($orderId);
        $this->bridge->orderSaved($orderId);
    }

    public function run(): void
    {
        $this->bridge->worker()->run(self::RUN_SECONDS, 'hand');
    }

    /** @return array<string, mixed> */
    public function ledger(): array
    {
        $health = $this->bridge->health();
        $outbox = $this->bridge->outbox();
        $jobs = array_merge(
            array_map(fn (array $job): array => $this->job($job, 'dead'), $outbox->dead(self::ROWS)),
            array_map(fn (array $job): array => $this->job($job, 'ready'), $outbox->waiting(self::ROWS)),
        );

        return [
            'counts' => $health['jobs'],
            'jobs' => $jobs,
            'links' => $this->links(),
            'journal' => array_map(
                static fn (array $entry): array => ['when' => self::moment((int) $entry['at'])] + $entry,
                $this->bridge->journal()->latest(self::ROWS),
            ),
            'health' => $this->checks($health),
        ];
    }

    /** @param array<string, mixed> $job */
    private function job(array $job, string $state): array
    {
        $wants = (int) $job['wants'];

        return [
            'order_id' => (string) $job['order_id'],
            'state' => $state,
            'wants' => array_merge(
                ($wants & Job::PUSH) !== 0 ? ['push'] : [],
                ($wants & Job::PULL) !== 0 ? ['pull'] : [],
            ),
            'attempts' => (int) $job['attempts'],
            'next' => $state === 'ready' ? self::moment(max(time(), (int) $job['not_before'])) : '',
            'message' => (string) $job['message'],
            'hint' => (string) $job['hint'],
        ];
    }

    /** @return list<array<string, string>> */
    private function links(): array
    {
        $rows = $this->bridge->shop()->database()->query(
            "SELECT order_id, deal_id, stage, updated_at FROM {$this->prefix}link WHERE deal_id IS NOT NULL"
            . ' ORDER BY updated_at DESC, order_id DESC LIMIT ' . self::ROWS,
        );
        $portal = $this->portalAddress();

        return array_map(static fn (array $row): array => [
            'order_id' => (string) $row['order_id'],
            'deal_id' => (string) $row['deal_id'],
            'deal_url' => $portal === '' ? '' : "$portal/crm/deal/details/{$row['deal_id']}/",
            'stage' => (string) $row['stage'],
            'when' => self::moment((int) $row['updated_at']),
        ], $rows);
    }

    /**
     * @param array<string, mixed> $health
     * @return list<array{level: string, message: string, hint: string}>
     */
    private function checks(array $health): array
    {
        $checks = [];
        foreach ((array) $health['alerts'] as $alert) {
            $own = $this->text("health_{$alert['code']}");
            $checks[] = [
                'level' => $alert['level'],
                // In the words of this page where it has some.
                'message' => $own === '' ? $alert['message'] : $own,
                'hint' => $own === '' ? $alert['hint'] : $this->text("hint_{$alert['code']}"),
            ];
        }
        if (is_array($health['hold'] ?? null)) {
            $checks[] = [
                'level' => $health['hold']['stopped'] ? 'error' : 'warning',
                'message' => (string) $health['hold']['message'],
                'hint' => (string) $health['hold']['hint'],
            ];
        }
        if ($checks === []) {
            $checks[] = ['level' => 'ok', 'message' => $this->text('health_ok'), 'hint' => ''];
        }
        foreach (['poll', 'event', 'kick', 'cron'] as $what) {
            $ago = $health['ago'][$what] ?? null;
            $checks[] = [
                'level' => 'info',
                'message' => $this->text("health_ago_$what"),
                'hint' => $ago === null ? $this->text('health_never') : self::moment(time() - (int) $ago),
            ];
        }
        $core = (string) $health['versions']['core'];
        $checks[] = [
            'level' => 'info',
            'message' => "PHP {$health['versions']['php']}" . ($core === '' ? '' : ", Orderbridge $core"),
            'hint' => '',
        ];

        return $checks;
    }

    /** The webhook without its secret; '' when there is none. */
    private function webhook(): string
    {
        try {
            return $this->bridge->secrets()->portal()->masked();
        } catch (NotConnected) {
            return '';
        } catch (BridgeException) {
            return '***';
        }
    }

    private function portalAddress(): string
    {
        try {
            $portal = $this->bridge->secrets()->portal();

            return "{$portal->scheme}://{$portal->address}";
        } catch (BridgeException) {
            return '';
        }
    }

    private function text(string $key): string
    {
        $text = ($this->say)($key);

        return $text === $key ? '' : $text;
    }

    private static function moment(int $at): string
    {
        return date('d.m.Y H:i:s', $at);
    }
}
