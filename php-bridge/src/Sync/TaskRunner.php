<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Closure;
use Orderbridge\Core\Core;
use Orderbridge\Core\EngineFault;
use Orderbridge\Core\Rejected;
use Orderbridge\Exception\DuplicateKey;
use Orderbridge\Journal;
use Orderbridge\Link\Draws;
use Orderbridge\Link\Links;
use Orderbridge\Log\Words;
use Orderbridge\Outbox\Reason;
use Orderbridge\Store\Tables;
use Orderbridge\Text\Texts;
use Throwable;

use function array_diff;
use function array_diff_key;
use function array_fill_keys;
use function array_key_exists;
use function array_key_first;
use function array_keys;
use function array_map;
use function array_sum;
use function array_values;
use function count;
use function json_encode;
use function strlen;

use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;

/**
 * The loop that all work goes through: start the tasks, do what their steps say, resume them with what came of it,
 * until each has ended. Tasks that ask the portal at the same time share its requests.
 *
 * What a step wants stored is stored before anything else of it is done.
 */
final class TaskRunner
{
    /** Code of a task that the core failed on; an update of the core brings such jobs back. */
    public const FAULT = 'core_fault';
    /** Code of a task whose deal already belongs to another order. */
    public const TAKEN = 'deal_taken';
    /** Code of a task that waits for another worker to be through with an order of the same buyer. */
    public const BUSY = 'buyer_busy';
    /** How long it waits, in seconds. */
    private const BUSY_PAUSE = 2;
    /** Steps of one task; its own, for it may have to wait for a hundred others of the same buyer. */
    private const MOST_STEPS = 200;
    /** Bytes of links in one reply; the core takes 256 KiB, its state included. */
    private const LINKS = 120_000;

    /** @var array<string, array<string, mixed>> the present step of each task that goes on */
    private array $steps = [];
    /** @var array<string, Outcome> */
    private array $outcomes = [];
    /** @var array<string, string> the task that a name belongs to, until it ends */
    private array $locks = [];
    /** @var array<string, true> names that we hold among all workers */
    private array $shared = [];
    /** @var array<string, Task> tasks that have asked the portal nothing yet */
    private array $fresh = [];
    /** @var array<string, true> of these, the ones that have had to wait for a name */
    private array $parked = [];
    /** @var array<string, int> how many steps each task has had */
    private array $turns = [];

    public function __construct(
        private readonly Core $core,
        private readonly Exchange $exchange,
        private readonly Effects $effects,
        private readonly Tables $tables,
        private readonly Links $links,
        private readonly Buyers $buyers,
        private readonly Draws $draws,
        private readonly Journal $journal,
        private readonly Points $points,
        private readonly Texts $texts,
    ) {
    }

    /**
     * @param list<Task> $tasks
     * @param array<string, mixed> $settings
     * @param Closure(): bool|null $stillOurs whether the work may go on, asked before every request
     * @return array<string, Outcome> by task id
     */
    public function run(array $tasks, array $settings, Deadline $deadline, ?Closure $stillOurs = null): array
    {
        $this->steps = $this->outcomes = $this->locks = $this->shared = $this->fresh = $this->parked = [];
        $this->turns = [];
        $stillOurs ??= static fn (): bool => true;
        $ours = fn (): bool => $stillOurs() && $this->buyers->stillOurs();
        try {
            return $this->all($tasks, $settings, $deadline, $ours);
        } finally {
            $this->buyers->giveBack();
        }
    }

    /**
     * @param list<Task> $tasks
     * @param array<string, mixed> $settings
     * @param Closure(): bool $stillOurs
     * @return array<string, Outcome>
     */
    private function all(array $tasks, array $settings, Deadline $deadline, Closure $stillOurs): array
    {
        foreach ($tasks as $task) {
            $this->fresh[$task->id] = $task;
            $this->start($task, $settings);
        }
        while ($this->steps !== []) {
            $this->record();
            [$turns, $open] = [array_sum($this->turns), count($this->steps)];
            $calls = $this->alone($this->act($settings));
            if ($calls === []) {
                if ($turns === array_sum($this->turns) && $open === count($this->steps)) {
                    $this->giveWay();
                }
                continue;
            }
            $replies = $this->isHeld() ? [] : $this->exchange->ask($calls, $deadline, $stillOurs);
            $this->fresh = array_diff_key($this->fresh, $calls);
            foreach ($calls as $id => $call) {
                if (!array_key_exists($id, $replies)) {
                    $this->end($id, Outcome::unfinished());
                    continue;
                }
                $this->resume($id, $replies[$id], $settings);
            }
        }

        return $this->outcomes;
    }

