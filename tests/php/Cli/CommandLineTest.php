<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Cli;

use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Reason;
use Orderbridge\Settings\PortalHold;
use Orderbridge\Settings\Rows;
use Orderbridge\Shop\OrderRange;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\Child;
use Orderbridge\Tests\Support\ScriptedPortal;

use function array_column;
use function array_keys;
use function array_map;
use function escapeshellarg;
use function exec;
use function implode;
use function json_decode;
use function preg_match;
use function range;
use function substr;

use const SIGTERM;

final class CommandLineTest extends BridgeTestCase
{
    private const PROGRAM = __DIR__ . '/../../../php-bridge/bin/orderbridge';

    /** @param array<string, string> $environment */
    private function start(array $words, array $environment = []): Child
    {
        return new Child(self::PROGRAM, ['--boot', __DIR__ . '/boot.php', ...$words], $environment + [
            'TEST_WORDS' => implode("\n", $this->words),
            'TEST_LANG' => 'en',
        ]);
    }

    /**
     * @param array<string, string> $environment
     * @return array{int, string}
     */
    private function command(array $words, array $environment = [], string $input = ''): array
    {
        $child = $this->start($words, $environment);
        if ($input !== '') {
            $child->tell($input);
        }
        $printed = $child->rest();

        return [(int) $child->exit(), $printed];
    }

    public function testSaysHowItIsUsed(): void
    {
        $this->bridge('sqlite', [], false);
        [$code, $printed] = $this->command(['--help']);
        self::assertSame(0, $code);
        self::assertStringContainsString('Коды: 0 порядок', $printed);
        self::assertStringContainsString('Exit codes: 0 fine', $this->command(['--lang', 'en', 'help'])[1]);

        $wrong = [['fly'], ['work', '--fast'], ['work', '--for'], ['work', '--for', 'ever'], ['retry', '--boot=']];
        foreach ($wrong as $words) {
            [$code, $printed] = $this->command([...$words, '--lang=en']);
            self::assertSame(2, $code, implode(' ', $words));
            self::assertStringContainsString('Not understood: ', $printed);
        }
    }

    public function testNeedsAShop(): void
    {
        $child = new Child(self::PROGRAM, ['--lang=en', '--boot', '/no/such/file.php', 'work']);
        self::assertStringContainsString('There is no file /no/such/file.php', $child->rest());
        self::assertSame(2, $child->exit());

        $child = new Child(self::PROGRAM, ['--lang=en', '--boot', __DIR__ . '/../bootstrap.php', 'work']);
        self::assertStringContainsString('does not return', $child->rest());
        self::assertSame(2, $child->exit());
    }

    /** @dataProvider databases */
    public function testFromTheFirstCommandToADeal(string $kind): void
    {
        $this->bridge($kind, [], false);
        $this->another()->uninstall();
        $this->portal = new ScriptedPortal();
        self::assertSame([0, "таблицы созданы или обновлены\n"], $this->command(['install']));
        self::assertSame([0, "the tables are there\n"], $this->command(['install', '--lang=en']));
        [$code, $printed] = $this->command(['status', '--lang=en']);
        self::assertSame(1, $code);
        self::assertStringContainsString('no Bitrix24 portal is connected', $printed);
        self::assertSame([0, ''], $this->command(['work']));

        [$code, $printed] = $this->command(['connect', '--stdin', '--lang=en'], [], $this->portal->webhook());
        self::assertSame(0, $code, $printed);
        self::assertStringContainsString('/rest/1/***/', $printed);
        self::assertStringContainsString('https://shop.example/bitrix24?secret=', $printed);
        self::assertStringNotContainsString(ScriptedPortal::SECRET, $printed);

        $this->shop->place(1);
        $bridge = $this->another(['key' => 'a key']);
        $bridge->orderSaved('1');
        [$code, $printed] = $this->command(['work']);
        self::assertSame(0, $code);
        self::assertSame(1, json_decode($printed, true)['done'], $printed);
        self::assertSame(['1' => 1], $this->deals());
        [$code, $printed] = $this->command(['status', '--lang=en']);
        self::assertSame(0, $code, $printed);
        self::assertStringContainsString('Orders bound to deals: 1', $printed);
        [$code, $printed] = $this->command(['status', '--json']);
        self::assertSame(1, json_decode($printed, true)['links']);
        self::assertTrue(json_decode($printed, true)['secrets_sealed']);
        self::assertStringNotContainsString(ScriptedPortal::SECRET, $printed);
    }

