<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Setup;

use Orderbridge\Tests\Admin\AdminTestCase;
use Orderbridge\Tests\Support\ScriptedPortal;

use function json_decode;

/** A file that may be mailed to a stranger. */
final class DiagnosisTest extends AdminTestCase
{
    /** @dataProvider databases */
    public function testTellsMuchAndNothingOfAnybody(string $kind): void
    {
        $this->bridge = $this->bridge($kind);
        $this->shop->buyers = [1 => ['first_name' => 'Аполлинария', 'phone' => '+7 916 555-44-33']];
        $this->shop->place(1);
        $this->bridge->orderSaved('1');
        $this->bridge->worker()->run(5);
        $this->bridge->settings()->amendDocument(static fn (?array $document): array => [
            'shop' => ['id' => 'shop-1', 'name' => 'Лавка Аполлинарии'],
            'portal' => ['users' => [['id' => '1', 'name' => 'Аполлинария Менеджер']]],
            'deal' => ['title' => 'Для Аполлинарии {order.number}', 'source' => 'WEB'],
            'fields' => [['template' => 'Аполлинария']],
            'responsible' => ['rules' => [['name' => 'Аполлинария']]],
            'funnels' => [['id' => '3', 'name' => 'Аполлинария', 'when' => ['brands' => ['Apollinaria'],
                'regions' => ['Аполлинариевка'], 'categories' => ['17'], 'groups' => ['+7 916 555-44-33']]]],
            'statuses' => ['guarded' => ['5'], 'won' => ['status' => 'olga@example.ru', 'comment' => 'Аполлинария']],
            'what_a_newer_core_knows' => ['anything' => ['Аполлинария', ['deep' => 'Apollinaria']]],
        ] + (array) $document);
        $this->bridge->journal()->write([
            'level' => 'error', 'code' => 'portal_refused', 'order_id' => '1',
            'message' => 'Аполлинария +7 916 555-44-33 olga@example.ru', 'hint' => 'Аполлинария',
        ]);
        $this->ask('preferences.save', ['preferences' => (object) [
            'alert_mail' => 'apollinaria@example.ru', 'telegram_chat' => '@apollinaria', 'keep_journal_days' => 33,
        ]]);

        ['name' => $name, 'file' => $file] = $this->ask('health.diagnostics');

        foreach (
            ['Аполлинари', 'apollinaria', '555-44-33', '5554433', 'example.ru', ScriptedPortal::SECRET,
                $this->bridge->secrets()->inbound(), '127.0.0.1'] as $personal
        ) {
            self::assertStringNotContainsStringIgnoringCase($personal, $file);
        }
        $told = json_decode($file, true, 64, JSON_THROW_ON_ERROR);
        self::assertMatchesRegularExpression('/^orderbridge-\d{8}-\d{6}\.json$/', $name);
        self::assertSame(33, $told['preferences']['keep_journal_days']);
        self::assertSame('WEB', $told['settings']['deal']['source']);
        self::assertSame([['17'], ['5']], [
            $told['settings']['funnels'][0]['when']['categories'], $told['settings']['statuses']['guarded'],
        ]);
        self::assertSame([false, 'test'], [$told['options']['keyed'], $told['health']['versions']['core']]);
        self::assertSame('portal_refused', $told['journal'][0]['code']);
        self::assertSame(1, $told['tables']['link']);
        self::assertArrayHasKey('curl', $told['php']['extensions']);
    }
}
