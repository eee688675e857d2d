<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Closure;
use Orderbridge\Outbox\Leases;
use Orderbridge\Settings\Locks;
use Orderbridge\Settings\PortalHold;
use Orderbridge\Settings\Settings;

use function function_exists;
use function ignore_user_abort;
use function session_status;
use function session_write_close;
use function set_time_limit;

use const PHP_SESSION_ACTIVE;

/**
 * Works on after the response has gone to the buyer. In at most one process of the web server at a time, for some
 * seconds, and not at all while the portal is left alone: a hanging portal must not eat the shop's processes.
 */
final class Kick
{
    public const NAME = 'kick';
    /** Beyond its seconds, for the last request and the settling. */
    private const SLACK = 15;

    private bool $wanted = false;

    /**
     * @param Closure(): Worker $worker made only when there is something to do
     * @param Closure(): void|null $finishRequest
     */
    public function __construct(
        private readonly Closure $worker,
        private readonly Settings $settings,
        private readonly PortalHold $hold,
        private readonly Locks $locks,
        private readonly Leases $leases,
        private readonly float $seconds,
        private readonly ?Closure $finishRequest,
    ) {
    }

    /** This request has brought something. */
    public function want(): void
    {
        $this->wanted = true;
    }

    /** @return Report|null null: it was not for us to work */
    public function run(): ?Report
    {
        if (!$this->wanted || !$this->finish()) {
            return null;
        }
        $this->wanted = false;
        $deadline = Deadline::hard($this->seconds);
        $report = null;
        do {
            $this->settings->refresh();
            $mark = $this->hold->isActive() ? null : $this->locks->take(self::NAME, (int) $this->seconds + self::SLACK);
            if ($mark === null) {
                return $report;
            }
            try {
                $report = ($this->worker)()->until($deadline, self::NAME);
            } finally {
                $this->locks->giveBack(self::NAME, $mark);
            }
            // Somebody who came while we held the lock has gone away again, trusting us.
        } while ($report->idle === '' && $deadline->forRequest() !== null && $this->leases->due());

        return $report;
    }

    /** @return bool whether the response has gone; where the server cannot do that, cron has to do the work */
    private function finish(): bool
    {
        if ($this->finishRequest === null && !function_exists('fastcgi_finish_request')) {
            return false;
        }
        ignore_user_abort(true);
        if (session_status() === PHP_SESSION_ACTIVE) {
            // The buyer's next page would wait for the session.
            session_write_close();
        }
        $this->finishRequest === null ? fastcgi_finish_request() : ($this->finishRequest)();
        @set_time_limit((int) $this->seconds + self::SLACK);

        return true;
    }
}