    public function testRefusesAWebhookThatIsNone(): void
    {
        $this->bridge('sqlite', [], false);
        [$code, $printed] = $this->command(['connect', 'https://portal.bitrix24.ru/', '--lang=en']);
        self::assertSame(1, $code);
        self::assertStringContainsString('does not look like an incoming webhook', $printed);
        [$code, $printed] = $this->command(
            ['connect', 'http://127.0.0.1:1/rest/1/abcdef123456/', '--lang=en'],
            ['TEST_PRIVATE' => 'no'],
        );
        self::assertSame(1, $code);
        self::assertStringContainsString('private network', $printed);
        [$code, $printed] = $this->command(['connect', 'http://127.0.0.1:1/rest/1/abcdef123456/', '--lang=en']);
        self::assertSame(1, $code);
        self::assertStringContainsString('is not kept', $printed);
        self::assertFalse($this->another()->secrets()->isConnected());
        self::assertSame(2, $this->command(['connect'])[0]);
    }

    public function testComparesAndMends(): void
    {
        $bridge = $this->bridge('sqlite');
        $bridge->worker()->run(5);
        foreach ([1, 2, 3] as $order) {
            $this->shop->place($order);
            $bridge->orderSaved((string) $order);
        }
        $bridge->worker()->run(5);
        self::assertSame([0, "Orders and deals agree.\n"], $this->lastLine($this->command(['compare', '--lang=en'])));

        $deals = $this->portal->state()['deals'];
        $this->portal->set('1', ['print' => '7.00pending'] + $deals['1']);
        $this->portal->set('2', null);
        $this->portal->set('33', $deals['3']);
        [$code, $printed] = $this->command(['compare', '--lang=en']);
        self::assertSame(1, $code);
        self::assertStringContainsString("     1  the order has no deal\n", $printed);
        self::assertStringContainsString("     0  the deal is not this order's\n", $printed);
        self::assertStringContainsString("order 1, deal 1: the deal differs from the order: print\n", $printed);
        self::assertStringContainsString("order 2, deal -: the order has no deal\n", $printed);
        self::assertStringContainsString("order 3, deal 3, 33: the order has several deals\n", $printed);

        [$code, $printed] = $this->command(['compare', '--order=1', '--repair', '--lang=en']);
        self::assertSame(1, $code);
        self::assertStringContainsString("Sent again: 1\n", $printed);
        self::assertStringNotContainsString('order 2', $printed);
        self::assertSame('100.00pending', $this->portal->state()['deals']['1']['print']);
        self::assertSame(0, $this->command(['compare', '--order=1'])[0]);

        $this->command(['compare', '--repair']);
        [$code, $printed] = $this->command(['compare', '--json']);
        self::assertSame(1, $code);
        self::assertSame(['3'], array_column(json_decode($printed, true)['list'], 'order_id'));
        self::assertSame(0, $this->command(['compare', '--from', '2030-01-01', '--order', '2'])[0]);
        self::assertSame(2, $this->command(['compare', '--from=yesterday'])[0]);

        $this->portal->kill();
        [$code, $printed] = $this->command(['compare', '--lang=en']);
        self::assertSame(3, $code);
        self::assertStringContainsString('It did not come to its end: ', $printed);
        $this->portal = null;
    }

    /**
     * @param array{int, string} $ended
     * @return array{int, string}
     */
    private function lastLine(array $ended): array
    {
        preg_match('/[^\n]*\n\z/', $ended[1], $line);

        return [$ended[0], $line[0] ?? ''];
    }

    public function testShowsTheDeadAndBringsThemBack(): void
    {
        $bridge = $this->bridge('sqlite');
        $tables = new Tables($this->database, $this->prefix . 'ob_');
        foreach (['1', '2', '3'] as $order) {
            $bridge->orderSaved($order);
        }
        foreach ((new Leases($tables))->take(3) as $job) {
            $bridge->outbox()->bury($job, Job::PUSH, Reason::of('field', "Нет поля $job->orderId", 'Создайте поле'));
        }

        [$code, $printed] = $this->command(['status', '--lang=en']);
        self::assertSame(1, $code);
        self::assertStringContainsString("2: Нет поля 2\n       → Создайте поле", $printed);
        self::assertSame([0, "Put back into the queue: 1\n"], $this->command(['retry', '2', '--lang=en']));
        self::assertSame([0, "Put back into the queue: 2\n"], $this->command(['retry', '--all', '--lang=en']));
        self::assertSame([1, "Order 99 is not in the queue.\n"], $this->command(['retry', '99', '--lang=en']));
        self::assertSame(2, $this->command(['retry'])[0]);
        self::assertSame(3, $bridge->outbox()->figures()['ready']);
    }

