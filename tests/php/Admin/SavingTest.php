<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Admin;

use Orderbridge\Bridge;
use Orderbridge\Options;
use Orderbridge\Tests\Support\ScriptedEngine;

/** The settings are changed by people, several at once, and by the bridge itself. */
final class SavingTest extends AdminTestCase
{
    /** @dataProvider databases */
    public function testTheSecondOfTwoIsTold(string $kind): void
    {
        $this->bridge = $this->bridge($kind);
        ['document' => $document, 'revision' => $revision] = $this->ask('page.open')['settings'];
        $mine = ['deal' => ['title' => 'Мой']] + $document;
        $theirs = ['deal' => ['title' => 'Их']] + $document;

        $saved = $this->ask('settings.save', ['document' => $theirs, 'revision' => $revision]);
        self::assertSame('Их', $saved['document']['deal']['title']);
        self::assertNotSame($revision, $saved['revision']);

        $error = $this->refused(409, 'settings.save', ['document' => $mine, 'revision' => $revision]);
        self::assertSame('settings_changed', $error['code']);
        self::assertSame(['Их', $saved['revision'], 'Анна'], [
            $error['data']['document']['deal']['title'], $error['data']['revision'], $error['data']['by'],
        ]);
        self::assertNotNull($error['data']['at']);

        $this->ask('settings.save', ['document' => $mine, 'revision' => $saved['revision']]);
        self::assertSame('Мой', $this->ask('page.open')['settings']['document']['deal']['title']);
    }

    /** @dataProvider databases */
    public function testWhatTheBridgeKeepsByItselfIsNoConflictAndIsNotLost(string $kind): void
    {
        $this->bridge = $this->bridge($kind);
        ['document' => $document, 'revision' => $revision] = $this->ask('page.open')['settings'];
        $settings = $this->bridge->settings();
        $settings->keep(static fn (): array => ['owner' => '7']);

        self::assertSame($revision, $settings->revision());
        $this->ask('settings.save', [
            'document' => ['deal' => ['title' => 'Мой'], 'portal' => ['owner' => '1']] + $document,
            'revision' => $revision,
        ]);

        $stored = $this->ask('page.open')['settings']['document'];
        self::assertSame('Мой', $stored['deal']['title']);
        self::assertSame(['owner' => '7'], $stored['portal']);
    }

    /** @dataProvider databases */
    public function testWhatThePortalHasOfTheNamedGoesWithTheDocument(string $kind): void
    {
        $this->bridge = $this->bridge($kind);
        $taking = ['of' => 'deal', 'name' => 'ufCrmWay', 'kind' => 'enumeration', 'items' => []];
        $other = ['name' => 'ufCrmOther'] + $taking;
        $settings = $this->bridge->settings();
        $user = ['id' => '6', 'name' => 'Мария', 'active' => true];
        $settings->shelf()->put('portal', [
            'funnels' => [], 'currencies' => [], 'users' => [$user], 'fields' => [$other, $taking],
        ]);
        $settings->keep(static fn (): array => ['owner' => '7', 'users' => []]);
        // As the core does: of the portal's fields those stay that are filled.
        $this->engine->instead['settings.check'] = static fn (array $data): array => [
            'ok' => true,
            'settings' => ['portal' => [
                'owner' => '', 'users' => $data['portal']['users'], 'fields' => [$data['portal']['fields'][0]],
            ]] + $data['settings'],
            'problems' => [],
        ];
        ['document' => $document, 'revision' => $revision] = $this->ask('page.open')['settings'];

        $this->ask('settings.save', [
            'document' => ['fields' => [['field' => 'ufCrmWay', 'template' => 'Курьер']]] + $document,
            'revision' => $revision,
        ]);

        $stored = $this->ask('page.open')['settings']['document'];
        self::assertEquals(['owner' => '7', 'users' => [$user], 'fields' => [$taking]], $stored['portal']);
    }

    /** @dataProvider databases */
    public function testSavingTheSameAgainIsFine(string $kind): void
    {
        $this->bridge = $this->bridge($kind);
        $stored = $this->ask('page.open')['settings'];

        self::assertSame($stored['revision'], $this->ask('settings.save', $stored)['revision']);
        self::assertSame($stored['revision'], $this->ask('settings.save', $stored)['revision']);
    }

    /** @dataProvider databases */
    public function testOfTwoAtTheSameMomentOneIsTold(string $kind): void
    {
        $this->bridge = $this->bridge($kind);
        ['document' => $document, 'revision' => $revision] = $this->ask('page.open')['settings'];
        $theirs = ['deal' => ['title' => 'Их']] + $document;
        // The other one's request comes and goes while this one is being checked.
        $this->engine->instead['settings.check'] = function (array $data) use ($theirs, $revision): array {
            $this->engine->instead = [];
            self::assertTrue($this->other()->setup()->replace($theirs, $revision, 'Борис')['ok']);

            return ['ok' => true, 'settings' => $data['settings'], 'problems' => []];
        };

        $mine = ['document' => ['deal' => ['title' => 'Мой']] + $document, 'revision' => $revision];
        $error = $this->refused(409, 'settings.save', $mine);

        self::assertSame(['Их', 'Борис'], [$error['data']['document']['deal']['title'], $error['data']['by']]);
        self::assertSame('Их', $this->ask('page.open')['settings']['document']['deal']['title']);
    }

