<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Versions;

use Orderbridge\Bridge;
use Orderbridge\Cli\Application;
use Orderbridge\Tests\Admin\AdminTestCase;

use function array_column;

/** The bridge with the core that a shop has, from its installation to all that needs no portal. */
final class BridgeTest extends AdminTestCase
{
    private function installed(): Bridge
    {
        $bridge = $this->bridge('sqlite', ['engine' => null, 'selfTest' => true], false);
        $this->shop->place(1);
        $bridge->orderSaved('1');

        return $bridge;
    }

    public function testTheSettingsPageWorks(): void
    {
        $this->bridge = $this->installed();
        $page = $this->ask('page.open');
        self::assertSame('none', $page['connection']['state']);
        $document = $page['settings']['document'];
        $document['funnel'] = ['id' => '5'];
        $document['deal']['title'] = 'Заказ {order.number}';

        $report = $this->ask('settings.check', ['document' => $document]);
        self::assertSame($document['deal']['title'], $report['settings']['deal']['title']);
        $saved = $this->ask('settings.save', ['document' => $document, 'revision' => $page['settings']['revision']]);
        self::assertNotSame($page['settings']['revision'], $saved['revision']);
        $preview = $this->bridge->setup()->preview('1');
        self::assertSame('Заказ 1', array_column($preview['deal'], 'value', 'name')['title']);
        self::assertSame('100.00', $preview['rows_sum']);

        $orders = $this->ask('orders.list', ['filter' => 'all', 'search' => '', 'limit' => 10]);
        self::assertSame([['1', 'waiting']], array_map(
            static fn (array $row): array => [$row['order']['id'], $row['state']],
            $orders['rows'],
        ));
        self::assertSame('1', $this->ask('orders.get', ['id' => '1'])['row']['order']['id']);
        self::assertNotContains('engine_fault', array_column($page['alerts'], 'code'));
        self::assertSame([], $this->log->lines);
    }

    /**
     * @dataProvider commands
     * @param list<string> $words
     */
    public function testACommandDoesWhatItSays(int $code, array $words): void
    {
        $bridge = $this->installed();

        self::assertSame($code, Application::standard()->run([...$words, '--lang=en'], $bridge));
        self::assertSame([], $this->log->lines);
    }

    /** @return iterable<string, array{int, list<string>}> */
    public static function commands(): iterable
    {
        foreach (
            [
                'help' => 0, 'install' => 0, 'work' => 0, 'sweep' => 0, 'status' => 1, 'status --json' => 1,
                'doctor' => 1, 'preview 1' => 0, 'explain 1' => 0, 'explain 1 --json' => 0, 'retry --all' => 0,
                'renew monitor' => 0, 'erase --order=1 --yes' => 0, 'compare' => 3, 'backfill --all' => 1,
                'backfill status' => 0, 'provision' => 3, 'fly' => 2,
            ] as $words => $code
        ) {
            yield $words => [$code, explode(' ', $words)];
        }
    }
}
