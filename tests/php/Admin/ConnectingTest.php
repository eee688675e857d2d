<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Admin;

use Orderbridge\Tests\Support\CountingDatabase;
use Orderbridge\Tests\Support\TableShop;

use function array_column;
use function array_filter;
use function file_get_contents;
use function json_decode;
use function str_contains;

/** What the app is told of the portal. */
final class ConnectingTest extends AdminTestCase
{
    private const RECORDED = __DIR__ . '/../../vectors/sync.resume/snapshot-5/answer.json';

    /** @var list<string> kinds of tasks that the core was given */
    private array $asked = [];

    /** @dataProvider databases */
    public function testThePortalIsShownAsTheCoreHasReadIt(string $kind): void
    {
        $core = $this->portalOf($kind);
        $told = $this->ask('portal.snapshot');

        self::assertMatchesRegularExpression('/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/', $told['at']);
        self::assertSame(array_column($core['funnels'], 'name'), array_column($told['funnels'], 'name'));
        self::assertSame(
            ['id' => 'NEW', 'name' => 'Новая', 'color' => '#39A8EF', 'semantics' => 'process', 'sort' => 10],
            $told['funnels'][0]['stages'][0],
        );
        self::assertSame($core['users'], $told['users']);
        self::assertSame($core['currencies'], $told['currencies']);
        $fields = ['deal' => [], 'contact' => [], 'company' => []];
        foreach ($core['fields'] as $field) {
            $fields[$field['of']][] = [
                'name' => $field['name'], 'upper_name' => $field['upper_name'], 'title' => $field['title'],
                'type' => $field['kind'], 'multiple' => $field['multiple'], 'read_only' => $field['read_only'],
                'items' => $field['items'],
            ];
        }
        self::assertNotSame([], $fields['deal']);
        self::assertSame($fields, $told['fields']);
    }

    /** @dataProvider databases */
    public function testThePortalIsAskedOnceInTenMinutes(string $kind): void
    {
        $this->portalOf($kind);
        $first = $this->ask('portal.snapshot');
        self::assertSame($first, $this->ask('portal.snapshot'));
        self::assertSame(['snapshot'], $this->asked);

        $this->ask('portal.snapshot', ['fresh' => true]);
        self::assertSame(['snapshot', 'snapshot'], $this->asked, 'the button asks again');

        $this->ask('provision.run', ['consent' => ['create']]);
        $this->asked = [];
        $this->ask('portal.snapshot');
        self::assertSame(['snapshot'], $this->asked, 'what was set up is new to us');

        $this->ask('connection.close');
        self::assertSame('not_connected', $this->refused(422, 'portal.snapshot')['code'], 'nor is an old one shown');
    }

    /** @dataProvider databases */
    public function testAKeptPortalCostsNobodyElse(string $kind): void
    {
        $this->portalOf($kind);
        $this->ask('portal.snapshot');
        $counting = new CountingDatabase($this->database);
        $counting->found = [];
        $this->shop = new TableShop($counting, $this->prefix);
        $this->bridge = $this->another();

        $snapshots = static fn (): array => array_filter(
            $counting->found ?? [],
            static fn (array $row): bool => str_contains((string) ($row['value'] ?? ''), '#39A8EF'),
        );

        $this->bridge->worker()->run(1);
        $this->ask('health.read');
        self::assertSame([], $snapshots());
        $this->ask('portal.snapshot');
        self::assertCount(1, $snapshots(), 'it is there');
    }

    /** @dataProvider databases */
    public function testAPortalThatRefusesSaysWhatToDo(string $kind): void
    {
        $this->portalOf($kind);
        $reason = ['code' => 'scope_missing', 'message' => 'Нет права crm', 'hint' => 'Включите право «CRM»'];
        $this->engine->instead['sync.start'] = static fn (): array => ['step' => 'dead', 'reason' => $reason];

        foreach (['portal.snapshot', 'provision.plan', 'provision.run'] as $action) {
            self::assertSame($reason, $this->refused(422, $action), $action);
        }
        $tested = $this->ask('connection.test');
        self::assertFalse($tested['ok']);
        self::assertSame(['level' => 'error'] + $reason, $tested['points'][0]);
        self::assertSame('connected', $tested['connection']['state'], 'what is stored stays');
    }

    public function testAWebhookThatFailsIsNotKept(): void
    {
        $this->portalOf('sqlite');
        $this->ask('connection.close');
        $this->engine->instead['sync.start'] = static fn (): array => ['step' => 'done', 'result' => [
            'ok' => false, 'points' => [['code' => 'x', 'level' => 'error', 'message' => 'm', 'hint' => 'h']],
        ]];
        $tried = $this->ask('connection.test', ['webhook' => $this->portal->webhook()]);
        self::assertSame([false, 'none'], [$tried['ok'], $tried['connection']['state']]);
    }

    /** @return array<string, mixed> what the core has read of it */
    private function portalOf(string $kind): array
    {
        $this->bridge = $this->bridge($kind);
        $step = json_decode((string) file_get_contents(self::RECORDED), true)['data'];
        $this->engine->instead['sync.start'] = function (array $data) use ($step): array {
            $this->asked[] = $data['task']['kind'];
            $settings = ['plan' => [], 'complete' => true, 'settings' => ['funnel' => ['id' => '0']]];

            return $data['task']['kind'] === 'snapshot' ? $step : ['step' => 'done', 'result' => $settings];
        };

        return $step['result'];
    }
}
