<?php

declare(strict_types=1);

namespace Bench;

use Chaos\FileLog;
use Chaos\Store;
use Chaos\Time;
use Orderbridge\Bridge;
use Orderbridge\Options;
use Orderbridge\Shop\Database;
use Orderbridge\Shop\PdoDatabase;
use Orderbridge\Shop\Shop;
use Orderbridge\Sync\Report;
use Orderbridge\Tests\Support\CountingDatabase;
use Orderbridge\Tests\Support\TimedDatabase;
use RuntimeException;
use Story\Mariadb;
use Story\Portal;
use Story\Process;

/**
 * Portal, database and a shop of two tables, with the bridge in this very process: for what a worker costs, without
 * a web server between. All that was started is stopped when the bench ends.
 */
final class Stand
{
    public readonly Portal $portal;
    public readonly Store $store;
    public readonly CountingDatabase $database;
    public readonly Time $time;
    public Bridge $bridge;
    private readonly string $folder;
    /** @var array<string, string> what another process needs to find the same shop */
    public readonly array $environment;
    private ?Mariadb $mariadb = null;
    private int $placed = 0;
    /** @var list<array{float, float}> when the time was put ahead, and how far it was ahead then */
    private array $leaps = [];

    /**
     * @param array<string, mixed> $options of the bridge
     * @param bool $simulated whether the time is ours to put ahead, the database's included
     */
    public function __construct(string $name, array $options = [], private readonly bool $simulated = false)
    {
        $this->folder = dirname(__DIR__, 3) . "/var/bench/$name-" . getmypid();
        mkdir($this->folder, 0o700, true);
        register_shutdown_function($this->close(...));
        pcntl_async_signals(true);
        foreach ([SIGINT, SIGTERM, SIGHUP] as $signal) {
            pcntl_signal($signal, static fn () => exit(130));
        }
        $this->portal = new Portal($this->folder);
        $this->time = Time::begin($this->folder);
        $this->database = new CountingDatabase($this->open());
        $this->store = new Store($this->database, $this->time);
        $this->store->createTables();
        $this->bridge = $this->another($options);
        $this->setUp();
    }

    /** @param array<string, mixed> $options the same shop with another bridge, as another process would have it */
    public function another(array $options = []): Bridge
    {
        $sleep = $this->simulated ? $this->pass(...) : null;

        return self::bridge($this->store, $this->folder, $options + ['sleep' => $sleep]);
    }

    /** @param array<string, mixed> $options */
    public static function bridge(Shop $shop, string $folder, array $options): Bridge
    {
        return new Bridge($shop, new Options(...$options + [
            'prefix' => 'ob_',
            'key' => 'a key that no dump of the database contains',
            'roles' => Store::ROLES,
            'log' => new FileLog("$folder/bridge.log"),
            'plainHttp' => true,
            'privateNetwork' => true,
        ]));
    }

    /** Puts the simulated time ahead. */
    public function pass(float $seconds): void
    {
        $this->time->ahead($seconds);
        $this->leaps[] = [microtime(true), $this->time->offset()];
    }

    /** @return list<array<string, mixed>> the portal's journal after a number, by the simulated time, in its order */
    public function journal(int $after): array
    {
        $entries = $this->portal->journal($after);
        usort($entries, static fn (array $one, array $other): int => $one['at'] <=> $other['at']);
        $next = 0;
        $offset = 0.0;
        foreach ($entries as $index => $entry) {
            while ($next < count($this->leaps) && $this->leaps[$next][0] <= $entry['at']) {
                $offset = $this->leaps[$next++][1];
            }
            $entries[$index]['at'] += $offset;
        }

        return $entries;
    }

    private function open(): Database
    {
        if (getenv('DB') !== 'sqlite') {
            $this->mariadb = new Mariadb($this->folder);
        }
        $this->environment = [
            'BENCH_FOLDER' => $this->folder,
            'BENCH_DSN' => $this->mariadb?->environment()['SHOP_DSN'] ?? "sqlite:$this->folder/shop.sqlite",
        ];
        $database = PdoDatabase::connect($this->environment['BENCH_DSN'], 'root', '');

        return $this->simulated
            ? new TimedDatabase($database, fn (): int => (int) ($this->time->now() * 1000))
            : $database;
    }

    public function databaseName(): string
    {
        return $this->mariadb === null ? 'SQLite' : 'MariaDB';
    }

    private function setUp(): void
    {
        $this->bridge->install();
        $setup = $this->bridge->setup();
        $connected = $setup->connect($this->portal->webhook);
        $made = $setup->provision(['create', 'change']);
        if (!$connected['ok'] || !($made['complete'] ?? false)) {
            throw new RuntimeException('the portal cannot be set up: ' . json_encode([$connected, $made]));
        }
        $document = $setup->document();
        $document['responsible'] = ['rules' => [], 'fallback' => '1'] + (array) ($document['responsible'] ?? []);
        $setup->replace($document, $this->bridge->settings()->revision(), '');
        // The first sweep only finds out where the shop's orders end; the first round proves the engine and polls.
        $this->bridge->sweep(10);
        $this->work();
    }

    /** An order of a buyer, a new one where none is named, saved as the shop's hook saves it. */
    public function place(?int $buyer = null): string
    {
        $id = ++$this->placed;
        $this->store->place($id, $buyer ?? $id, fn () => $this->bridge->orderSaved((string) $id));

        return (string) $id;
    }

    /** An order that the bridge is not told of. */
    public function placeUnnoticed(?int $buyer = null): string
    {
        $id = ++$this->placed;
        $this->store->place($id, $buyer ?? $id, static fn () => null);

        return (string) $id;
    }

    /** One worker, until it has nothing more to do. */
    public function work(float $seconds = 600): Report
    {
        return $this->bridge->worker()->run($seconds);
    }

    /** How many requests the portal has had. */
    public function asked(): int
    {
        return $this->portal->send('GET', 'journal?limit=0')['http'];
    }

    private function close(): void
    {
        isset($this->portal) && $this->portal->stop();
        $this->mariadb?->stop();
        if (getenv('KEEP') !== '1') {
            Process::run(['rm', '-r', '--', $this->folder]);
        }
    }
}
