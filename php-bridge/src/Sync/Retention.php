<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Inbox\Inbox;
use Orderbridge\Journal;
use Orderbridge\Link\Differences;
use Orderbridge\Link\Draws;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Settings\Preferences;
use Orderbridge\Settings\Settings;
use Orderbridge\Store\Tables;
use Orderbridge\Text\Texts;

use function count;
use function min;

/**
 * Takes away what has been kept long enough, once a day and in portions, each a statement of its own: a large table
 * must not be locked for long, and orders must not wait. Links of orders and deals are kept as long as the module is.
 */
final class Retention
{
    /** Hints that nobody has read: switched off, or no worker. */
    private const INBOX_DAYS = 30;
    /** Dead jobs that nobody has decided on. */
    private const DEAD_DAYS = 90;
    /** An order that has not become a deal by then is dead, and draws again when a person sends it again. */
    private const DRAWS_DAYS = 30;
    /** Marks of workers that were killed; the living renew theirs every minute. */
    private const BUSY_SECONDS = 3600;

    private const DAY = 86400;
    private const SOON = 60;
    private const SECONDS = 2.0;
    private const NAME = 'trim';

    public function __construct(
        private readonly Settings $settings,
        private readonly Journal $journal,
        private readonly Inbox $inbox,
        private readonly Outbox $outbox,
        private readonly Draws $draws,
        private readonly Differences $differences,
        private readonly Tables $tables,
        private readonly Texts $texts,
        private readonly Preferences $preferences,
        private readonly Pace $pace,
        private readonly int $portion = 500,
    ) {
    }

    /** For a moment, when it is time; what is left over is taken a minute later. */
    public function run(Deadline $deadline): void
    {
        if (!$this->settings->isDue(self::NAME, self::DAY)) {
            return;
        }
        $this->settings->setDue(self::NAME, self::DAY);
        $end = Deadline::in(min(self::SECONDS, $deadline->left()));
        $portions = [
            fn (): int => $this->journal->trim($this->preferences->keepJournalDays(), $this->portion),
            fn (): int => $this->inbox->trim(self::INBOX_DAYS, $this->portion),
            fn (): int => $this->draws->trim(self::DRAWS_DAYS, $this->portion),
            $this->dead(...),
        ];
        foreach ($portions as $take) {
            while (Tables::insist($take) >= $this->portion) {
                if ($end->passed()) {
                    $this->settings->setDue(self::NAME, self::SOON);

                    return;
                }
            }
        }
        $this->differences->trim($this->preferences->keepJournalDays());
        $this->pace->trim();
        $this->tables->execute('DELETE FROM {busy} WHERE until < {now} - ?', [self::BUSY_SECONDS]);
    }

    /** The journal keeps that they were there, as long as it keeps anything. */
    private function dead(): int
    {
        return $this->tables->together(function (): int {
            $gone = $this->outbox->removeDead(self::DEAD_DAYS, $this->portion);
            foreach ($gone as $job) {
                $reason = $this->texts->reason('dead_removed', [
                    'order' => $job['order_id'],
                    'days' => self::DEAD_DAYS,
                    'code' => $job['code'],
                ]);
                $this->journal->write([
                    'level' => 'warning',
                    'code' => $reason->code,
                    'order_id' => $job['order_id'],
                    'message' => $reason->message,
                    'hint' => $reason->hint,
                ]);
            }

            return count($gone);
        });
    }
}
