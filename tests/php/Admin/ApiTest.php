<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Admin;

use InvalidArgumentException;
use Orderbridge\Admin\Api;
use Orderbridge\Admin\Visitor;

use function array_column;
use function array_diff;
use function array_filter;
use function array_keys;
use function explode;
use function file_get_contents;
use function in_array;
use function json_decode;
use function ksort;
use function preg_match;
use function preg_match_all;
use function str_contains;
use function str_repeat;
use function strtok;
use function substr;

use const PREG_SET_ORDER;

/** The other end of the settings app: what it understands, whom it obeys, what it never tells. */
final class ApiTest extends AdminTestCase
{
    public function testHasTheActionsOfItsContractAndNoOther(): void
    {
        $contract = (string) file_get_contents(__DIR__ . '/../../../php-bridge/admin/README.md');
        $promised = [];
        foreach (explode("\n", $contract) as $line) {
            if (preg_match('/^\| `([a-z]+\.[a-z]+)`( ✎)?(.*?) \|/', $line, $found) === 1) {
                $promised[$found[1]] = ($found[2] ?? '') !== '';
                preg_match_all('/`\.([a-z]+)`( ✎)?/', $found[3], $more, PREG_SET_ORDER);
                foreach ($more as $other) {
                    $promised[strtok($found[1], '.') . ".$other[1]"] = ($other[2] ?? '') !== '';
                }
            }
        }
        $actions = Api::actions();
        ksort($promised);
        ksort($actions);

        self::assertNotSame([], $promised);
        self::assertSame($promised, $actions);
    }

    public function testRefusesWhatItDoesNotUnderstand(): void
    {
        $this->bridge = $this->bridge('sqlite');
        $bodies = [
            '', 'null', '[]', '{}', '{"action":1}', '{"action":"no.such"}', '{"action":"page.open","params":[]}', '{',
            '{"action":"page.open","params":"x"}', str_repeat('[', 100),
            '{"action":"page.open","params":{"x":"' . str_repeat('x', Api::LARGEST_BODY) . '"}}',
        ];
        foreach ($bodies as $body) {
            $answer = $this->bridge->admin()->handle($body, new Visitor(true));
            self::assertSame(400, $answer->status, substr($body, 0, 60));
            $error = json_decode($answer->body, true)['error'];
            self::assertSame('admin_action_unknown', $error['code']);
        }
        foreach (
            [
            ['orders.list', ['filter' => 'none']], ['orders.list', ['limit' => '5']], ['orders.get', []],
            ['orders.get', ['id' => 7]], ['orders.resend', ['ids' => 'all']], ['orders.resend', ['ids' => [1]]],
            ['settings.save', ['document' => 'x', 'revision' => 'y']], ['connection.test', ['webhook' => []]],
            ['backfill.start', ['from' => 'yesterday']], ['compare.start', ['from' => '01.02.2026']],
            ['backfill.count', ['from_id' => '9', 'to_id' => '1']], ['compare.start', ['to' => '2026-02-30']],
            ['urls.renew', ['which' => 'all']], ['orders.list', ['search' => str_repeat('я', 3000)]],
            ] as [$action, $params]
        ) {
            self::assertSame('admin_params_wrong', $this->refused(400, $action, $params)['code'], $action);
        }
    }

    public function testWhoMayOnlyLookChangesNothing(): void
    {
        $this->bridge = $this->bridge('sqlite');
        $before = $this->dump();
        foreach (array_keys(array_filter(Api::actions())) as $action) {
            self::assertSame('admin_forbidden', $this->refused(403, $action, [], false)['code'], $action);
        }
        self::assertSame($before, $this->dump());

        $page = json_decode($this->answer('page.open', [], false)->body, true)['data'];
        self::assertFalse($page['may_modify']);
        self::assertSame(['', ''], [$page['urls']['endpoint'], $page['urls']['monitor']], 'they are passwords');
        self::assertSame(['url' => '', 'secret' => ''], $page['urls']['companion'], 'so is this');
    }

