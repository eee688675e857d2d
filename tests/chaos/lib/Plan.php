<?php

declare(strict_types=1);

namespace Chaos;

use Orderbridge\Sync\Points;

/**
 * What will happen, drawn from the seed before anything has: beats, each a list of `[what, …]`. How the processes
 * run into each other differs from run to run; this does not.
 *
 * The order's number decides whether the shop cancels it (every fifth), whether a manager deletes its deal or moves
 * it to another funnel; nobody changes both sides of one order's status, for then both would be right.
 */
final class Plan
{
    public const STAGES = ['Взять в работу', 'Получить оплату', 'Отправка товара', 'Заказ выполнен'];
    public const LOST = 'Отменён';

    private const HARM = [
        'switch', 'die', 'kill', 'database', 'portal', 'revoke', 'forge', 'skew', 'crons', 'delete', 'funnel', 'merge',
        'node',
    ];
    private const LIMIT = ['kind' => 'error', 'status' => 429, 'error' => 'OPERATION_TIME_LIMIT'];
    private const CUT = ['kind' => 'cut', 'times' => 1];

    /** @var list<list<list<mixed>>> */
    public readonly array $beats;
    public readonly int $rate;
    public readonly int $group;
    public readonly int $faults;
    private readonly Dice $dice;
    /** @var array<int, int> stages that a manager has moved the order's deal to */
    private array $moved = [];
    private int $placed = 0;
    private int $buyers = 0;
    /** Beats until the webhook that was revoked is given back. */
    private int $revoked = 0;

    public function __construct(public readonly int $seed, public readonly int $orders, private readonly int $workers)
    {
        $this->dice = new Dice($seed);
        // At the cloud's limits every third time.
        $this->rate = $seed % 3 === 0 ? 2 : 0;
        // Small groups run into each other more often, and take longer.
        $this->group = $this->dice->one($orders > 500 ? [20, 50, 50] : [5, 20, 50, 50]);
        $beats = [];
        $deaths = [...Points::ALL, ...array_map(fn (): string => $this->dice->one(Points::ALL), range(1, 5))];
        $size = max(3, intdiv($orders, 40));
        while ($this->placed < $orders) {
            $beat = $this->people($size);
            $beat = [...$beat, ...$this->trouble()];
            if ($deaths !== [] && $this->dice->percent(50)) {
                $beat[] = ['die', array_shift($deaths)];
            }
            $beats[] = $beat;
        }
        foreach ($deaths as $point) {
            $beats[] = [...$this->changes(2), ['die', $point]];
        }
        $beats[] = [['mend']];
        $this->beats = $beats;
        $this->faults = count(array_filter(
            array_merge(...$beats),
            static fn (array $event): bool => in_array($event[0], self::HARM, true),
        ));
    }

    /** Whether a manager deletes the deal: what becomes of the order then, a person has to say. */
    public static function deletes(int $order): bool
    {
        return $order % 41 === 7;
    }

    public static function leavesFunnel(int $order): bool
    {
        return $order % 43 === 11;
    }

    public static function cancels(int $order): bool
    {
        return $order % 5 === 0;
    }

    /** @return list<list<mixed>> what buyers and managers do */
    private function people(int $size): array
    {
        $events = [];
        $many = min($this->orders - $this->placed, $this->dice->between(1, 2 * $size));
        for ($n = 0; $n < $many; $n++) {
            // Many a new buyer orders twice in a row.
            $buyer = match (true) {
                $this->buyers === 0, $this->dice->percent(55) => ++$this->buyers,
                $this->dice->percent(60) => $this->buyers,
                default => $this->dice->between(1, $this->buyers),
            };
            $events[] = ['place', ++$this->placed, $buyer, $this->dice->percent(93)];
        }

        return [...$events, ...$this->changes($size)];
    }

    /** @return list<list<mixed>> */
    private function changes(int $size): array
    {
        $events = [];
        for ($n = 0; $n < $size; $n++) {
            $order = $this->dice->between(1, $this->placed);
            $what = $this->dice->between(1, 100);
            if ($what <= 35) {
                // Few revisions: many an order comes back to an earlier one. Many past the hook.
                $events[] = ['edit', $order, $this->dice->between(1, 9), $this->dice->percent(60)];
            } elseif ($what <= 42 && self::cancels($order)) {
                $events[] = ['cancel', $order];
            } elseif (!self::cancels($order)) {
                $events[] = $this->manager($order);
            }
        }
        if ($this->dice->percent(20)) {
            $events[] = ['forge', $this->dice->between(1, 5)];
        }

        return $events;
    }

