<?php

declare(strict_types=1);

namespace Orderbridge\Monitor;

use Orderbridge\Log\Log;
use Orderbridge\Log\Words;
use Orderbridge\Settings\Secrets;
use Orderbridge\Setup\Finding;
use Orderbridge\Setup\Health;
use Throwable;

use function in_array;
use function is_string;
use function json_encode;
use function strtoupper;

use const JSON_THROW_ON_ERROR;

/**
 * The door for a monitor of uptimes: 200 while the exchange works, 503 when it needs somebody, so that nothing has to
 * be read out of the answer. Where no worker runs any more, nobody else can call for help.
 *
 * A secret of its own: whoever looks after the server need not be able to pretend that a deal has moved. To one who
 * does not have it there is no such address.
 */
final class Monitor
{
    /** Name of the secret in the address. */
    public const SECRET = 'key';

    public function __construct(
        private readonly Secrets $secrets,
        private readonly Health $health,
        private readonly Log $log,
    ) {
    }

    /** @param array<mixed> $query */
    public function handle(string $method, array $query): Answer
    {
        if (!in_array(strtoupper($method), ['GET', 'HEAD'], true)) {
            return new Answer(405);
        }
        $given = $query[self::SECRET] ?? '';
        try {
            if (!is_string($given) || !$this->secrets->isMonitor($given)) {
                return new Answer(404);
            }
            $health = $this->health->toMonitor();

            return new Answer(
                $health['level'] === Finding::ERROR ? 503 : 200,
                json_encode($health, JSON_THROW_ON_ERROR),
            );
        } catch (Throwable $failure) {
            // No database, no tables, another key: bad news whoever asks, and no more than that.
            $this->log->log('error', 'the monitor could not be answered: ' . Words::of($failure));

            return new Answer(503);
        }
    }
}
