<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;
use Story\Portal;
use Story\SettingsApp;
use Story\Wait;

/** The acceptance test, step by step: installed, set up, bought, edited, moved, taken away. */
final class Play
{
    /** What must come about, comes about within so many seconds by itself. */
    private const BY_ITSELF = 25;
    private const SOON = 4;

    private readonly Deals $deals;
    private ?SettingsApp $app = null;
    private ?Stages $stages = null;
    /** @var array<string, Bought> orders by how they came about */
    private array $orders = [];
    private int $byHand = 0;

    public function __construct(
        private readonly Cms $cms,
        private readonly Portal $portal,
        private readonly Table $table,
        private readonly Words $words,
        private readonly ?Letters $letters,
        private readonly bool $handAllowed,
    ) {
        $this->deals = new Deals($portal);
    }

    public function run(string $zip): void
    {
        $this->install($zip);
        $this->setUp();
        foreach ($this->cms->ways() as $way) {
            $this->buy($way);
        }
        $this->byOwner();
        $this->move();
        $this->lose();
        $this->inTheEnd();
    }

    private function install(string $zip): void
    {
        $at = 0;
        $after = static function (int $steps) use (&$at): void {
            $at >= $steps || throw new LeftOut();
        };
        $this->step('sign_in', function (Row $row) use (&$at): void {
            $row->note($this->cms->signIn());
            $at = 1;
        });
        $this->step('upload', function (Row $row) use ($zip, $after, &$at): void {
            $after(1);
            $row->note(sprintf('%s, %d KB', basename($zip), (int) (filesize($zip) / 1000)));
            $this->cms->upload($zip);
            $at = 2;
        });
        $this->step('activate', function () use ($after, &$at): void {
            $after(2);
            $this->cms->activate();
            $at = 3;
        });
        $this->step('page', function (Row $row) use ($after): void {
            $after(3);
            $app = new SettingsApp($this->cms->admin, $this->cms->settingsPage());
            $wasm = $this->cms->admin->open($app->config()['wasm']);
            if ($wasm->status !== 200 || !str_starts_with($wasm->body, "\0asm")) {
                throw new RuntimeException("$wasm->url: $wasm->status");
            }
            foreach ($app->ask('page.open')['versions'] as $name => $value) {
                $row->note("$name " . (is_scalar($value) ? $value : ($value['version'] ?? json_encode($value))));
            }
            $this->app = $app;
        });
    }

    private function setUp(): void
    {
        $this->step('connect', function (Row $row): void {
            $tested = $this->app()->ask('connection.test', ['webhook' => $this->portal->webhook, 'another' => true]);
            $row->note($this->portal->url);
            if (!$tested['ok']) {
                $bad = array_filter($tested['points'], static fn (array $point): bool => $point['level'] !== 'ok');
                throw new RuntimeException(implode(' ', array_map(
                    static fn (array $point): string => "{$point['message']} {$point['hint']}",
                    $bad,
                )));
            }
        });
        $this->step('provision', function (Row $row): void {
            $made = $this->app()->ask('provision.run', ['consent' => ['create', 'change']]);
            $row->note($this->words->say('things', ['count' => (string) count($made['plan'])]));
            $made['complete'] || throw new RuntimeException((string) json_encode($made, JSON_UNESCAPED_UNICODE));
        });
        $this->step('statuses', function (Row $row): void {
            $this->app()->edit(static function (array $settings): array {
                foreach (array_keys($settings['statuses']['from_stage']) as $at) {
                    $settings['statuses']['from_stage'][$at]['comment'] = 'Bitrix24, {deal.id}: {stage.name}';
                    // One of them tells the buyer, the others must not.
                    $settings['statuses']['from_stage'][$at]['notify'] = $at === 1;
                }

                return $settings;
            });
            $this->stages = new Stages($this->app());
            $this->portal->tell($this->app()->ask('page.open')['urls']['endpoint'], ['ONCRMDEALUPDATE', 'ONCRMDEALADD']);
            $row->note($this->stages->told());
        });
    }

    /** Somebody buys, and a deal comes of it. */
    private function buy(string $way): void
    {
        $this->step("buy_$way", function (Row $row) use ($way): void {
            $this->stages();
            $this->orders[$way] = $this->cms->buy($way, Person::new('Анна', "О'Нил & Ко"));
            $row->seconds = $this->orders[$way]->seconds;
            $row->note("№{$this->orders[$way]->id}");
        });
        $this->step("deal_$way", fn (Row $row) => $this->arrives($row, $this->order($way)));
    }

