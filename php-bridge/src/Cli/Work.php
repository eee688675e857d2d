<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;
use Orderbridge\Log\Words;
use Orderbridge\Sync\Report;
use Throwable;

use function function_exists;
use function hrtime;
use function is_numeric;
use function json_encode;
use function max;
use function pcntl_async_signals;
use function pcntl_signal;
use function usleep;

use const JSON_UNESCAPED_UNICODE;

/**
 * Runs a worker: once until nothing is left (at most 50 seconds, so that the next cron finds the place free), for so
 * many seconds, or as a daemon until it is told to stop.
 */
final class Work implements Command
{
    private const ONCE = 50.0;
    private const STRETCH = 30.0;
    private const PAUSE_MICROSECONDS = 500_000;
    private const AFTER_FAILURE = 10;

    private bool $stopped = false;

    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        if ($arguments->has('daemon')) {
            $this->forEver($bridge, $output);

            return Application::OK;
        }
        if ($arguments->has('for')) {
            if (!is_numeric($arguments->value('for'))) {
                $output->complain($output->texts->say('not_understood', ['word' => $arguments->value('for')]));

                return Application::USAGE;
            }
            $this->stretch($bridge, $output, max(1.0, (float) $arguments->value('for')));

            return Application::OK;
        }
        $this->tell($output, $bridge->worker()->run(self::ONCE, 'cron'));

        return Application::OK;
    }

    /** Works and waits for work until the time is up: for a cron that starts this every minute. */
    private function stretch(Bridge $bridge, Output $output, float $seconds): void
    {
        $end = hrtime(true) / 1e9 + $seconds;
        while (($left = $end - hrtime(true) / 1e9) > 0) {
            $this->tell($output, $bridge->worker()->run($left, 'cron'));
            usleep(self::PAUSE_MICROSECONDS);
        }
    }

    private function forEver(Bridge $bridge, Output $output): void
    {
        $this->listen();
        while (!$this->stopped) {
            try {
                $this->tell($output, $bridge->worker()->run(self::STRETCH, 'daemon'));
                usleep(self::PAUSE_MICROSECONDS);
            } catch (Throwable $failure) {
                // A database that restarts must not end a daemon.
                $output->complain(Words::of($failure));
                $this->rest();
            }
        }
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

    private function rest(): void
    {
        for ($second = 0; $second < self::AFTER_FAILURE && !$this->stopped; $second++) {
            usleep(1_000_000);
        }
    }

    private function tell(Output $output, Report $report): void
    {
        if (!$report->isEmpty()) {
            $output->line((string) json_encode($report->toArray(), JSON_UNESCAPED_UNICODE));
        }
    }
}
