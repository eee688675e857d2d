<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;
use Story\Portal;
use Story\Wait;

/** Another version comes in place of the one that works: settings, bonds and what waits must be there afterwards. */
final class Update
{
    private const AWAY = ['faults' => [['kind' => 'html', 'status' => 504]]];
    private const SECONDS = 20;
    private const HELD_SECONDS = 120;

    private ?Bought $waits = null;

    public function __construct(
        private readonly Cms $cms,
        private readonly Portal $portal,
        private readonly Arrival $arrival,
        private readonly Follow $follow,
        private readonly Words $words,
    ) {
    }

    /** An order is bought while the portal is away, so that there is something to lose. */
    public function happens(Row $row, string $zip): void
    {
        $this->arrival->stages ?? throw new LeftOut();
        $this->portal->turn(self::AWAY);
        try {
            $order = $this->cms->buy('guest', Person::new('Анна', 'Петрова'));
            $before = Wait::until('the order waits', self::SECONDS, function (): ?array {
                $state = $this->state();

                return $state['waiting'] > 0 ? $state : null;
            });
            $this->cms->update($zip, $this->arrival->app());
            $after = $this->state();
        } finally {
            $this->portal->turn(['faults' => []]);
        }
        foreach ($before as $what => $value) {
            $after[$what] === $value || throw new RuntimeException($this->words->say('lost_by_update', [
                'what' => $what,
                'before' => (string) json_encode($value),
                'after' => (string) json_encode($after[$what]),
            ]));
        }
        $this->waits = $order;
        $row->note("№$order->id, links {$after['links']}");
    }

    /** What waited arrives, by the new version. */
    public function arrives(Row $row): Bought
    {
        $order = $this->waits ?? throw new LeftOut();
        $app = $this->arrival->app();
        // A portal that was away is left alone for a while.
        Wait::until('the portal may be asked', self::HELD_SECONDS, static fn (): bool
            => !($app->ask('health.read', ['days' => 1])['health']['hold']['active'] ?? false));
        $app->ask('orders.send', ['id' => $order->id]);
        $this->follow->arrives($row, $order);

        return $order;
    }

    /** @return array{settings: mixed, connection: mixed, endpoint: mixed, links: int, waiting: int} */
    private function state(): array
    {
        $open = $this->arrival->app()->ask('page.open');
        $counts = $open['counts'];

        return [
            'settings' => $open['settings']['document'],
            'connection' => $open['connection']['state'],
            'endpoint' => $open['urls']['endpoint'],
            'links' => (int) $counts['links'],
            'waiting' => $counts['ready'] + $counts['leased'] + $counts['waiting'],
        ];
    }
}