    public function testPreviewsAndSweeps(): void
    {
        $this->bridge('sqlite');
        $this->shop->place(5);
        [$code, $printed] = $this->command(['preview', '5']);
        self::assertSame([0, '5'], [$code, json_decode($printed, true)['deal']['title']]);
        self::assertSame(1, $this->command(['preview', '404'])[0]);
        self::assertSame(2, $this->command(['preview'])[0]);
        self::assertSame([0, "Forgotten orders found: 0\n"], $this->command(['sweep', '--lang=en']));
        $this->shop->place(6);
        self::assertSame([0, "Forgotten orders found: 1\n"], $this->command(['sweep', '--lang=en']));
    }

    /** @dataProvider databases */
    public function testSendsFormerOrdersAndShowsHowItGetsOn(string $kind): void
    {
        $this->bridge($kind);
        self::assertSame([0, "There has been no backfill yet.\n"], $this->command(['backfill', 'status', '--lang=en']));
        self::assertSame(2, $this->command(['backfill'])[0], 'everything is sent only when that is said');
        self::assertSame(2, $this->command(['backfill', 'start'])[0]);
        self::assertSame(2, $this->command(['backfill', 'fly', '--all'])[0]);
        [$code, $printed] = $this->command(['backfill', '--from=2026-02-30', '--lang=en']);
        self::assertSame(2, $code);
        self::assertStringContainsString('The range is not understood: 2026-02-30', $printed);
        [$code, $printed] = $this->command(['backfill', '--all', '--lang=en']);
        self::assertSame(1, $code);
        self::assertStringContainsString("There is no order in this range.\n→ check", $printed);

        $this->database->transaction(function (): void {
            array_map($this->shop->place(...), range(1, 250));
        });
        [$code, $printed] = $this->command(['backfill', '--from-id=11', '--to-id', '240', '--lang=en']);
        self::assertSame(0, $code, $printed);
        self::assertStringContainsString('The backfill is running: 0 of 230 (0 %)', $printed);
        [$code, $printed] = $this->command(['backfill', '--all', '--lang=en']);
        self::assertSame(1, $code);
        self::assertStringContainsString('under way already; no second one was begun', $printed);
        self::assertStringContainsString('is paused: 0 of', $this->command(['backfill', 'pause', '--lang=en'])[1]);
        $this->command(['work']);
        self::assertSame([], $this->deals());
        [$code, $printed] = $this->command(['backfill', 'resume', '--wait', '--lang=en']);
        self::assertSame(0, $code, $printed);
        self::assertMatchesRegularExpression('/running: 144 of 230 \(62 %\)/', $printed);
        self::assertStringEndsWith(
            "The backfill is finished: 230 of 230 (100 %), being retried 0, need a decision 0\n",
            $printed,
        );
        self::assertSame(range(11, 240), array_keys($this->deals()));
        [$code, $printed] = $this->command(['backfill', 'status', '--json']);
        self::assertSame([0, 230], [$code, json_decode($printed, true)['done']]);
        self::assertSame(1, $this->command(['backfill', 'cancel'])[0]);
    }

    public function testWaitingEndsWhenAPersonIsNeeded(): void
    {
        $bridge = $this->bridge('sqlite');
        $this->shop->place(1);
        $bridge->backfill()->start(new OrderRange());
        (new PortalHold(new Rows(
            new Tables($this->shop->database(), $this->prefix . 'ob_'),
            new Clock($this->shop),
        )))->place(300, true, Reason::of('scope', 'The webhook may not see deals', 'Tick CRM'));

        [$code, $printed] = $this->command(['backfill', 'status', '--wait', '--lang=en']);

        self::assertSame(1, $code);
        self::assertStringContainsString("\n  !  The webhook may not see deals\n", $printed);
        self::assertSame('running', $bridge->backfill()->status()['state'], 'it goes on when that is mended');
    }

