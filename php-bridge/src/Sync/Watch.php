<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Journal;
use Orderbridge\Log\Log;
use Orderbridge\Settings\Settings;
use Orderbridge\Settings\Told;
use Orderbridge\Setup\Finding;
use Orderbridge\Setup\Health;
use Orderbridge\Setup\Owner;
use Orderbridge\Text\Texts;

use function array_filter;
use function array_map;
use function array_values;
use function implode;
use function in_array;
use function ucfirst;

/**
 * Tells the shop's owner what needs him: each alert once a day, and once that all is well again. Looks as part of a
 * worker's run; where nobody runs a worker at all, only the admin page and the monitor's address can say so.
 */
final class Watch
{
    private const EVERY = 60;
    /** He has only just connected the portal, and may be about to set cron up. */
    private const GRACE = 3600;
    /** What goes by itself, or what he himself has not finished yet: shown, not told. */
    private const SHOWN = ['not_connected', 'portal_held', 'tables_missing'];
    private const OVER = 'alerts_over';

    public function __construct(
        private readonly Health $health,
        private readonly Settings $settings,
        private readonly Told $told,
        private readonly Journal $journal,
        private readonly Log $log,
        private readonly Texts $texts,
        private readonly Owner $owner,
    ) {
    }

    /** Asks for nothing but the time, unless it is time. */
    public function look(): void
    {
        if (!$this->settings->isDue('alerts', self::EVERY)) {
            return;
        }
        $this->settings->setDue('alerts', self::EVERY);
        $alerts = $this->worthTelling($this->health->alerts());
        if ($alerts === []) {
            $this->over($this->told->clear());

            return;
        }
        $this->tell(array_values(array_filter(
            $alerts,
            fn (Finding $alert): bool => $this->told->claim($alert->code),
        )));
    }

    /**
     * @param list<Finding> $alerts
     * @return list<Finding>
     */
    private function worthTelling(array $alerts): array
    {
        $codes = array_map(static fn (Finding $alert): string => $alert->code, $alerts);
        $connected = $this->settings->ago('connected');
        $begins = in_array('not_connected', $codes, true) || ($connected !== null && $connected < self::GRACE);

        return array_values(array_filter(
            $alerts,
            static fn (Finding $alert): bool => !in_array($alert->code, self::SHOWN, true)
                && !($begins && $alert->code === 'cron_missing'),
        ));
    }

    /** @param list<Finding> $alerts */
    private function tell(array $alerts): void
    {
        if ($alerts === []) {
            return;
        }
        foreach ($alerts as $alert) {
            $this->log->log($alert->level, $alert->message);
            $this->journal->write([
                'level' => $alert->level,
                'code' => $alert->code,
                'message' => ucfirst($alert->message),
                'hint' => $alert->hint,
            ]);
        }
        $list = implode("\n\n", array_map(
            static fn (Finding $alert): string => "— $alert->message\n  → $alert->hint",
            $alerts,
        ));
        $text = $this->texts->say('alert_text', ['list' => $list]);
        if (!$this->owner->tell($this->texts->say('alert_subject'), $text)) {
            foreach ($alerts as $alert) {
                $this->told->failed($alert->code);
            }
        }
    }

    /** @param list<string> $codes alerts that he knows of */
    private function over(array $codes): void
    {
        if ($codes === []) {
            return;
        }
        $names = implode("\n", array_map(fn (string $code): string => '— ' . $this->texts->say("over_$code"), $codes));
        $message = $this->texts->say(self::OVER);
        $this->journal->write(['level' => 'info', 'code' => self::OVER, 'message' => $message]);
        $this->owner->tell($message, $this->texts->say('alerts_over_text', ['list' => $names]));
    }
}
