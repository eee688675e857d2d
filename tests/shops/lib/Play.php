<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;
use Story\Portal;
use Story\SettingsApp;

/** The acceptance test, step by step: installed, set up, bought, edited, moved, taken away. */
final class Play
{
    private readonly Deals $deals;
    private readonly Follow $follow;
    private readonly Arrival $arrival;
    /** @var array<string, Bought> orders by how they came about */
    private array $orders = [];

    public function __construct(
        private readonly Cms $cms,
        private readonly Portal $portal,
        private readonly Table $table,
        private readonly Words $words,
        private readonly ?Letters $letters,
        private readonly bool $handAllowed,
    ) {
        $this->deals = new Deals($portal);
        $this->arrival = new Arrival($cms, $portal, $table, $words);
        $this->follow = new Follow($cms, $this->deals, $this->arrival, $words);
    }

    /** @param string $from the package that is installed first, to be followed by the other; '' for none */
    public function run(string $zip, string $from = ''): void
    {
        $this->arrival->install($from === '' ? $zip : $from);
        $this->arrival->setUp();
        foreach ($this->cms->ways() as $way) {
            $this->buy($way);
        }
        $from === '' || $this->update($zip);
        $this->byOwner();
        $this->move();
        $this->lose();
        $this->delete();
        $bargains = new Bargains(
            $this->cms,
            $this->deals,
            $this->arrival,
            $this->table,
            $this->words,
            $this->follow,
        );
        $this->orders += $bargains->strike();
        $this->inTheEnd();
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
        $this->step("deal_$way", fn (Row $row) => $this->follow->arrives($row, $this->order($way)));
    }

    private function update(string $zip): void
    {
        $update = new Update($this->cms, $this->portal, $this->arrival, $this->follow, $this->words);
        $this->step('update', fn (Row $row) => $update->happens($row, $zip));
        $this->step('after_update', fn (Row $row) => $this->orders['update'] = $update->arrives($row));
    }

