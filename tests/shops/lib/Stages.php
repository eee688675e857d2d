<?php

declare(strict_types=1);

namespace Shops;

use Story\SettingsApp;

/** The funnel's stages, and the status of the shop that each leads to by the settings. */
final class Stages
{
    /** What the settings of the test write into an order's history. */
    public const COMMENT = 'Bitrix24, {deal.id}: {stage.name}';

    /** @var list<array{id: string, name: string, semantics: string}> in their order in the funnel */
    private readonly array $stages;
    /** @var array<string, string> names of the shop's statuses by id */
    private readonly array $names;
    /** @var array<string, mixed> */
    private readonly array $tables;

    public function __construct(SettingsApp $app)
    {
        $open = $app->ask('page.open');
        $this->tables = $open['settings']['document']['statuses'];
        $this->names = array_column($open['shop']['statuses'], 'name', 'id');
        $funnel = $open['settings']['document']['funnel']['id'];
        $found = [];
        foreach ($app->ask('portal.snapshot', ['fresh' => true])['funnels'] as $one) {
            $found = (string) $one['id'] === (string) $funnel ? $one['stages'] : $found;
        }
        $this->stages = $found;
    }

    /** @return list<array{id: string, name: string, semantics: string}> those that lead to a won deal */
    public function way(): array
    {
        $open = array_filter($this->stages, static fn (array $stage): bool => !self::ends($stage));

        return [...array_values($open), ...$this->ended('S')];
    }

    /** @return list<array{id: string, name: string, semantics: string}> where deals are lost */
    public function lost(): array
    {
        return $this->ended('F');
    }

    /** @return string the status that a deal in this stage gives the order; '' when it leaves the order alone */
    public function status(array $stage): string
    {
        foreach ($this->tables['from_stage'] as $rule) {
            if ($rule['stage'] === $stage['id']) {
                return $rule['status'];
            }
        }

        return match (self::mark($stage)) {
            'S' => $this->tables['won']['status'],
            'F' => $this->tables['lost']['status'],
            default => '',
        };
    }

    /** @param array{id: string, name: string, semantics: string} $stage */
    public function comment(array $stage, string $deal): string
    {
        return str_replace(['{deal.id}', '{stage.name}'], [$deal, $stage['name']], self::COMMENT);
    }

    /** @return bool whether the buyer is told */
    public function notifies(array $stage): bool
    {
        foreach ($this->tables['from_stage'] as $rule) {
            if ($rule['stage'] === $stage['id']) {
                return $rule['notify'];
            }
        }

        return false;
    }

    /** @return string the stage that an order of this status belongs to; '' when the table has none */
    public function stageOf(string $status): string
    {
        return array_column($this->tables['to_stage'], 'stage', 'status')[$status] ?? '';
    }

    public function name(string $status): string
    {
        return $this->names[$status] ?? $status;
    }

    /** @return string the status of a lost order */
    public function cancelled(): string
    {
        return $this->tables['lost']['status'];
    }

    public function told(): string
    {
        $pairs = array_map(
            fn (array $stage): string => "{$stage['name']} → " . ($this->name($this->status($stage)) ?: '—'),
            [...$this->way(), ...$this->lost()],
        );

        return implode(', ', $pairs);
    }

    /** @return list<array{id: string, name: string, semantics: string}> */
    private function ended(string $mark): array
    {
        $ended = array_filter($this->stages, static fn (array $stage): bool => self::mark($stage) === $mark);

        return array_values($ended);
    }

    private static function ends(array $stage): bool
    {
        return in_array(self::mark($stage), ['S', 'F'], true);
    }

    /** @return string `S` won, `F` lost, whatever words the portal uses */
    private static function mark(array $stage): string
    {
        return strtoupper(substr((string) $stage['semantics'], 0, 1));
    }
}