    public function testExplainsAnOrder(): void
    {
        $bridge = $this->bridge('sqlite');
        $real = ['TEST_ENGINE' => 'real'];
        [$code, $printed] = $this->command(['explain', '404', '--lang=en'], $real);
        self::assertSame(0, $code, $printed);
        self::assertStringContainsString("  The shop has no such order.\n       → Check the number", $printed);
        self::assertSame(2, $this->command(['explain'])[0]);

        $document = $bridge->setup()->document();
        $bridge->settings()->amendDocument(static fn (): array => ['funnel' => ['id' => '5']] + $document);
        $this->shop->place(5);
        [$code, $printed] = $this->command(['explain', '5', '--json'], $real);
        self::assertSame([0, 'never_queued'], [$code, json_decode($printed, true)['verdict']], $printed);
        $bridge->orderSaved('5');
        self::assertStringContainsString('The order is queued', $this->command(['explain', '5'], $real)[1]);

        $tables = new Tables($this->database, $this->prefix . 'ob_');
        [$job] = (new Leases($tables))->take(1);
        $bridge->outbox()->bury($job, Job::PUSH, Reason::of('field', 'No such field', 'Make it'));
        $bridge->journal()->write(['order_id' => '5', 'level' => 'info', 'code' => 'seen', 'message' => 'Seen before']);
        $printed = $this->command(['explain', '5'], $real)[1];
        self::assertStringStartsWith("  No such field\n       → Make it\n", $printed);
        self::assertMatchesRegularExpression('/^  [0-9-]+ [0-9:]+ Seen before$/m', $printed);
    }

    public function testTheDoctorSaysWhatToDo(): void
    {
        $bridge = $this->bridge('sqlite', [], false);
        $real = ['TEST_ENGINE' => 'real'];

        [$code, $printed] = $this->command(['doctor', '--lang=en'], $real);
        self::assertSame(1, $code);
        foreach (['  ok PHP ', '  ok core ', '  ok the tables are there', '  x  no Bitrix24 portal'] as $line) {
            self::assertStringContainsString($line, $printed);
        }
        self::assertMatchesRegularExpression('/  x  no scheduled worker.*\n +→ add to cron/', $printed);

        $this->portal = new ScriptedPortal();
        $this->command(['connect', $this->portal->webhook()]);
        $this->command(['work']);
        [$code, $printed] = $this->command(['doctor', '--lang=en']);
        self::assertSame(0, $code, $printed);
        self::assertStringContainsString('the portal answers: http://127.0.0.1', $printed);
        self::assertStringNotContainsString(ScriptedPortal::SECRET, $printed);

        $this->portal->kill();
        [$code, $printed] = $this->command(['doctor', '--lang=en']);
        self::assertNotSame(0, $code);
        $bridge->uninstall();
        [$code, $printed] = $this->command(['doctor', '--lang=en'], $real);
        self::assertSame(1, $code);
        self::assertMatchesRegularExpression('/  x  the module\'s tables .*\n +→ run: orderbridge install/', $printed);
    }

    public function testTheDoctorGivesTheLineForCron(): void
    {
        $this->bridge('sqlite', [], false);
        $printed = $this->command(['doctor', '--lang=en'])[1];

        self::assertSame(1, preg_match('/^  \* \* \* \* \* (.+)$/m', $printed, $line), $printed);
        $words = implode("\n", $this->words);
        exec('cd / && TEST_LANG=en TEST_WORDS=' . escapeshellarg($words) . " $line[1] 2>&1", $output, $code);
        self::assertSame(0, $code, implode("\n", $output));
        self::assertStringNotContainsString('* * * * *', $this->command(['doctor', '--lang=en'])[1], 'now cron runs');
    }