    /** The owner enters an order, changes it, and cancels it. */
    private function byOwner(): void
    {
        $this->step('create', function (Row $row): void {
            $this->stages();
            $this->orders['owner'] = $this->cms->create(Person::new('Иван', 'Петров'));
            $row->note("№{$this->orders['owner']->id}");
        });
        $this->step('deal_owner', fn (Row $row) => $this->arrives($row, $this->order('owner')));
        $this->step('edit', function (Row $row): void {
            $order = $this->order('owner');
            $before = $this->deals->of($order) ?? throw new LeftOut();
            $this->cms->edit($order->id);
            $seen = $this->cms->see($order->id);
            if ($seen->comesTo((string) $before['OPPORTUNITY'])) {
                throw new RuntimeException("{$seen->total} = {$before['OPPORTUNITY']}");
            }
            $deal = $this->until($row, 'the deal follows the edit', function () use ($order, $before): ?array {
                $deal = $this->deals->of($order);

                return $deal !== null && $deal['OPPORTUNITY'] != $before['OPPORTUNITY'] ? $deal : null;
            });
            $this->deals->compare($deal, $order, $seen);
            $row->note("{$before['OPPORTUNITY']} → {$deal['OPPORTUNITY']}");
            if ($this->cms->see($order->id)->status !== $seen->status) {
                throw new RuntimeException($this->words->say('status_changed'));
            }
        });
        $this->step('cancel', function (Row $row): void {
            $order = $this->order('owner');
            $this->cms->setStatus($order->id, $this->stages()->cancelled());
            $this->followed($row, $order, $this->stages()->cancelled());
        });
    }

    /** The manager drags the guest's card through all stages. */
    private function move(): void
    {
        foreach ($this->stages?->way() ?? [] as $stage) {
            $this->stage($stage, 'guest');
        }
    }

    /** Each stage of loss has an order of its own: from a lost one nothing leads on. */
    private function lose(): void
    {
        $ways = array_diff($this->cms->ways(), ['guest']);
        foreach ($this->stages?->lost() ?? [] as $stage) {
            $way = array_shift($ways) ?? "guest_$stage[id]";
            $this->stage($stage, $way);
        }
    }

    /** @param array{id: string, name: string, semantics: string} $stage */
    private function stage(array $stage, string $way): void
    {
        $stages = $this->stages();
        $status = $stages->status($stage);
        $values = ['stage' => $stage['name'], 'status' => $stages->name($status)];
        $name = $this->words->say($status === '' ? 'stage_alone' : 'stage', $values);
        $this->table->step($name, function (Row $row) use ($stage, $way, $status): void {
            if (str_starts_with($way, 'guest_')) {
                $this->orders[$way] = $this->cms->buy('guest', Person::new('Анна', 'Петрова'));
            }
            $order = $this->order($way);
            $deal = $this->until($row, 'the order becomes a deal', fn (): ?array => $this->deals->of($order));
            $before = $this->cms->see($order->id);
            $letters = $this->letters?->to($order->person->email) ?? 0;
            $this->portal->move((string) $deal['ID'], $stage['id']);
            if ($status === '') {
                $this->untouched($row, $order, $before);

                return;
            }
            $seen = $this->until($row, "the order becomes $status", function () use ($order, $status): ?Seen {
                $seen = $this->cms->see($order->id);

                return $seen->status === $status ? $seen : null;
            });
            if ($before->status !== $status && count($seen->history) <= count($before->history)) {
                throw new RuntimeException($this->words->say('no_history'));
            }
            $this->mailed($row, $order, $letters, $stage, $before->status !== $status);
        });
    }

    /** @param array{id: string, name: string, semantics: string} $stage */
    private function mailed(Row $row, Bought $order, int $before, array $stage, bool $moved): void
    {
        if ($this->letters === null || !$moved) {
            return;
        }
        $told = $this->stages()->notifies($stage);
        $told && Wait::until('a letter to the buyer', 15, fn (): bool => $this->letters->to($order->person->email) > $before);
        $more = $this->letters->to($order->person->email) - $before;
        if (!$told && $more > 0) {
            throw new RuntimeException($this->words->say('unwanted_letter'));
        }
        $row->note($this->words->say($told ? 'letter' : 'no_letter'));
    }

    private function untouched(Row $row, Bought $order, Seen $before): void
    {
        $this->settled($row);
        if ($this->cms->see($order->id)->status !== $before->status) {
            throw new RuntimeException($this->words->say('status_changed'));
        }
    }

