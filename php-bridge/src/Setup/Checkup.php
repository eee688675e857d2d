<?php

declare(strict_types=1);

namespace Orderbridge\Setup;

use Orderbridge\Exception\BridgeException;
use Orderbridge\Log\Words;
use Orderbridge\Text\Texts;
use Orderbridge\Wiring;
use Throwable;

use function array_filter;
use function array_map;
use function extension_loaded;
use function implode;
use function in_array;
use function intdiv;
use function version_compare;

use const PHP_INT_SIZE;
use const PHP_VERSION;

/** Looks at everything that has to hold, in the order in which it has to be mended, and says what to do. */
final class Checkup
{
    private const PHP = '8.1.0';
    private const EXTENSIONS = ['pdo', 'curl', 'json', 'mbstring', 'openssl'];

    /** Alerts that have a finding of their own here. */
    private const LOOKED_AT = [
        'tables_missing', 'engine_stopped', 'not_connected', 'webhook_unreadable', 'cron_missing',
    ];

    private readonly Texts $texts;

    public function __construct(private readonly Wiring $wiring)
    {
        $this->texts = $wiring->texts();
    }

    /** @return list<Finding> */
    public function run(): array
    {
        $findings = $this->machine();
        $engine = $this->engine();
        $findings[] = $engine;
        $tables = $this->tables();
        $findings[] = $tables;
        if ($tables->level !== Finding::OK) {
            return $findings;
        }
        if ($engine->level !== Finding::ERROR) {
            $findings = [...$findings, ...$this->settings(), ...$this->portal()];
        }

        return [...$findings, ...$this->life()];
    }

    /** @return list<Finding> */
    private function machine(): array
    {
        $missing = array_filter(self::EXTENSIONS, static fn (string $name): bool => !extension_loaded($name));

        return [
            $this->finding(
                version_compare(PHP_VERSION, self::PHP, '>=') && PHP_INT_SIZE === 8,
                'php_fits',
                'php_too_old',
                ['version' => PHP_VERSION, 'bits' => PHP_INT_SIZE * 8],
            ),
            $this->finding(
                $missing === [],
                'extensions_fit',
                'extensions_missing',
                ['names' => implode(', ', $missing)],
            ),
        ];
    }

    private function engine(): Finding
    {
        try {
            $version = (string) ($this->wiring->core()->ask('core.describe', [])['version'] ?? '');
            $name = $this->wiring->engine()->name();
            $problem = $this->wiring->engineProblem();

            return $this->finding(
                $problem === null,
                'engine_runs',
                'engine_wrong',
                ['name' => $name, 'version' => $version, 'detail' => (string) $problem],
            );
        } catch (Throwable $failure) {
            return $this->error('engine_broken', ['detail' => Words::of($failure)]);
        }
    }

    private function tables(): Finding
    {
        try {
            return $this->finding($this->wiring->migrations()->complete(), 'tables_fine', 'tables_missing');
        } catch (BridgeException $failure) {
            return $this->error('database_broken', ['detail' => $failure->getMessage()]);
        }
    }

    /** @return list<Finding> */
    private function settings(): array
    {
        $setup = $this->wiring->setup();
        $answer = $setup->check($setup->document());
        $findings = array_map(static function (mixed $problem): Finding {
            $problem = (array) $problem;

            return new Finding(
                ($problem['level'] ?? '') === 'warning' ? Finding::WARNING : Finding::ERROR,
                (string) ($problem['code'] ?? ''),
                (string) ($problem['message'] ?? ''),
                (string) ($problem['hint'] ?? ''),
            );
        }, (array) ($answer['problems'] ?? []));

        return $findings === [] ? [$this->ok('settings_fine')] : $findings;
    }

    /** @return list<Finding> */
    private function portal(): array
    {
        if (!$this->wiring->secrets()->isConnected()) {
            return [$this->error('not_connected')];
        }
        try {
            $result = $this->wiring->setup()->preflight();
            $webhook = $this->wiring->secrets()->portal()->masked();
        } catch (BridgeException $failure) {
            return [$this->error('webhook_unreadable', ['detail' => $failure->getMessage()])];
        }
        $findings = $result['ok'] ? [$this->ok('portal_answers', ['webhook' => $webhook])] : [];
        foreach ((array) ($result['points'] ?? []) as $point) {
            $point = (array) $point;
            $findings[] = new Finding(
                (string) ($point['level'] ?? Finding::ERROR),
                (string) ($point['code'] ?? ''),
                (string) ($point['message'] ?? ''),
                (string) ($point['hint'] ?? ''),
            );
        }

        return $findings;
    }

    /** @return list<Finding> */
    private function life(): array
    {
        $health = $this->wiring->health()->toArray();
        $findings = [
            $this->finding($health['cron_seen'], 'cron_seen', 'cron_missing'),
            $this->seen('poll', $health['ago']['poll'], 3 * $this->wiring->preferences()->pollEvery() + 60),
        ];
        $findings[] = $health['ago']['event'] === null
            ? $this->warning('events_never')
            : $this->ok('events_seen', ['minutes' => intdiv($health['ago']['event'], 60)]);
        $findings[] = $health['secrets_sealed'] ? $this->ok('secrets_sealed') : $this->warning('secrets_open');
        foreach ($health['alerts'] as $alert) {
            if (!in_array($alert['code'], self::LOOKED_AT, true)) {
                // An order that waits is no fault of the installation.
                $findings[] = new Finding(Finding::WARNING, $alert['code'], $alert['message'], $alert['hint']);
            }
        }

        return $findings;
    }

    private function seen(string $what, ?int $ago, int $limit): Finding
    {
        if ($ago === null) {
            return $this->warning($what . '_never');
        }

        return $ago <= $limit
            ? $this->ok($what . '_seen', ['seconds' => $ago])
            : $this->warning($what . '_old', ['minutes' => intdiv($ago, 60)]);
    }

    /** @param array<string, string|int> $values */
    private function finding(bool $fine, string $good, string $bad, array $values = []): Finding
    {
        return $fine ? $this->ok($good, $values) : $this->error($bad, $values);
    }

    /** @param array<string, string|int> $values */
    private function ok(string $code, array $values = []): Finding
    {
        return new Finding(Finding::OK, $code, $this->texts->say($code, $values));
    }

    /** @param array<string, string|int> $values */
    private function warning(string $code, array $values = []): Finding
    {
        return $this->bad(Finding::WARNING, $code, $values);
    }

    /** @param array<string, string|int> $values */
    private function error(string $code, array $values = []): Finding
    {
        return $this->bad(Finding::ERROR, $code, $values);
    }

    /** @param array<string, string|int> $values */
    private function bad(string $level, string $code, array $values): Finding
    {
        return new Finding($level, $code, $this->texts->say($code, $values), $this->texts->hint($code, $values));
    }
}