    /** Nobody gets on, each waits for a name that another has: one lets go of his, and comes again in a moment. */
    private function giveWay(): void
    {
        $id = (string) array_key_first($this->steps);
        $this->end($id, Outcome::notYet(self::BUSY_PAUSE, $this->texts->reason(self::BUSY)));
    }

    /** @param array<string, mixed> $settings */
    private function start(Task $task, array $settings): void
    {
        $this->advance($task->id, function () use ($task, $settings): array {
            return $this->core->ask('sync.start', ['task' => $task->data], $settings);
        });
    }

    /** One task with nothing beside it. */
    public function one(Task $task, array $settings, Deadline $deadline): Outcome
    {
        return $this->run([$task], $settings, $deadline)[$task->id];
    }

    /** Stores what all present steps want stored, together: one write to the disk instead of fifty. */
    private function record(): void
    {
        $wanted = [];
        foreach ($this->steps as $id => $step) {
            if (isset($step['learn']) || !empty($step['journal'])) {
                $wanted[$id] = $step;
            }
        }
        if ($wanted === []) {
            return;
        }
        try {
            $this->tables->together(fn () => $this->store(...array_values($wanted)));
        } catch (DuplicateKey) {
            $this->recordEach($wanted);
        }
        foreach ($wanted as $id => $step) {
            // A step may stand for another round while its neighbours go on.
            unset($this->steps[$id]['learn'], $this->steps[$id]['journal']);
        }
        $this->points->reach(Points::LEARNED);
    }

    /** @param array<string, array<string, mixed>> $wanted */
    private function recordEach(array $wanted): void
    {
        foreach ($wanted as $id => $step) {
            try {
                $this->tables->together(fn () => $this->store($step));
            } catch (DuplicateKey) {
                $deal = (string) (((array) $step['learn'])['deal_id'] ?? '');
                $this->end($id, Outcome::dead($this->texts->reason(self::TAKEN, ['deal' => $deal])));
            }
        }
    }

    /** @param array<string, mixed> ...$steps */
    private function store(array ...$steps): void
    {
        $told = [];
        foreach ($steps as $step) {
            if (isset($step['learn'])) {
                $this->links->learn((array) $step['learn']);
            }
            foreach ((array) ($step['journal'] ?? []) as $entry) {
                $told[] = (array) $entry;
            }
        }
        $this->journal->write(...$told);
    }

    /**
     * Does what can be done here and now.
     *
     * @param array<string, mixed> $settings
     * @return array<string, mixed> calls for the portal, by task
     */
    private function act(array $settings): array
    {
        $calls = $parked = [];
        foreach ($this->steps as $id => $step) {
            switch ($step['step'] ?? '') {
                case 'call':
                    if (!$this->lock($id, array_map('strval', (array) ($step['locks'] ?? [])))) {
                        $parked[$id] = $this->parked[$id] = true;
                    } elseif (isset($this->parked[$id], $this->fresh[$id])) {
                        // What it waited for is known by now: it may have nothing left to search for.
                        unset($this->parked[$id]);
                        $this->start($this->fresh[$id], $settings);
                    } else {
                        $calls[$id] = $step['calls'] ?? [];
                    }
                    break;
                case 'apply':
                    $applied = $this->effects->apply((array) ($step['effects'] ?? []));
                    $this->points->reach(Points::APPLIED);
                    $this->resume($id, ['applied' => $applied], $settings);
                    break;
                case 'look':
                    $deals = $this->links->ofDeals(array_map('strval', (array) ($step['deals'] ?? [])));
                    $buyers = $this->links->ofBuyers(array_map('strval', (array) ($step['buyers'] ?? [])));
                    $this->resume($id, ['links' => $this->fitting([...$deals, ...$buyers])], $settings);
                    break;
                case 'draw':
                    $number = $this->draws->number((string) ($step['round'] ?? ''), (string) ($step['order_id'] ?? ''));
                    $this->resume($id, ['drawn' => $number], $settings);
                    break;
                case 'done':
                    $this->end($id, Outcome::done($step));
                    break;
                case 'wait':
                    $this->end($id, Outcome::fromWait($step));
                    break;
                case 'dead':
                    $this->end($id, Outcome::dead(Reason::fromCore($step['reason'] ?? [])));
                    break;
                default:
                    $this->end($id, Outcome::dead($this->fault('the core asked for something this bridge cannot do')));
            }
        }
        // Steps that lead on without the portal come first, so that their calls share the requests.
        foreach ($this->steps as $id => $step) {
            if (!isset($calls[$id]) && !isset($parked[$id])) {
                return [];
            }
        }

        return $calls;
    }