    /** @return list<mixed> */
    private function manager(int $order): array
    {
        $step = $this->moved[$order] ?? 0;
        if (self::deletes($order)) {
            return ['delete', $order];
        }
        if (self::leavesFunnel($order)) {
            return ['funnel', $order];
        }
        $this->moved[$order] = $step + 1;
        $last = $step >= count(self::STAGES) || $this->dice->percent(10);
        if ($last) {
            $this->moved[$order] = count(self::STAGES);
        }

        return ['move', $order, $last ? self::LOST : self::STAGES[$step]];
    }

    /** @return list<list<mixed>> */
    private function trouble(): array
    {
        $events = [];
        if ($this->dice->percent(60)) {
            $events[] = ['switch', $this->weather()];
        }
        if ($this->revoked > 0 && --$this->revoked === 0) {
            $events[] = ['mend'];
        } elseif ($this->revoked === 0 && $this->dice->percent(8)) {
            $events[] = ['revoke'];
            $this->revoked = $this->dice->between(1, 3);
        }
        if ($this->dice->percent(10)) {
            $events[] = ['kill', $this->dice->between(0, $this->workers - 1)];
        }
        if ($this->dice->percent(10)) {
            $events[] = ['crons', 2];
        }
        if ($this->dice->percent(12)) {
            $events[] = ['skew', $this->dice->between(0, $this->workers - 1), $this->dice->one([-3600, 3600, 61, -61])];
        }
        if ($this->dice->percent(5)) {
            $events[] = ['merge', $this->dice->between(1, $this->buyers)];
        }
        if ($this->dice->percent(4)) {
            $events[] = ['database'];
        }
        if ($this->dice->percent(4)) {
            $events[] = ['portal'];
        }
        if ($this->dice->percent(6)) {
            $events[] = ['node'];
        }

        return $events;
    }

    /** @return array<string, mixed> switches of the portal */
    private function weather(): array
    {
        $fault = $this->dice->one([
            self::CUT + ['method' => 'crm.item.add', 'commit' => true],
            self::CUT + ['method' => 'crm.item.add', 'commit' => true],
            self::CUT + ['method' => 'crm.item.productrow.set', 'commit' => true],
            self::CUT + ['method' => 'crm.item.update', 'commit' => true],
            self::CUT + ['method' => '*'],
            ['kind' => 'truncated_json', 'method' => 'batch', 'times' => 2],
            ['kind' => 'truncated_body', 'method' => 'crm.item.add', 'times' => 1],
            ['kind' => 'empty', 'method' => 'batch', 'times' => 1],
            ['kind' => 'html', 'method' => 'batch', 'times' => 2, 'status' => 502],
            ['kind' => 'html', 'method' => 'batch', 'times' => 1, 'status' => 200, 'commit' => true],
            ['kind' => 'login_page', 'times' => 1, 'commit' => true],
            ['kind' => 'redirect', 'times' => 1],
            ['kind' => 'error', 'method' => 'batch', 'times' => 1, 'status' => 200, 'error' => 'INTERNAL_SERVER_ERROR'],
            ['kind' => 'error', 'method' => 'batch', 'times' => 5, 'status' => 503, 'error' => 'QUERY_LIMIT_EXCEEDED'],
            ['kind' => 'error', 'method' => '*', 'times' => 1, 'status' => 503, 'error' => 'OVERLOAD_LIMIT'],
            self::LIMIT + ['method' => 'crm.item.*', 'times' => 5, 'percent' => 40],
            ['kind' => 'hang', 'method' => 'crm.item.add', 'times' => 1, 'commit' => true, 'seconds' => 4],
            ['kind' => 'hang', 'method' => '*', 'times' => 1, 'seconds' => 4],
            ['kind' => 'error', 'method' => 'crm.item.add', 'times' => 4, 'percent' => 30],
            ['kind' => 'error', 'method' => 'crm.item.productrow.set', 'times' => 4, 'percent' => 30],
            ['kind' => 'error', 'method' => 'crm.item.update', 'times' => 4, 'percent' => 50],
            ['kind' => 'error', 'method' => 'crm.item.list', 'times' => 3, 'percent' => 30],
            ['kind' => 'error', 'method' => 'crm.item.get', 'times' => 3, 'percent' => 50],
            ['kind' => 'error', 'method' => 'crm.duplicate.findbycomm', 'times' => 4, 'percent' => 30],
            self::LIMIT + ['method' => 'crm.item.add', 'times' => 1],
        ]);

        return [
            'faults' => $this->dice->percent(85) ? [$fault] : [],
            'latency_ms' => $this->dice->one([0, 0, 0, 5, 60]),
            'event_transport' => [
                'delay_ms' => $this->dice->one([0, 0, 100]),
                'duplicates' => $this->dice->one([0, 0, 1, 3]),
                'reorder' => $this->dice->percent(30),
                'loss' => $this->dice->one([0, 0, 30, 100]),
                'silent' => $this->dice->percent(5),
                'before_rows_ms' => $this->dice->one([0, 0, 0, 2]),
                'burst' => 0,
            ],
        ];
    }
}
