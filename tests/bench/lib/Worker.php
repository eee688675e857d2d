<?php

declare(strict_types=1);

namespace Bench;

use RuntimeException;
use Story\Process;

/** A worker in a process of its own, as cron starts one. */
final class Worker
{
    private const JIT = ['opcache.enable_cli=1', 'opcache.jit=tracing', 'opcache.jit_buffer_size=64M'];

    /** Ways to run one: PHP's settings, and the engine. */
    public const KINDS = [
        'compiled' => [[], 'compiled'],
        'compiled, JIT' => [self::JIT, 'compiled'],
        'node' => [[], 'node'],
    ];

    public function __construct(private readonly Stand $stand)
    {
    }

    /**
     * @param array{list<string>, string} $how
     * @return array{seconds: float, cpu_ms: float, done: int, peak_mb: float} the time from its first line to its last
     */
    public function run(array $how): array
    {
        $settings = array_merge(...array_map(static fn (string $one): array => ['-d', $one], $how[0]));
        $ran = Process::run(
            [PHP_BINARY, ...$settings, 'tests/bench/worker'],
            $this->stand->environment + ['ENGINE' => $how[1]],
        );
        $said = json_decode(trim((string) strrchr("\n" . trim($ran['output']), "\n")), true);
        if ($ran['code'] !== 0 || !is_array($said)) {
            throw new RuntimeException("the worker failed: {$ran['output']}");
        }

        return $said;
    }
}