    /**
     * When hundreds of deals were moved at once, what is remembered of them does not fit through the border. Without
     * it more deals are looked at than need be, and none is passed over.
     *
     * @param list<array<string, mixed>> $links
     * @return list<array<string, mixed>>
     */
    private function fitting(array $links): array
    {
        $bytes = strlen((string) json_encode($links, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));

        return $bytes <= self::LINKS
            ? $links
            : array_map(static fn (array $link): array => ['memo' => null] + $link, $links);
    }

    /**
     * Makes sure that no other worker has an order of the same buyer under way.
     *
     * @param array<string, mixed> $calls by task
     * @return array<string, mixed> without those that have to wait
     */
    private function alone(array $calls): array
    {
        $wanted = [];
        foreach (array_keys($this->locks) as $name) {
            if (isset($calls[$this->locks[$name]]) && !isset($this->shared[$name])) {
                $wanted[] = (string) $name;
            }
        }
        if ($wanted === []) {
            return $calls;
        }
        $this->shared += array_fill_keys($this->buyers->take($wanted), true);
        foreach ($wanted as $name) {
            $id = $this->locks[$name] ?? null;
            if ($id !== null && !isset($this->shared[$name])) {
                unset($calls[$id]);
                $this->end($id, Outcome::notYet(self::BUSY_PAUSE, $this->texts->reason(self::BUSY)));
            }
        }

        return $calls;
    }

    /**
     * Takes the names for a task, all or none.
     *
     * @param list<string> $names
     */
    private function lock(string $id, array $names): bool
    {
        foreach ($names as $name) {
            if (($this->locks[$name] ?? $id) !== $id) {
                return false;
            }
        }
        foreach ($names as $name) {
            $this->locks[$name] = $id;
        }

        return true;
    }

    /** @param array<string, mixed> $settings */
    private function resume(string $id, mixed $reply, array $settings): void
    {
        if ($reply instanceof Outcome) {
            $this->end($id, $reply);
            return;
        }
        $state = $this->steps[$id]['state'] ?? null;
        $this->advance($id, function () use ($state, $reply, $settings): array {
            if ($reply instanceof Throwable) {
                throw $reply;
            }

            return $this->core->ask('sync.resume', ['state' => $state, 'reply' => $reply], $settings);
        });
    }

    /** @param Closure(): array<string, mixed> $ask */
    private function advance(string $id, Closure $ask): void
    {
        $this->turns[$id] = ($this->turns[$id] ?? 0) + 1;
        if ($this->turns[$id] > self::MOST_STEPS) {
            $this->end($id, Outcome::dead($this->fault('the task did not come to an end')));
            return;
        }
        try {
            $this->steps[$id] = $ask();
        } catch (Rejected $refusal) {
            if (str_starts_with((string) $refusal->path, '/settings')) {
                // Not this order's fault: the run is over until the settings are mended.
                throw $refusal;
            }
            $this->end($id, Outcome::dead(Reason::fromRefusal($refusal)));
        } catch (EngineFault $fault) {
            $this->end($id, Outcome::dead($this->fault($fault->getMessage())));
        }
    }

    private function end(string $id, Outcome $outcome): void
    {
        unset($this->steps[$id]);
        $this->locks = array_diff($this->locks, [$id]);
        $this->outcomes[$id] = $outcome;
    }

    private function isHeld(): bool
    {
        foreach ($this->outcomes as $outcome) {
            if ($outcome->hold > 0) {
                return true;
            }
        }

        return false;
    }

    private function fault(string $message): Reason
    {
        return $this->texts->reason(self::FAULT, ['detail' => Words::masked($message)]);
    }
}