    /** @dataProvider databases */
    public function testShowsItsAddressesWhenAskedAndChangesTheirSecrets(string $kind): void
    {
        $bridge = $this->bridge($kind, ['key' => 'a key', 'monitorUrl' => 'https://shop.example/health'], false);
        $urls = [$bridge->inboundUrl(), $bridge->monitorUrl()];
        self::assertStringNotContainsString('secret=', $this->command(['status', '--lang=en'])[1]);
        $printed = $this->command(['status', '--lang=en', '--show-urls'])[1];
        foreach ($urls as $url) {
            self::assertStringContainsString("  $url\n", $printed);
        }
        foreach (['inbound' => $urls[0], 'monitor' => $urls[1]] as $which => $former) {
            [$code, $printed] = $this->command(['renew', $which, '--lang=en']);
            self::assertSame(0, $code);
            self::assertMatchesRegularExpression('~  https://shop.example/\w+\?(secret|key)=[0-9a-f]{32}\n~', $printed);
            self::assertStringNotContainsString($former, $printed);
        }
        $key = substr($urls[1], -32);
        self::assertNotSame(404, $this->another(['key' => 'a key'])->monitor()->handle('GET', ['key' => $key])->status);
        self::assertSame(0, $this->command(['renew', 'monitor', '--final'])[0]);
        self::assertSame(404, $this->another(['key' => 'a key'])->monitor()->handle('GET', ['key' => $key])->status);
        self::assertSame([2, 2], [$this->command(['renew'])[0], $this->command(['renew', 'webhook'])[0]]);
        $printed = $this->command(['status', '--lang=en', '--show-urls'], ['TEST_MONITOR' => 'no'])[1];
        self::assertStringContainsString('this shop has none', $printed);
    }

    /** @dataProvider databases */
    public function testErasesABuyer(string $kind): void
    {
        $bridge = $this->bridge($kind, ['key' => 'a key']);
        foreach ([1, 2] as $id) {
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $bridge->worker()->run(5);
        $bridge->links()->learn(['order_id' => '1', 'memo' => ['contact' => '55', 'company' => '66']]);

        $wrong = [[], ['--unlink'], ['--order=1', '--phone=89991230001'], ['--order='], ['--phone', '--email']];
        foreach ($wrong as $words) {
            self::assertSame(2, $this->command(['erase', ...$words])[0], implode(' ', $words));
        }
        [$code, $printed] = $this->command(['erase', '--phone', '+7 999 123-00-01', '--lang=en']);
        self::assertSame(0, $code, $printed);
        self::assertStringContainsString('links 1, jobs 0, lines of the journal 1', $printed);
        $portal = "http://127.0.0.1:{$this->portal->port}/crm";
        foreach (['deal' => '1', 'contact' => '55', 'company' => '66'] as $of => $id) {
            self::assertStringContainsString("  $of $id  $portal/$of/details/$id/\n", $printed);
        }
        self::assertStringContainsString('The shop itself still has his orders: 1', $printed);
        self::assertSame(1, $this->command(['erase', '--email=nobody@example.ru'])[0]);
        [$code, $printed] = $this->command(['erase', '--order=2', '--unlink', '--json']);
        $erased = json_decode($printed, true);
        self::assertSame([0, ['2'], 1], [$code, $erased['orders'], $erased['links']]);
        self::assertNull($bridge->links()->ofOrder('2'));
        self::assertSame('1', $bridge->links()->ofOrder('1')['deal_id']);
    }

    public function testAFailureIsAnExitCodeAndNotATrace(): void
    {
        $bridge = $this->bridge('sqlite', [], false);
        $bridge->uninstall();

        [$code, $printed] = $this->command(['status', '--lang=en']);
        self::assertSame(1, $code);
        self::assertMatchesRegularExpression('/ x  the module\'s tables .*\n +→ run: orderbridge install/', $printed);

        [$code, $printed] = $this->command(['retry', '--all', '--lang=en']);
        self::assertSame(3, $code);
        self::assertStringStartsWith('It failed: the database refused a statement', $printed);
        self::assertStringNotContainsString('#0', $printed);
    }

    /** @dataProvider databases */
    public function testADaemonWorksUntilItIsTold(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $daemon = $this->start(['work', '--daemon'], ['TEST_LANG' => 'ru']);

        self::assertStringContainsString('"polled":1', $daemon->line());
        $this->shop->place(2);
        $bridge->orderSaved('2');
        self::assertStringContainsString('"done":1', $daemon->line());
        $daemon->signal(SIGTERM);
        $daemon->rest();

        self::assertSame(0, $daemon->exit());
        self::assertSame([1 => 1, 2 => 1], $this->deals());
        self::assertNotNull($bridge->health()['ago']['daemon']);
    }
}
