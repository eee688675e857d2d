<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use InvalidArgumentException;
use Orderbridge\Bridge;
use Orderbridge\Exception\BackfillRefused;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Sync\BackfillRun;
use Orderbridge\Sync\Deadline;

use function function_exists;
use function in_array;
use function intdiv;
use function max;
use function pcntl_async_signals;
use function pcntl_signal;
use function usleep;

use const SIGINT;
use const SIGTERM;

/**
 * Sends the orders that the shop had before, halts that, says how far it is. The usual workers do the work; with
 * --wait this process does it too, and shows how it gets on until it is over.
 */
final class SendBackfill implements Command
{
    private const TURN = 600.0;
    /** When there was nothing to do for now. */
    private const PAUSE_MICROSECONDS = 500_000;
    private const RANGE = ['from' => 'from', 'to' => 'to', 'from_id' => 'from-id', 'to_id' => 'to-id'];

    private bool $stopped = false;
    /** @var array<string, mixed> */
    private array $status = [];
    private string $said = '';

    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        try {
            $status = $this->act($bridge, $arguments);
        } catch (InvalidArgumentException $wrong) {
            $output->complain($output->texts->say('backfill_range', ['detail' => $wrong->getMessage()]));

            return Application::USAGE;
        } catch (BackfillRefused $refusal) {
            $output->complain($output->texts->say($refusal->reason));
            $output->complain('→ ' . $output->texts->hint($refusal->reason));

            return Application::ATTENTION;
        }
        if ($status === null) {
            $output->complain($output->texts->say('backfill_what'));

            return Application::USAGE;
        }
        if ($arguments->has('wait')) {
            $status = $this->wait($bridge, $output);
        }
        if ($arguments->has('json')) {
            $output->json($status);
        } else {
            $this->show($status, $output);
        }

        return ($status['failed'] ?? 0) > 0 || ($status['held']['stopped'] ?? false)
            ? Application::ATTENTION
            : Application::OK;
    }

    /** @return array<string, mixed>|null null: it was not said what to do */
    private function act(Bridge $bridge, Arguments $arguments): ?array
    {
        $words = [];
        foreach (self::RANGE as $name => $option) {
            $words[$name] = $arguments->value($option);
        }
        $ranged = $words !== ['from' => '', 'to' => '', 'from_id' => '', 'to_id' => ''] || $arguments->has('all');
        $backfill = $bridge->backfill();

        return match ($arguments->operands[0] ?? ($ranged ? 'start' : '')) {
            'start' => $ranged
                ? $backfill->start(OrderRange::of($words, $bridge->shop()->now()->getTimezone()))
                : null,
            'pause' => $backfill->pause(),
            'resume' => $backfill->resume(),
            'cancel' => $backfill->cancel(),
            'status' => $backfill->status(),
            default => null,
        };
    }

    /**
     * Until it has ended, was halted, or cannot go on without a person.
     *
     * @return array<string, mixed>
     */
    private function wait(Bridge $bridge, Output $output): array
    {
        $this->listen();
        $look = function () use ($bridge, $output): bool {
            $this->status = $bridge->backfill()->status();
            $this->show($this->status, $output);

            return $this->status['state'] === BackfillRun::RUNNING
                && !($this->status['held']['stopped'] ?? false)
                && !$this->stopped;
        };
        while ($look()) {
            $report = $bridge->worker()->until(Deadline::in(self::TURN), 'backfill', $look);
            if (in_array($report->idle, ['engine', 'not_connected', 'no_settings'], true)) {
                $output->say('backfill_idle');
                break;
            }
            if ($report->isEmpty()) {
                usleep(self::PAUSE_MICROSECONDS);
            }
        }

        return $this->status;
    }

    private function listen(): void
    {
        if (!function_exists('pcntl_signal')) {
            return;
        }
        pcntl_async_signals(true);
        foreach ([SIGTERM, SIGINT] as $signal) {
            pcntl_signal($signal, function (): void {
                $this->stopped = true;
            });
        }
    }

    /**
     * Nothing is said twice in a row.
     *
     * @param array<string, mixed> $status
     */
    private function show(array $status, Output $output): void
    {
        $texts = $output->texts;
        $line = $texts->say('backfill_state_' . $status['state']);
        if ($status['state'] !== 'none') {
            $line .= $texts->say('backfill_progress', [
                'done' => $status['done'],
                'total' => $status['total'],
                'percent' => intdiv(100 * $status['done'], max(1, $status['total'])),
                'failed' => $status['failed'],
                'retrying' => $status['retrying'],
            ]);
            $line .= $status['rate'] === null ? '' : $texts->say('backfill_rate', [
                'rate' => (string) $status['rate'],
                'time' => self::time($status['remaining']),
            ]);
            $line .= ($status['held'] ?? null) === null ? '' : "\n  !  {$status['held']['message']}";
        }
        if ($line !== $this->said) {
            $output->line($line);
            $this->said = $line;
        }
    }

    private static function time(int $seconds): string
    {
        return match (true) {
            $seconds < 120 => "$seconds s",
            $seconds < 7200 => intdiv($seconds, 60) . ' min',
            default => intdiv($seconds, 3600) . ' h ' . intdiv($seconds % 3600, 60) . ' min',
        };
    }
}
