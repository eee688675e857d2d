<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;
use Story\SettingsApp;
use Story\Wait;

/** Waits for what must come about by itself; where it does not, presses «Run now» on the settings page and counts it. */
final class Watch
{
    private const BY_ITSELF = 25;
    private const SOON = 4;

    public int $pressed = 0;

    public function __construct(private readonly SettingsApp $app, private readonly Words $words)
    {
    }

    /**
     * @template T
     * @param callable(): (T|null) $look
     * @return T
     */
    public function until(Row $row, string $what, callable $look): mixed
    {
        try {
            return Wait::until($what, $this->pressed > 0 ? self::SOON : self::BY_ITSELF, $look);
        } catch (RuntimeException) {
            $this->pressed++;
            $row->note($this->words->say('run_now'));
            $this->app->ask('work.run');

            return Wait::until($what, self::SOON, $look);
        }
    }

    /** Until the module has nothing to do; an order that needs a person is a failure. */
    public function settled(Row $row): void
    {
        $jobs = $this->until($row, 'the queue is empty', function (): ?array {
            $jobs = $this->app->ask('health.read', ['days' => 1])['health']['jobs'];

            return $jobs['ready'] + $jobs['leased'] + $jobs['waiting'] === 0 ? $jobs : null;
        });
        if ((int) $jobs['dead'] > 0) {
            throw new RuntimeException($this->words->say('dead', ['count' => (string) $jobs['dead']]));
        }
    }
}
