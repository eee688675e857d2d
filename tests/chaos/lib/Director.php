<?php

declare(strict_types=1);

namespace Chaos;

use Closure;
use Orderbridge\Exception\DuplicateKey;
use Orderbridge\Exception\Recoverable;
use PDO;
use RuntimeException;
use Story\Mariadb;
use Story\Portal;
use Story\Process;
use Story\Wait;

/** Plays one plan: starts portal, database, door and workers, does what each beat says, waits until all is quiet. */
final class Director
{
    /** Real seconds that a beat may take before the next begins, whatever the workers are at. */
    private const BEAT = 0.25;
    /** Real seconds from one start of a cron to the next. */
    private const CRON = 0.4;
    /** Seconds by which the companion's clock may go wrong before it is put right. */
    private const SHIFT = 60;
    /** Seconds that the portal's clock goes back for each that passes, see {@see box()}: more than a poll overlaps. */
    private const BACK = 10;
    private const EVENTS = ['ONCRMDEALADD', 'ONCRMDEALUPDATE', 'ONCRMDEALDELETE'];

    public readonly Portal $portal;
    public readonly Site $site;
    /** @var array<int, true> orders whose deal a manager has moved */
    public array $moved = [];
    /** @var array<int, true> buyers whose contact a manager has merged into another */
    public array $merged = [];
    /** @var list<array{float, float}> when the time was put ahead, by how much: to read the portal's journal with */
    public array $leaps = [];
    /** @var list<array<string, mixed>> the portal's journal, as far as it was fetched */
    private array $journal = [];
    private int $fetched = 0;
    /** @var array<int, Process> by slot */
    private array $workers = [];
    /** @var array<int, float> when it was started, by slot */
    private array $manned = [];
    /** @var array<int, int> seconds by slot */
    private array $skew = [];
    /** @var list<Process> */
    private array $crons = [];
    private readonly Process $door;
    private bool $ending = false;
    /** @var list<list<mixed>> what managers could not do yet, for there was no deal */
    private array $later = [];
    private readonly string $worker;
    private readonly bool $companion;
    /** Whether nothing but what the companion answers tells of the deals. */
    private readonly bool $deaf;
    /** Seconds that the companion's clock is ahead of the real one. */
    private int $shift = 0;

    public function __construct(
        private readonly string $folder,
        private readonly Plan $plan,
        private readonly int $slots,
        private readonly ?Mariadb $mariadb,
    ) {
        $this->worker = dirname(__DIR__) . '/worker';
        $this->companion = getenv('COMPANION') === 'on';
        $this->deaf = $this->companion && $plan->seed % 2 === 1;
        mkdir($folder, 0o700, true);
        mkdir("$folder/deaths");
        Time::begin($folder);
        $port = Process::freePort();
        $dsn = "sqlite:$folder/shop.sqlite";
        if ($mariadb !== null) {
            $name = 'chaos' . $plan->seed;
            $mariadb->create($name);
            $dsn = str_replace('dbname=shop', "dbname=$name", $mariadb->environment()['SHOP_DSN']);
        }
        $environment = [
            'CHAOS_FOLDER' => $folder,
            'CHAOS_DSN' => $dsn,
            'CHAOS_DB_USER' => $mariadb === null ? '' : 'root',
            'CHAOS_RATE' => $plan->rate,
            'CHAOS_GROUP' => $plan->group,
            'CHAOS_DOOR' => "http://127.0.0.1:$port/",
        ];
        foreach ($environment as $name => $value) {
            putenv("$name=$value");
        }
        file_put_contents("$folder/plan.json", json_encode($plan->beats, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE));
        $this->portal = new Portal($folder);
        $this->portal->send('POST', 'switches', ['journal_limit' => 100_000_000]);
        $this->site = new Site();
        $this->site->store->createTables();
        $this->setUp();
        $this->door = new Process(
            'door',
            [...$this->php(), '-S', "127.0.0.1:$port", dirname(__DIR__) . '/door.php'],
            ['PHP_CLI_SERVER_WORKERS' => '2'],
            "$folder/door.out",
        );
        $this->door->said('/started/', 10);
    }