    /** @dataProvider databases */
    public function testWhatIsSavedWhileThePortalIsSetUpIsNotLost(string $kind): void
    {
        $this->bridge = $this->bridge($kind);
        $first = ['funnel' => ['id' => '', 'name' => 'Сайт'], 'deal' => ['title' => 'Заказ', 'order_field' => '']];
        $this->ask('settings.save', [
            'document' => $first + $this->ask('page.open')['settings']['document'],
            'revision' => $this->ask('page.open')['settings']['revision'],
        ]);
        ['document' => $document, 'revision' => $revision] = $this->ask('page.open')['settings'];
        // Making the funnel takes the portal some seconds; meanwhile somebody saves.
        $this->engine->instead['sync.start'] = function (array $data) use ($document, $revision): array {
            if ($data['task']['kind'] !== 'provision') {
                return ['step' => 'done', 'result' => []];
            }
            $theirs = ['deal' => ['title' => 'Их', 'order_field' => '']] + $document;
            self::assertTrue($this->other()->setup()->replace($theirs, $revision, 'Борис')['ok']);

            return ['step' => 'done', 'result' => ['plan' => [], 'complete' => true, 'settings' => [
                'funnel' => ['id' => '7', 'name' => 'Сайт'], 'deal' => ['title' => 'Заказ', 'order_field' => 'UF_1'],
            ] + $document]];
        };

        $made = $this->ask('provision.run', ['consent' => ['create']])['settings']['document'];

        self::assertSame(['id' => '7', 'name' => 'Сайт'], $made['funnel']);
        self::assertSame(['title' => 'Их', 'order_field' => 'UF_1'], $made['deal']);
    }

    /** @dataProvider databases */
    public function testWhatIsSavedWhileTheBridgeNotesThePortalIsNotLost(string $kind): void
    {
        $this->bridge = $this->bridge($kind);
        ['document' => $document, 'revision' => $revision] = $this->ask('page.open')['settings'];
        // Trying a webhook takes the portal a second; meanwhile somebody saves.
        $this->engine->instead['sync.start'] = function () use ($document, $revision): array {
            $theirs = ['deal' => ['title' => 'Их']] + $document;
            self::assertTrue($this->other()->setup()->replace($theirs, $revision, 'Борис')['ok']);

            return ['step' => 'done', 'result' => ['ok' => true, 'points' => [], 'user_id' => '42']];
        };

        $this->ask('connection.test', ['webhook' => $this->portal->webhook()]);

        $stored = $this->ask('page.open')['settings']['document'];
        self::assertSame(['Их', ['owner' => '42']], [$stored['deal']['title'], $stored['portal']]);
    }

    /** @dataProvider databases */
    public function testWhatIsSavedWhileAnUpdateBringsTheSettingsUpIsNotLost(string $kind): void
    {
        $this->bridge = $this->bridge($kind);
        ['document' => $document, 'revision' => $revision] = $this->ask('page.open')['settings'];
        $this->engine->instead['settings.check'] = function (array $data) use ($document, $revision): array {
            unset($this->engine->instead['settings.check']);
            $theirs = ['deal' => ['title' => 'Их']] + $document;
            self::assertTrue($this->other()->setup()->replace($theirs, $revision, 'Борис')['ok']);

            return ['ok' => true, 'settings' => ['schema' => 2] + $data['settings'], 'problems' => []];
        };

        $this->bridge->worker()->run(1);

        self::assertArrayNotHasKey('settings.check', $this->engine->instead, 'the worker has checked them');
        self::assertSame('Их', $this->ask('page.open')['settings']['document']['deal']['title']);
    }

    /** Another process of the shop. */
    private function other(): Bridge
    {
        return new Bridge($this->shop, new Options(
            prefix: $this->prefix . 'ob_',
            engine: new ScriptedEngine(),
            selfTest: false,
        ));
    }

    public function testRefusedSettingsSayWhereAndStayUnsaved(): void
    {
        $this->bridge = $this->bridge('sqlite');
        $stored = $this->ask('page.open')['settings'];
        $problem = ['code' => 'x', 'level' => 'error', 'path' => '/deal', 'message' => 'm', 'hint' => 'h'];
        $this->engine->instead['settings.check'] = static fn (array $data): array => [
            'ok' => false, 'settings' => $data['settings'], 'problems' => [$problem],
        ];

        $given = ['document' => ['deal' => []], 'revision' => $stored['revision']];
        $error = $this->refused(422, 'settings.save', $given);

        self::assertSame('settings_refused', $error['code']);
        self::assertSame([$problem], $error['data']['problems']);
        self::assertSame($stored['revision'], $this->bridge->settings()->revision());
    }

    public function testABadWebhookIsRefusedWithWhatToDo(): void
    {
        $this->bridge = $this->bridge('sqlite', ['plainHttp' => false, 'privateNetwork' => false]);
        foreach (
            [
            'form' => 'hello', 'https' => 'http://portal.example/rest/1/abcdefgh12345678/',
            'private' => 'https://10.0.0.1/rest/1/abcdefgh12345678/',
            ] as $reason => $webhook
        ) {
            $error = $this->refused(422, 'connection.test', ['webhook' => $webhook]);
            self::assertSame("webhook_$reason", $error['code']);
        }
        $this->ask('connection.close');
        self::assertSame('not_connected', $this->refused(422, 'portal.snapshot')['code']);
        self::assertSame('none', $this->ask('page.open')['connection']['state']);
    }
}
