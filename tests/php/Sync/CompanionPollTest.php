<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Bitrix24\Portal;
use Orderbridge\Bridge;
use Orderbridge\Core\CompiledPhp;
use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\Child;

use function array_slice;
use function count;
use function file_get_contents;
use function json_decode;
use function json_encode;
use function stream_context_create;

/**
 * The way back of a box that never pushes and has deleted its stage history, with the core, the bridge and the
 * companion module as they are. Its clock goes back as well, so that its deals do not seem to have changed.
 */
final class CompanionPollTest extends BridgeTestCase
{
    private const NEWS = 'orderbridge.changes.list';

    private ?Child $box = null;
    private string $port = '';
    private int $deal = 0;

    private function ask(string $path, ?array $told = null): mixed
    {
        $context = stream_context_create(['http' => $told === null ? [] : [
            'method' => 'POST',
            'header' => 'Content-Type: application/json',
            'content' => json_encode($told),
        ]]);

        return json_decode((string) file_get_contents("http://127.0.0.1:$this->port$path", false, $context), true);
    }

    private function does(string $what, array $how = []): mixed
    {
        return $this->ask('/do', ['what' => $what] + $how);
    }

    private function moves(string $stage): void
    {
        $this->does('move', ['deal' => $this->deal, 'stage' => $stage]);
    }

    /** A shop with one order that is a deal, its polls begun; then the clock of the box goes back. */
    private function begun(string $kind, bool $module, bool $history): Bridge
    {
        $this->box = new Child(__DIR__ . '/../Companion/box.php');
        $this->port = $this->box->line();
        $bridge = $this->bridge($kind, ['engine' => new CompiledPhp()], false);
        $this->shop->now = 1_800_000_000;
        $saved = $bridge->setup()->replace([
            'schema' => 2,
            'shop' => ['id' => 'shop-1', 'name' => 'Чай'],
            'funnel' => ['id' => '5', 'name' => 'Интернет-магазин'],
            'statuses' => [
                'from_stage' => [
                    ['stage' => 'C5:PREPARATION', 'status' => 'paid'],
                    ['stage' => 'C5:EXECUTING', 'status' => 'pending'],
                ],
                'to_stage' => [],
                'won' => ['status' => 'paid'],
                'lost' => ['status' => 'pending'],
            ],
            'responsible' => ['rules' => [], 'fallback' => '1'],
        ], $bridge->settings()->revision(), 'Анна');
        self::assertTrue($saved['ok'] ?? false, (string) json_encode($saved));
        $bridge->secrets()->connect(Portal::fromWebhook("http://127.0.0.1:$this->port/rest/1/abcdef0123456789/", true));
        $this->shop->place(1);
        $this->deal = $this->does('add');
        $bridge->links()->learn(['order_id' => '1', 'deal_id' => (string) $this->deal, 'stage' => 'C5:NEW']);
        $module && self::assertTrue($this->does('install'));
        $this->polls($bridge);
        $this->does('box', ['shift' => -7200, 'keeps' => $history]);

        return $bridge;
    }

    /** @return list<list<string>> the methods that it asked for, one list a request */
    private function polls(Bridge $bridge): array
    {
        $before = count($this->ask('/state'));
        self::assertSame(1, $bridge->worker()->run(20)->polled);
        $this->shop->now += 60;

        return array_slice($this->ask('/state'), $before);
    }

    /** @return array<string, array{string, bool, bool, bool}> */
    public function nets(): array
    {
        $nets = [];
        foreach ($this->databases() as $name => [$kind]) {
            $nets["the companion, $name"] = [$kind, true, false, true];
            $nets["the history, $name"] = [$kind, false, true, true];
            // So the others are not held by anything else.
            $nets["neither, $name"] = [$kind, false, false, false];
        }

        return $nets;
    }

    /** @dataProvider nets */
    public function testTheStatusFollows(string $kind, bool $module, bool $history, bool $follows): void
    {
        $bridge = $this->begun($kind, $module, $history);
        foreach (['C5:PREPARATION' => 'paid', 'C5:EXECUTING' => 'pending', 'C5:WON' => 'paid'] as $to => $is) {
            $this->moves($to);
            $this->polls($bridge);
            self::assertSame($follows ? $is : 'pending', $this->shop->orderStatus('1'));
        }
        self::assertCount($follows ? 3 : 0, $this->shop->history('1'), 'each of them once');
        $quiet = [['crm.stagehistory.list', 'crm.item.list', $module ? self::NEWS : 'method.get']];
        self::assertSame($quiet, $this->polls($bridge), 'one request, and no call that is refused');
    }

    public function testNothingIsLostWhenTheModuleGoesAndComesBack(): void
    {
        $bridge = $this->begun('sqlite', true, true);
        $this->moves('C5:PREPARATION');
        $this->does('uninstall');
        self::assertSame(self::NEWS, $this->polls($bridge)[0][2], 'it does not know yet');
        self::assertSame('paid', $this->shop->orderStatus('1'), 'the history knows of it as well');

        $this->moves('C5:EXECUTING');
        self::assertSame('method.get', $this->polls($bridge)[0][2]);
        self::assertSame('pending', $this->shop->orderStatus('1'));

        // It counts from one, as its table went with it.
        $this->does('install');
        $this->moves('C5:PREPARATION');
        $this->polls($bridge);
        self::assertSame('paid', $this->shop->orderStatus('1'), 'from before its end was asked');
        $this->does('box', ['shift' => -7200, 'keeps' => false]);
        $this->moves('C5:EXECUTING');
        $this->polls($bridge);
        self::assertSame('pending', $this->shop->orderStatus('1'));
    }

    public function testADeletedDealIsSeen(): void
    {
        $bridge = $this->begun('sqlite', true, true);
        $this->does('delete', ['deal' => $this->deal]);

        self::assertContains(['crm.item.get'], $this->polls($bridge));
    }

    protected function tearDown(): void
    {
        $this->box?->kill();
        $this->box = null;
        parent::tearDown();
    }
}