    /** @dataProvider databases */
    public function testNoAnswerHoldsASecret(string $kind): void
    {
        $this->bridge = $this->bridge($kind, ['key' => 'a key from outside of the database']);
        $this->shop->place(1);
        $this->bridge->orderSaved('1');
        $this->bridge->worker()->run(5);
        $token = '123456:' . str_repeat('Q', 35);
        $proxy = 'pa55w0rd-of-the-proxy';
        $this->ask('preferences.save', ['preferences' => (object) [
            'telegram_token' => $token, 'proxy' => "http://shop:$proxy@127.0.0.1:1",
        ]]);
        $this->ask('preferences.save', ['preferences' => (object) ['telegram_chat' => '-1']]);
        preg_match_all('#/rest/\d+/(\w+)/#', $this->portal->webhook(), $found);
        $secrets = [...$found[1], $token, $proxy, 'a key from outside'];
        self::assertCount(4, $secrets);
        $this->engine->instead['sync.start'] = static fn (): array => ['step' => 'done', 'result' => [
            'ok' => true, 'points' => [], 'funnels' => [], 'plan' => [], 'complete' => true,
            'settings' => ['shop' => ['id' => 'shop.example']],
        ]];

        foreach ($this->everyAction() as $action => [$params, $status]) {
            $answer = $this->answer($action, $params);
            self::assertSame($status, $answer->status, "$action: $answer->body");
            foreach ($secrets as $secret) {
                self::assertFalse(str_contains($answer->body, $secret), "$action told a secret");
            }
            if ($action !== 'page.open' && $action !== 'health.read' && $action !== 'urls.renew') {
                self::assertFalse(
                    str_contains($answer->body, $this->bridge->secrets()->inbound()),
                    "$action told the address",
                );
            }
        }
    }

    /** @return array<string, array{array<string, mixed>, int}> params and the status that is answered, the end last */
    private function everyAction(): array
    {
        $settings = $this->ask('page.open')['settings'];
        $given = [
            'settings.check' => ['document' => $settings['document']],
            'settings.save' => $settings,
            'preferences.save' => ['preferences' => (object) ['poll_every' => 60]],
            'provision.run' => ['consent' => ['create']],
            'connection.test' => ['webhook' => $this->portal->webhook()],
            'shop.order' => ['id' => '1'],
            'orders.get' => ['id' => '1'],
            'orders.send' => ['id' => '1'],
            'orders.resend' => ['ids' => ['1']],
            'urls.renew' => ['which' => 'monitor'],
            'privacy.erase' => ['phone' => '+7 912 345-67-89'],
        ];
        // What a backfill does depends on where it is.
        $ends = ['backfill.start', 'backfill.pause', 'backfill.resume', 'backfill.cancel', 'connection.close'];
        $actions = array_diff(array_keys(Api::actions()), $ends, ['settings.save']);
        $all = [];
        foreach (['settings.save', ...$actions, ...$ends] as $action) {
            $all[$action] = [$given[$action] ?? [], 200];
        }

        return $all;
    }

    public function testEachActionOfAnUnconnectedShopAnswersOrSaysWhatToDo(): void
    {
        $this->bridge = $this->bridge('sqlite', [], false);
        $this->shop->place(1);
        foreach (Api::actions() as $action => $modifies) {
            $answer = $this->answer($action, ['id' => '1']);
            self::assertContains($answer->status, [200, 400, 422], "$action: $answer->body");
            $told = json_decode($answer->body, true);
            $hint = $told['ok'] ? 'none is needed' : $told['error']['hint'];
            self::assertNotSame('', $hint, $action);
            self::assertStringNotContainsString('orderbridge ', $hint, 'the page is no terminal');
        }
    }