    private function setUp(): void
    {
        $bridge = $this->site->bridge;
        $bridge->install();
        $setup = $bridge->setup();
        $connected = $setup->connect($this->portal->webhook);
        $made = $setup->provision(['create', 'change']);
        if (!$connected['ok'] || !($made['complete'] ?? false)) {
            throw new RuntimeException('the portal cannot be set up: ' . json_encode([$connected, $made]));
        }
        $document = $setup->document();
        $document['responsible'] = ['rules' => [], 'fallback' => '1'] + (array) ($document['responsible'] ?? []);
        $setup->replace($document, $bridge->settings()->revision(), '');
        // The first sweep only finds out where the shop's orders end.
        $bridge->sweep(10);
        if ($this->companion) {
            // An isolated box: its own events never arrive, its module's pushes do.
            $this->settleCompanion();
        } else {
            $this->portal->tell($bridge->inboundUrl(), self::EVENTS);
        }
    }

    /**
     * The module's clock is the simulated one, too. In every other seed no push arrives, the stage history is deleted,
     * and the portal's clock goes back again and again, so that deals do not seem to have changed.
     *
     * @return array<string, mixed>
     */
    private function box(): array
    {
        $this->shift = (int) $this->site->time->offset();
        $companion = [
            // Nobody listens at the second.
            'url' => $this->deaf ? 'http://127.0.0.1:1/' : getenv('CHAOS_DOOR'),
            'secret' => $this->site->bridge->secrets()->companion(),
            'shift' => $this->shift,
        ];
        $switches = ['companion' => $companion];

        return $this->deaf
            ? $switches + ['history_mode' => 'deleted', 'clock_shift' => -self::BACK * $this->shift]
            : $switches;
    }

    private function settleCompanion(): void
    {
        $this->companion && $this->portal->send('POST', 'switches', $this->box());
    }

    /** Whether the shop has heard the companion, or read what it noted, if there is one. */
    public function isHeard(): bool
    {
        $settings = $this->site->bridge->settings();
        $settings->refresh();
        $heard = $settings->seen('companion') !== null;
        $read = ($settings->cursor('poll')->changes ?? '') !== '';

        return !$this->companion || ($read && $heard !== $this->deaf);
    }

    public function play(): void
    {
        foreach (range(0, $this->slots - 1) as $slot) {
            $this->skew[$slot] = 0;
        }
        foreach ($this->plan->beats as $beat) {
            foreach ($beat as $event) {
                $this->does($event);
            }
            $this->does(['later']);
            $this->breathe(self::BEAT);
        }
    }

    /**
     * The faults are over: everything has to come to rest by itself.
     *
     * @return string|null what has not; null: all is quiet
     */
    public function quiet(float $seconds): ?string
    {
        array_map(unlink(...), glob("$this->folder/deaths/*[!e]") ?: []);
        foreach ($this->skew as $slot => $skew) {
            if ($skew !== 0) {
                $this->skew[$slot] = 0;
                $this->workers[$slot]->stop();
            }
        }
        foreach ($this->crons as $cron) {
            $cron->stop();
        }
        $deadline = microtime(true) + $seconds;
        $since = null;
        do {
            $this->breathe(0.1);
            $this->does(['later']);
            if ($this->later === []) {
                $since ??= (int) ceil($this->site->time->now());
                $this->ending = true;
            }
            $left = $this->left($since);
            if ($left === null) {
                return null;
            }
        } while (microtime(true) < $deadline);

        return $left;
    }

    /** How many of the named points a worker has died at. */
    public function deaths(): int
    {
        return count(glob("$this->folder/deaths/*.done") ?: []);
    }

    public function stop(): void
    {
        foreach ([...$this->workers, ...$this->crons] as $worker) {
            $worker->stop();
        }
        isset($this->door) && $this->door->stop();
        isset($this->portal) && $this->portal->stop();
    }

