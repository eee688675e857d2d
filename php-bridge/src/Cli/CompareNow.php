<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;
use Orderbridge\Link\Differences;

use function count;
use function hrtime;
use function preg_match;
use function str_pad;
use function usleep;

use const STR_PAD_LEFT;

/**
 * Compares orders and deals now, and with --repair has what differs mended. It works as any worker does meanwhile, so
 * what is mended has been sent when it ends.
 */
final class CompareNow implements Command
{
    private const LONGEST = 3600.0;
    private const STRETCH = 5.0;
    private const PAUSE_MICROSECONDS = 200_000;
    private const LISTED = 1000;

    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        [$from, $to] = [$arguments->value('from'), $arguments->value('to')];
        foreach ([$from, $to] as $day) {
            if ($day !== '' && preg_match('/^\d{4}-\d\d-\d\d$/D', $day) !== 1) {
                $output->complain($output->texts->say('not_understood', ['word' => $day]));

                return Application::USAGE;
            }
        }
        $order = $arguments->value('order');
        $bridge->compare($from, $to, $order);
        if (!$this->work($bridge, $output)) {
            return Application::FAILED;
        }
        $report = $bridge->compareReport(self::LISTED);
        if ($order !== '') {
            $report['list'] = $bridge->differences()->listed(1, $order);
        }
        $this->tell($report, $arguments->has('json'), $output);
        if ($arguments->has('repair')) {
            $count = $bridge->repair($order === '' ? null : $order);
            if (!$this->work($bridge, $output)) {
                return Application::FAILED;
            }
            $output->say('compare_repaired', ['count' => $count]);
        }

        return $report['list'] === [] ? Application::OK : Application::ATTENTION;
    }

    /** Works until it is done; false, with the reason told, when nobody may ask the portal. */
    private function work(Bridge $bridge, Output $output): bool
    {
        $end = hrtime(true) / 1e9 + self::LONGEST;
        do {
            $idle = $bridge->worker()->run(self::STRETCH, 'hand')->idle;
            $report = $bridge->compareReport(1);
            if ($report['running'] === null && !$report['asked']) {
                return true;
            }
            if ($idle !== '') {
                $reason = $bridge->health()['hold']['message'] ?? $idle;
                $output->complain($output->texts->say('compare_stuck', ['detail' => $reason]));

                return false;
            }
            // Another worker has the page, or the portal pauses for a moment.
            usleep(self::PAUSE_MICROSECONDS);
        } while (hrtime(true) / 1e9 < $end);
        $output->complain($output->texts->say('compare_stuck', ['detail' => 'time']));

        return false;
    }

    /** @param array<string, mixed> $report */
    private function tell(array $report, bool $json, Output $output): void
    {
        if ($json) {
            $output->json($report);

            return;
        }
        foreach ($report['counts'] as $kind => $count) {
            $output->line('  ' . str_pad((string) $count, 6, ' ', STR_PAD_LEFT) . '  ' . $output->texts->say($kind));
        }
        foreach ($report['list'] as $row) {
            $detail = (string) $row['detail'];
            $detail = $detail === Differences::UNKNOWN ? $output->texts->say($detail) : $detail;
            $row['detail'] = $detail === '' ? '' : ": $detail";
            $row['kind'] = $output->texts->say((string) $row['kind']);
            $row['deal_ids'] = $row['deal_ids'] === '' ? '-' : $row['deal_ids'];
            $output->say('compare_row', $row);
        }
        $output->say(count($report['list']) === 0 ? 'compare_equal' : 'compare_hint');
    }
}