    /** The owner enters an order, changes it, and cancels it. */
    private function byOwner(): void
    {
        $this->step('create', function (Row $row): void {
            $this->stages();
            $this->orders['owner'] = $this->cms->create(Person::new('Иван', 'Петров'));
            $row->note("№{$this->orders['owner']->id}");
        });
        $this->step('deal_owner', fn (Row $row) => $this->follow->arrives($row, $this->order('owner')));
        $this->step('edit', function (Row $row): void {
            $order = $this->order('owner');
            $before = $this->deals->of($order) ?? throw new LeftOut();
            $this->cms->edit($order->id);
            $seen = $this->cms->see($order->id);
            if ($seen->comesTo((string) $before['OPPORTUNITY'])) {
                throw new RuntimeException("{$seen->total} = {$before['OPPORTUNITY']}");
            }
            $deal = $this->watch()->until($row, 'the deal follows the edit', function () use ($order, $before): ?array {
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
            $this->deals->of($order) ?? throw new LeftOut();
            $this->cms->setStatus($order->id, $this->stages()->cancelled());
            $this->follow->followed($row, $order, $this->stages()->cancelled());
        });
    }

    /** The manager drags the guest's card through all stages. */
    private function move(): void
    {
        foreach ($this->arrival->stages?->way() ?? [] as $stage) {
            $this->stage($stage, 'guest');
        }
    }

    /** Each stage of loss has an order of its own: from a lost one nothing leads on. */
    private function lose(): void
    {
        $ways = array_diff($this->cms->ways(), ['guest']);
        foreach ($this->arrival->stages?->lost() ?? [] as $stage) {
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
        $this->table->step($name, function (Row $row) use ($stages, $stage, $way): void {
            if (str_starts_with($way, 'guest_')) {
                $this->orders[$way] = $this->cms->buy('guest', Person::new('Анна', 'Петрова'));
            }
            $order = $this->order($way);
            // Orders of the test's own steps have had the time to become deals.
            $deal = str_starts_with($way, 'guest_')
                ? $this->watch()->until($row, 'the order becomes a deal', fn (): ?array => $this->deals->of($order))
                : $this->deals->of($order) ?? throw new LeftOut();
            $cards = new Cards($this->cms, $this->portal, $stages, $this->watch(), $this->words, $this->letters);
            $cards->move($row, $order, $deal, $stage);
        });
    }

    /** The owner deletes an order: its deal stays, and says so. */
    private function delete(): void
    {
        $this->step('delete', function (Row $row): void {
            $order = $this->order('owner');
            $before = $this->deals->of($order) ?? throw new LeftOut();
            $this->cms->delete($order->id);
            unset($this->orders['owner']);
            $this->follow->told($row, $order, $before);
        });
    }

    private function inTheEnd(): void
    {
        $this->step('settled', function (Row $row): void {
            $this->stages();
            $this->watch()->settled($row);
            foreach ($this->orders as $order) {
                $deals = $this->deals->all($order);
                count($deals) === 1 || throw new RuntimeException("№$order->id: " . count($deals));
            }
        });
        $this->step('ledger', function (Row $row): void {
            $states = [];
            foreach ($this->app()->ask('orders.list', ['filter' => 'all', 'limit' => 50])['rows'] as $line) {
                $states[$line['order']['id']] = $line['state'];
            }
            foreach ($this->orders as $order) {
                $state = $states[$order->id] ?? '—';
                $state === 'synced' || throw new RuntimeException("№$order->id: $state");
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
            if ($this->watch()->pressed > 0) {
                $count = ['count' => (string) $this->watch()->pressed];
                $this->handAllowed || throw new RuntimeException($this->words->say('not_by_itself', $count));
                $row->note($this->words->say('by_hand', $count));
            }
        });
    }

    /** Takes the module away again; the shop must go on selling. */
    public function leave(string $zip): void
    {
        $endpoint = '';
        $this->step('deactivate', function () use (&$endpoint): void {
            $endpoint = $this->app()->ask('page.open')['urls']['endpoint'];
            $this->cms->deactivate();
        });
        $this->step('remove', fn () => $this->arrival->app === null ? throw new LeftOut() : $this->cms->remove());
        $this->step('gone', function () use (&$endpoint): void {
            $endpoint === '' && throw new LeftOut();
            $page = $this->cms->admin->open($this->cms->settingsPage());
            str_contains($page->body, 'data-orderbridge') && throw new RuntimeException($page->url);
            $left = $this->cms->admin->open($this->cms->dashboard())->text("//a[contains(@href, 'orderbridge')]/@href");
            $left === null || throw new RuntimeException($left);
            $answer = $this->cms->admin->post($endpoint, 'event=ONCRMDEALUPDATE');
            if ($answer->status === 200 && $answer->body === '') {
                throw new RuntimeException($this->words->say('still_answers'));
            }
        });
        $this->step('traceless', function (Row $row) use ($zip, &$endpoint): void {
            $endpoint === '' && throw new LeftOut();
            $this->cms->upload($zip);
            $this->cms->activate();
            $open = (new SettingsApp($this->cms->admin, $this->cms->settingsPage()))->ask('page.open');
            $this->cms->deactivate();
            $this->cms->remove();
            $row->note("connection {$open['connection']['state']}, links {$open['counts']['links']}");
            if ($open['connection']['state'] !== 'none' || (int) $open['counts']['links'] > 0) {
                throw new RuntimeException($this->words->say('traces'));
            }
            $open['urls']['endpoint'] === $endpoint && throw new RuntimeException($endpoint);
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

    private function app(): SettingsApp
    {
        return $this->arrival->app();
    }

    private function watch(): Watch
    {
        return $this->arrival->watch ?? throw new LeftOut();
    }

    private function stages(): Stages
    {
        return $this->arrival->stages ?? throw new LeftOut();
    }

    private function order(string $way): Bought
    {
        return $this->orders[$way] ?? throw new LeftOut();
    }
}