    /** Keeps what a person needs to find out why. */
    public function keep(): void
    {
        $database = $this->site->store->database();
        file_put_contents("$this->folder/evidence.json", json_encode([
            'portal' => $this->journal(),
            'leaps' => $this->leaps,
            'journal' => $database->query('SELECT * FROM ob_journal'),
            'jobs' => $database->query('SELECT * FROM ob_job'),
            'links' => $database->query('SELECT * FROM ob_link'),
            'orders' => $database->query('SELECT * FROM shop_order'),
        ], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
    }

    /** @return list<array<string, mixed>> the portal's journal from the beginning */
    public function journal(): array
    {
        $page = $this->portal->send('GET', "journal?after=$this->fetched");
        $this->fetched = $page['last'];
        $this->journal = [...$this->journal, ...$page['entries']];

        return $this->journal;
    }

    /** @param list<mixed> $event */
    private function does(array $event): void
    {
        $store = $this->site->store;
        match ($event[0]) {
            'place' => $this->insist(fn () => $store->place($event[1], $event[2], $this->hook($event[1], $event[3]))),
            'edit' => $this->insist(fn () => $store->edit($event[1], $event[2], $this->hook($event[1], $event[3]))),
            'cancel' => $this->insist(fn () => $store->cancel($event[1], $this->hook($event[1], true))),
            'move', 'delete', 'funnel' => $this->later[] = $event,
            'later' => $this->later = array_values(array_filter($this->later, fn (array $one) => !$this->manage($one))),
            'merge' => $this->merge($event[1]),
            'forge' => $this->forge($event[1]),
            'switch' => $this->portal->send('POST', 'switches', $event[1]),
            'revoke' => $this->portal->send('POST', 'switches', ['token_revoked' => true]),
            'mend' => $this->mend(),
            'die' => touch("$this->folder/deaths/$event[1]"),
            'kill' => ($this->workers[$event[1]] ?? null)?->stop(SIGKILL),
            'crons' => $this->crons($event[1]),
            'skew' => $this->skew($event[1], $event[2]),
            'database' => $this->database(),
            'portal' => $this->restartPortal(),
            'node' => $this->killNode(),
        };
    }

    /** @return Closure(): void */
    private function hook(int $order, bool $fires): Closure
    {
        return $fires ? fn () => $this->site->bridge->orderSaved((string) $order) : static fn () => null;
    }

    /** A buyer whom the shop has thanked has an order: what fails is tried again, as a buyer presses again. */
    private function insist(callable $save): void
    {
        Wait::until('the shop saves an order', 60, static function () use ($save): bool {
            try {
                $save();

                return true;
            } catch (Recoverable) {
                return false;
            } catch (DuplicateKey) {
                // The commit had taken effect before the connection was lost.
                return true;
            }
        });
    }

    /** @param list<mixed> $event @return bool whether there was a deal to do it to */
    private function manage(array $event): bool
    {
        [$what, $order] = $event;
        foreach ($this->later as $earlier) {
            if ($earlier === $event) {
                break;
            }
            if ($earlier[1] === $order) {
                return false;
            }
        }
        $deal = $this->site->bridge->links()->ofOrder((string) $order)['deal_id'] ?? null;
        if ($deal === null) {
            return false;
        }
        try {
            match ($what) {
                'move' => $this->portal->move($deal, $this->stages()[$event[2]]),
                'delete' => $this->portal->send('POST', 'ui/delete', ['deal' => $deal]),
                'funnel' => $this->portal->move($deal, 'PREPARATION'),
            };
            if ($what === 'move') {
                $this->moved[$order] = true;
            }
        } catch (RuntimeException $refused) {
            // Deleted already.
            if (!Plan::deletes($order)) {
                throw $refused;
            }
        }

        return true;
    }

    /** @return array<string, string> */
    private function stages(): array
    {
        static $stages = [];

        return $stages[$this->portal->url] ??= $this->portal->stages('Интернет-магазин');
    }

    /** A manager has made a contact of the same person by hand, and pours ours into it. */
    private function merge(int $buyer): void
    {
        $phone = Buyer::phone($buyer);
        if ($phone === '') {
            return;
        }
        foreach ($this->portal->send('GET', 'state?only=contacts')['contacts'] as $contact) {
            if (in_array($phone, array_column($contact['FM'], 'VALUE'), true)) {
                $this->merged[$buyer] = true;
                $made = $this->portal->send('POST', 'ui/create', [
                    'entity' => 'contact',
                    'fields' => ['NAME' => 'Иван', 'LAST_NAME' => 'Рукописный'],
                ]);
                $curl = curl_init($this->portal->webhook . 'crm.entity.mergeBatch.json');
                curl_setopt_array($curl, [
                    CURLOPT_RETURNTRANSFER => true,
                    CURLOPT_HTTPHEADER => ['Content-Type: application/json'],
                    CURLOPT_POSTFIELDS => json_encode(['params' => [
                        'entityTypeId' => 3, 'entityIds' => [(int) $made['id'], (int) $contact['ID']],
                    ]]),
                ]);
                curl_exec($curl);

                return;
            }
        }
    }

    /** Calls that the portal has not made: wrong secret, none, garbage, and one about a deal that is not ours. */
    private function forge(int $many): void
    {
        $url = getenv('CHAOS_DOOR');
        for ($n = 0; $n < $many; $n++) {
            $calls = [
                ["$url?secret=guess", 'event=ONCRMDEALUPDATE&data[FIELDS][ID]=1', 401],
                [$url, 'event=ONCRMDEALDELETE&data[FIELDS][ID]=1', 401],
                [$this->site->bridge->inboundUrl(), 'event=ONCRMDEALUPDATE&data[FIELDS][ID]=9999999', 200],
                [$this->site->bridge->inboundUrl(), '{"broken', 400],
            ];
            // Signed by nobody: this door does not ask for the address's secret, but for what only the box knows.
            $calls[] = ["$url?secret=guess", '{"event":"ONCRMDEALUPDATE","data":{"FIELDS":{"ID":"1"}}}', 401];
            $signed = $n % 5 === 4;
            [$address, $body, $expected] = $calls[$n % 5];
            $curl = curl_init($address);
            curl_setopt($curl, CURLOPT_HTTPHEADER, !$signed ? [] : [
                'webhook-id: msg_forged',
                'webhook-timestamp: ' . (int) $this->site->time->now(),
                'webhook-signature: v1,' . base64_encode(str_repeat('x', 32)),
            ]);
            curl_setopt_array($curl, [
                CURLOPT_RETURNTRANSFER => true,
                CURLOPT_POSTFIELDS => $body,
                CURLOPT_TIMEOUT => 20,
            ]);
            curl_exec($curl);
            $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
            if ($status !== $expected && $status !== 503) {
                throw new RuntimeException("the door answered $status instead of $expected to a forged call");
            }
        }
    }

    /** The administrator gives the webhook back, and the shop's owner presses the button that says so. */
    private function mend(): void
    {
        // Where others tell of the deals as well, the module is uninstalled by this, its tables too, and comes back.
        $box = $this->deaf ? $this->box() : [];
        $this->portal->send('PUT', 'switches', ['journal_limit' => 100_000_000] + $box);
        $this->settleCompanion();
        $this->insist(fn () => $this->site->bridge->setup()->mended());
    }

    private function crons(int $many): void
    {
        for ($n = 0; $n < $many; $n++) {
            $this->crons[] = $this->start('cron', 0);
        }
    }

    private function skew(int $slot, int $seconds): void
    {
        $this->skew[$slot] = ($this->skew[$slot] ?? 0) === 0 ? $seconds : 0;
        ($this->workers[$slot] ?? null)?->stop();
    }

    /** MariaDB is killed and started again; SQLite's file is locked by somebody for as long as workers wait for it. */
    private function database(): void
    {
        if ($this->mariadb !== null) {
            $this->mariadb->restart();
            // Our own connection was lost with it.
            $this->insist(fn () => $this->site->store->all());

            return;
        }
        $pdo = new PDO((string) getenv('CHAOS_DSN'), null, null, [PDO::ATTR_TIMEOUT => 10]);
        $pdo->exec('BEGIN EXCLUSIVE');
        $this->breathe(0.5, false);
        $pdo->exec('COMMIT');
    }

    /** The journal is only in its memory, so nothing may take effect between the last look at it and the end. */
    private function restartPortal(): void
    {
        $this->portal->send('POST', 'switches', ['faults' => [['kind' => 'cut', 'method' => '*']]]);
        Wait::until('the portal has nothing under way', 20, fn (): bool => $this->open() === 0);
        $this->journal();
        $this->portal->kill();
        $this->breathe(self::BEAT);
        $this->portal->again();
        $this->fetched = 0;
        $this->portal->send('POST', 'switches', ['faults' => [], 'journal_limit' => 100_000_000]);
        $this->settleCompanion();
    }

    /** ENGINE=node: the child that thinks for a worker is killed under it. */
    private function killNode(): void
    {
        foreach ($this->workers as $worker) {
            $children = (string) @file_get_contents("/proc/$worker->pid/task/$worker->pid/children");
            foreach (explode(' ', trim($children)) as $child) {
                if ((int) $child > 0 && str_contains((string) @readlink("/proc/$child/exe"), 'node')) {
                    posix_kill((int) $child, SIGKILL);

                    return;
                }
            }
        }
    }

    /** Lets the workers work, keeps them alive, and puts the time ahead when they have nothing to do. */
    private function breathe(float $seconds, bool $leap = true): void
    {
        $until = microtime(true) + $seconds;
        do {
            $this->man();
            $this->crons = array_values(array_filter($this->crons, static fn (Process $one): bool => $one->runs()));
            if ($leap && $this->site->time->alone($this->leap(...))) {
                // Time for whoever is due now.
                usleep(5_000);
            }
            usleep(5_000);
        } while (microtime(true) < $until);
    }

    /** Every other worker is a daemon; the rest are crons, which are started again a moment after they have ended. */
    private function man(): void
    {
        foreach ($this->skew as $slot => $skew) {
            $present = $this->workers[$slot] ?? null;
            if ($present !== null && $present->runs()) {
                continue;
            }
            $daemon = $slot % 2 === 0;
            if ($daemon || microtime(true) - ($this->manned[$slot] ?? 0.0) > self::CRON) {
                $present?->stop();
                $this->workers[$slot] = $this->start($daemon ? 'daemon' : 'cron', $skew);
                $this->manned[$slot] = microtime(true);
            }
        }
    }

    /** To the moment at which the next thing is due. */
    private function leap(): void
    {
        if ($this->portal->runs() && $this->open() > 0) {
            return;
        }
        $ahead = $this->due() - $this->site->time->now();
        if ($ahead > 0 && $ahead < 100_000) {
            $this->site->time->ahead($ahead + 0.01);
            $this->leaps[] = [microtime(true), $ahead + 0.01];
            if ($this->site->time->offset() - $this->shift > self::SHIFT && $this->portal->runs()) {
                $this->settleCompanion();
            }
        }
    }

    /** When the next thing is due, in simulated seconds. */
    private function due(): float
    {
        $database = $this->site->store->database();
        $rows = array_column($database->query("SELECT name, moment FROM ob_setting WHERE name IN "
            . "('hold', 'due.poll', 'due.sweep', 'lock.poll', 'lock.sweep')"), 'moment', 'name');
        $hold = (int) ($rows['hold'] ?? 0);
        $job = $database->query(
            'SELECT MIN(CASE WHEN lease_until > not_before THEN lease_until ELSE not_before END) AS at '
            . "FROM ob_job WHERE state = 'ready'",
        )[0]['at'];
        $hint = $database->query('SELECT MIN(received_at) AS at FROM ob_inbox')[0]['at'];
        $poll = max($hold, (int) ($rows['due.poll'] ?? 0), (int) ($rows['lock.poll'] ?? 0));
        $sweep = max((int) ($rows['due.sweep'] ?? 0), (int) ($rows['lock.sweep'] ?? 0));
        $moments = [
            // At the end both have to come once more, and ten polls before a sweep tell nothing.
            $this->ending && $job === null && $hint === null ? max($poll, $sweep) : min($poll, $sweep),
            $job === null ? INF : max($hold, (int) $job),
            // One about a deal that is being made is kept for a minute.
            $hint === null ? INF : (int) $hint + 60,
            $this->site->time->wakes() ?? INF,
        ];

        return (float) min($moments);
    }

    /** What is still to be done; null: nothing, and poll and sweep have looked since. */
    private function left(?int $since): ?string
    {
        $database = $this->site->store->database();
        $jobs = $database->query("SELECT COUNT(*) AS n FROM ob_job WHERE state = 'ready'")[0]['n'];
        $hints = $database->query('SELECT COUNT(*) AS n FROM ob_inbox')[0]['n'];
        $seen = array_column(
            $database->query("SELECT name, moment FROM ob_setting WHERE name IN ('seen.poll', 'seen.sweep')"),
            'moment',
            'name',
        );
        if ($since === null) {
            return count($this->later) . ' deals that managers wait for: '
                . json_encode(array_slice($this->later, 0, 3), JSON_UNESCAPED_UNICODE);
        }

        return (int) $jobs + (int) $hints === 0 && min([...$seen, INF]) > $since && count($seen) === 2
            ? null
            : "$jobs jobs, $hints hints, time $since, seen " . json_encode($seen);
    }

    private function open(): int
    {
        return $this->portal->send('GET', 'journal?limit=0')['open'];
    }

    private function start(string $mode, int $skew): Process
    {
        $environment = ['CHAOS_SKEW' => (string) $skew];

        $command = [...$this->php(), $this->worker, $mode];

        return new Process('worker', $command, $environment, "$this->folder/worker.out");
    }

    /** @return list<string> with what it has compiled kept in files: the core in PHP is large, and workers die often */
    private function php(): array
    {
        $cache = dirname($this->folder) . '/opcache';
        is_dir($cache) || mkdir($cache, 0o700);

        return [PHP_BINARY, '-d', 'opcache.enable_cli=1', '-d', "opcache.file_cache=$cache"];
    }
}