    private function inTheEnd(): void
    {
        $this->step('settled', function (Row $row): void {
            $this->stages();
            $this->settled($row);
            foreach ($this->orders as $order) {
                $deals = $this->deals->all($order);
                count($deals) === 1 || throw new RuntimeException("№$order->id: " . count($deals));
            }
        });
        $this->step('ledger', function (Row $row): void {
            $rows = $this->app()->ask('orders.list', ['filter' => 'all', 'limit' => 50])['rows'];
            $states = array_column($rows, 'state');
            foreach ($this->orders as $order) {
                $of = array_values(array_filter($rows, static fn (array $row): bool => $row['order']['id'] === $order->id));
                ($of[0]['state'] ?? '') === 'synced' || throw new RuntimeException("№$order->id: " . json_encode($of));
            }
            $row->note($this->words->say('rows', ['count' => (string) count($states)]));
        });
        $this->letters === null || $this->step('mail', function (Row $row): void {
            foreach ($this->cms->ways() as $way) {
                $order = $this->order($way);
                $this->letters->to($order->person->email) > 0
                    || throw new RuntimeException($this->words->say('no_letter_to', ['order' => $order->id]));
            }
        });
        $this->step('by_itself', function (Row $row): void {
            $this->stages();
            if ($this->byHand > 0) {
                $this->handAllowed || throw new RuntimeException($this->words->say('not_by_itself', ['count' => (string) $this->byHand]));
                $row->note($this->words->say('by_hand', ['count' => (string) $this->byHand]));
            }
        });
    }

    /** Takes the module away again; the shop must go on selling. */
    public function leave(): void
    {
        $endpoint = '';
        $this->step('deactivate', function () use (&$endpoint): void {
            $endpoint = $this->app()->ask('page.open')['urls']['endpoint'];
            $this->cms->deactivate();
        });
        $this->step('remove', fn () => $this->app === null ? throw new LeftOut() : $this->cms->remove());
        $this->step('gone', function () use (&$endpoint): void {
            $endpoint === '' && throw new LeftOut();
            $page = $this->cms->admin->open($this->cms->settingsPage());
            str_contains($page->body, 'data-orderbridge') && throw new RuntimeException($page->url);
            $answer = $this->cms->admin->post($endpoint, 'event=ONCRMDEALUPDATE');
            ($answer->status === 200 && $answer->body === '') && throw new RuntimeException($this->words->say('still_answers'));
        });
        $this->step('sells_on', function (Row $row): void {
            $order = $this->cms->buy('guest', Person::new('Анна', 'Петрова'));
            $row->seconds = $order->seconds;
            $row->note("№$order->id");
        });
        $this->cms->tidy();
    }

    /** @param callable(Row): mixed $do */
    private function step(string $name, callable $do): void
    {
        $this->table->step($this->words->say($name), $do);
    }

    private function arrives(Row $row, Bought $order): void
    {
        $deal = $this->until($row, 'the order becomes a deal', fn (): ?array => $this->deals->of($order));
        $seen = $this->cms->see($order->id);
        $this->deals->compare($deal, $order, $seen);
        $row->note("{$deal['ID']} «{$deal['TITLE']}», {$deal['OPPORTUNITY']} {$deal['CURRENCY_ID']}");
        $this->inPlace($deal, $seen->status);
    }

    private function followed(Row $row, Bought $order, string $status): void
    {
        $stage = $this->stages()->stageOf($status);
        $this->until($row, "the deal goes to $stage", fn (): ?bool => $this->deals->of($order)['STAGE_ID'] === $stage ?: null);
        $seen = $this->cms->see($order->id);
        $seen->status === $status || throw new RuntimeException($this->words->say('status_changed'));
        $row->note("{$this->stages()->name($status)} → $stage");
    }

    /** @param array<string, mixed> $deal */
    private function inPlace(array $deal, string $status): void
    {
        $stage = $this->stages()->stageOf($status);
        if ($stage !== '' && $deal['STAGE_ID'] !== $stage) {
            throw new RuntimeException("{$this->stages()->name($status)}: {$deal['STAGE_ID']} ≠ $stage");
        }
    }

    /**
     * Waits for what must come about by itself; where it does not, presses «Run now» on the settings page and counts it.
     *
     * @template T
     * @param callable(): (T|null) $look
     * @return T
     */
    private function until(Row $row, string $what, callable $look): mixed
    {
        try {
            return Wait::until($what, $this->byHand > 0 ? self::SOON : self::BY_ITSELF, $look);
        } catch (RuntimeException) {
            $this->byHand++;
            $row->note($this->words->say('run_now'));
            $this->app()->ask('work.run');

            return Wait::until($what, self::SOON, $look);
        }
    }

    private function settled(Row $row): void
    {
        $jobs = $this->until($row, 'the queue is empty', function (): ?array {
            $jobs = $this->app()->ask('health.read', ['days' => 1])['health']['jobs'];

            return $jobs['ready'] + $jobs['leased'] + $jobs['waiting'] === 0 ? $jobs : null;
        });
        (int) $jobs['dead'] === 0 || throw new RuntimeException($this->words->say('dead', ['count' => (string) $jobs['dead']]));
    }

    private function app(): SettingsApp
    {
        return $this->app ?? throw new LeftOut();
    }

    private function stages(): Stages
    {
        return $this->stages ?? throw new LeftOut();
    }

    private function order(string $way): Bought
    {
        return $this->orders[$way] ?? throw new LeftOut();
    }
}
