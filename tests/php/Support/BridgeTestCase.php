<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Support;

use Orderbridge\Bitrix24\Portal;
use Orderbridge\Bridge;
use Orderbridge\Options;
use Orderbridge\Store\Tables;
use PHPUnit\Framework\TestCase;

use function array_map;
use function array_values;
use function ksort;

/** A bridge over a shop of two tables, with a scripted core and, when asked for, a scripted portal. */
abstract class BridgeTestCase extends TestCase
{
    use OpensDatabases;

    protected TableShop $shop;
    protected ScriptedEngine $engine;
    protected MemoryLog $log;
    protected ?ScriptedPortal $portal = null;
    /** @var list<string> how another process opens the same database */
    protected array $words = [];

    /** @param array<string, mixed> $options */
    protected function bridge(string $kind, array $options = [], bool $connected = true): Bridge
    {
        $this->words = $this->open($kind);
        $this->shop = new TableShop($this->database, $this->prefix);
        $this->shop->createTables();
        $bridge = $this->another($options);
        $bridge->install();
        if ($connected) {
            $this->portal = new ScriptedPortal();
            $bridge->setup()->document();
            $bridge->secrets()->connect(Portal::fromWebhook($this->portal->webhook(), true));
        }

        return $bridge;
    }

    /**
     * Another bridge over the same shop, as another request would make it.
     *
     * @param array<string, mixed> $options
     */
    protected function another(array $options = []): Bridge
    {
        $this->engine = new ScriptedEngine();
        $this->log = new MemoryLog();

        return new Bridge($this->shop, new Options(...$options + [
            'prefix' => $this->prefix . 'ob_',
            'lang' => 'en',
            'engine' => $this->engine,
            'selfTest' => false,
            'log' => $this->log,
            'plainHttp' => true,
            'privateNetwork' => true,
            'compareNightly' => false,
        ]));
    }

    protected function tearDown(): void
    {
        $this->portal?->kill();
        $this->portal = null;
    }

    /** @return list<string> all that our tables hold, a text a cell */
    protected function dump(): array
    {
        $cells = [];
        foreach (Tables::NAMES as $table) {
            foreach ($this->database->query("SELECT * FROM {$this->prefix}ob_$table") as $row) {
                $cells = [...$cells, ...array_map('strval', array_values($row))];
            }
        }

        return $cells;
    }

    /** @return array<string, int> number of deals by order */
    protected function deals(): array
    {
        $deals = [];
        foreach ($this->portal->state()['deals'] as $deal) {
            $deals[$deal['order']] = ($deals[$deal['order']] ?? 0) + 1;
        }
        ksort($deals);

        return $deals;
    }
}