    /** @dataProvider databases */
    public function testTheCompanionsSecretIsShownAndChanged(string $kind): void
    {
        $this->bridge = $this->bridge($kind);
        $page = $this->ask('page.open');
        $first = $page['urls']['companion'];
        self::assertSame($this->shop->endpointUrl(), $first['url'], 'without the secret of events');
        self::assertSame($this->bridge->secrets()->companion(), $first['secret']);
        self::assertSame(['heard' => null, 'refused' => 0, 'stale' => 0], $page['companion']);

        $inbound = $page['urls']['endpoint'];
        $urls = $this->ask('urls.renew', ['which' => 'companion'])['urls'];
        self::assertNotSame($first['secret'], $urls['companion']['secret']);
        self::assertStringStartsWith('whsec_', $urls['companion']['secret']);
        self::assertSame($inbound, $urls['endpoint'], 'the other stays');
        foreach (array_keys(Api::actions()) as $action) {
            $told = str_contains($this->answer($action, ['id' => '1'])->body, $urls['companion']['secret']);
            self::assertSame(in_array($action, ['page.open', 'health.read'], true), $told, $action);
        }
    }

    public function testAFaultOfOursIsLoggedWithoutWords(): void
    {
        $this->bridge = $this->bridge('sqlite');
        $this->shop->place(5);
        $this->shop->broken = ['5'];
        self::assertSame('admin_fault', $this->refused(500, 'shop.order', ['id' => '5'])['code']);
        $said = $this->log->text();
        self::assertStringContainsString('RuntimeException', $said);
        self::assertStringNotContainsString('912', $said, 'a message may quote a buyer');
    }

    public function testAShopThatThrowsAboutItsArgumentsIsAFaultOfOurs(): void
    {
        $this->bridge = $this->bridge('sqlite');
        $this->shop->place(5);
        $this->engine->instead['order.explain'] = static fn (): array => throw new InvalidArgumentException(
            'no such phone: +7 912 345-67-89',
        );
        $answer = $this->answer('orders.get', ['id' => '5']);
        self::assertSame([500, 'admin_fault'], [$answer->status, json_decode($answer->body, true)['error']['code']]);
        self::assertStringNotContainsString('345-67', $answer->body . $this->log->text());
    }

    public function testSaysWhichFieldItDidNotUnderstand(): void
    {
        $this->bridge = $this->bridge('sqlite');
        foreach (['from' => 'yesterday', 'to' => 'today', 'from_id' => 'x', 'to_id' => '-1'] as $name => $value) {
            $error = $this->refused(400, 'backfill.count', [$name => $value]);
            self::assertStringContainsString("\"$name\"", $error['message']);
        }
    }

    public function testWhatPeopleWroteComesThroughAsItIs(): void
    {
        $this->bridge = $this->bridge('sqlite');
        $evil = '<img src=x onerror=alert(1)>"\'&</script>';
        $this->shop->buyers = [1 => ['first_name' => $evil]];
        $this->shop->place(1);

        self::assertSame($evil, $this->ask('orders.list')['rows'][0]['order']['buyer']);
        self::assertSame($evil, $this->ask('shop.order', ['id' => '1'])['order']['buyer']['first_name']);
        self::assertSame('nosniff', $this->answer('page.open')->headers()['X-Content-Type-Options']);
    }

    /** @dataProvider databases */
    public function testOpensBeforeAnythingIsThere(string $kind): void
    {
        $this->bridge = $this->bridge($kind, ['command' => 'php orderbridge'], false);
        $this->bridge->uninstall();

        $page = $this->ask('page.open');

        self::assertTrue($this->bridge->migrations()->complete(), 'whoever may modify brings the tables up');
        self::assertSame('none', $page['connection']['state']);
        self::assertSame('* * * * * php orderbridge work', $page['urls']['cron_line']);
        self::assertSame(['pending', 'paid'], array_column($page['shop']['statuses'], 'id'));
        self::assertContains('not_connected', array_column($page['alerts'], 'code'));
        self::assertNotSame('', $page['settings']['revision']);
    }
}
