<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Admin;

use Orderbridge\Options;
use Orderbridge\Settings\Preferences;
use Orderbridge\Settings\Rows;
use Orderbridge\Settings\Seal;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\Server;
use RuntimeException;

use function array_column;
use function array_keys;
use function array_map;
use function json_decode;
use function rawurldecode;
use function str_contains;
use function str_repeat;

/** What the owner chooses beside the settings document, and how he is told. */
final class PreferencesTest extends AdminTestCase
{
    private const TOKEN = '123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr';

    /** @dataProvider databases */
    public function testWhatHeHasNotChosenIsAsTheShopHasIt(string $kind): void
    {
        $this->bridge = $this->bridge($kind, ['keepJournalDays' => 12, 'pollEvery' => 77]);
        $known = $this->ask('page.open')['preferences'];
        self::assertSame([12, 77, false], [
            $known['keep_journal_days'], $known['poll_every'], $known['telegram_token_set'],
        ]);

        $saved = $this->ask('preferences.save', ['preferences' => (object) [
            'poll_every' => 120, 'rate' => 1.5, 'alert_mail' => 'owner@shop.example',
        ]])['preferences'];

        self::assertSame([12, 120, 1.5, 'owner@shop.example'], [
            $saved['keep_journal_days'], $saved['poll_every'], $saved['rate'], $saved['alert_mail'],
        ]);
        $again = $this->ask('preferences.save', ['preferences' => (object) ['keep_journal_days' => 30]]);
        self::assertSame([30, 120], [
            $again['preferences']['keep_journal_days'], $again['preferences']['poll_every'],
        ], 'what is not given stays');
    }

    public function testNonsenseIsRefusedFieldByFieldAndNothingIsKept(): void
    {
        $this->bridge = $this->bridge('sqlite');
        $before = $this->ask('page.open')['preferences'];
        foreach (
            [
            'keep_journal_days' => [0, '30', 1.5, null], 'poll_every' => [1, -1, 10 ** 9],
            'rate' => [-1, 'fast', 10 ** 6],
            'ca_file' => ['/no/such/file', 7], 'proxy' => ['file:///etc/passwd', 'http://a b', 5, "http://a\n"],
            'alert_mail' => ['owner', "a@b.example\r\nBcc: c@d.example", 5], 'compare_nightly' => ['yes', 1],
            'telegram_token' => ['123', 'x:' . str_repeat('a', 30), '1:' . str_repeat('a', 30) . '/../x', 5],
            'telegram_chat' => ['somewhere', '1; DROP TABLE x', 5], 'no_such_thing' => [1],
            ] as $name => $values
        ) {
            foreach ($values as $value) {
                $given = (object) [$name => $value, 'old_job_seconds' => 61];
                $error = $this->refused(422, 'preferences.save', ['preferences' => $given]);
                self::assertSame([$name], array_keys($error['data']));
            }
        }
        self::assertSame($before, $this->ask('page.open')['preferences']);
    }

    /** @dataProvider databases */
    public function testTheTokenIsSealedAndGoesAgain(string $kind): void
    {
        $this->bridge = $this->bridge($kind, ['key' => str_repeat('k', 40)]);
        $save = fn (string $token): array => $this->ask('preferences.save', [
            'preferences' => (object) ['telegram_token' => $token],
        ])['preferences'];

        self::assertTrue($save(self::TOKEN)['telegram_token_set']);
        foreach ($this->dump() as $cell) {
            self::assertFalse(str_contains($cell, self::TOKEN));
        }
        self::assertFalse($save('')['telegram_token_set']);
    }

    /** @dataProvider databases */
    public function testAProxysPasswordIsSealedAndShownToNobody(string $kind): void
    {
        $this->bridge = $this->bridge($kind, ['key' => str_repeat('k', 40)]);
        $save = fn (string $proxy): string => $this->ask('preferences.save', [
            'preferences' => (object) ['proxy' => $proxy],
        ])['preferences']['proxy'];
        $tables = fn (): Tables => new Tables($this->database, $this->prefix . 'ob_');
        $used = fn (): string => (new Preferences(
            new Rows($tables(), new Clock($this->shop)),
            new Seal(str_repeat('k', 40)),
            new Options(),
        ))->proxy();

        self::assertSame('http://***@proxy.example:3128', $save('http://shop:pa55w0rd@proxy.example:3128'));
        self::assertSame('http://shop:pa55w0rd@proxy.example:3128', $used());
        foreach ([...$this->dump(), $this->answer('page.open', [], false)->body] as $cell) {
            self::assertStringNotContainsString('pa55w0rd', $cell);
        }
        self::assertSame('http://***@proxy.example:3128', $save('http://***@proxy.example:3128'));
        self::assertSame('http://shop:pa55w0rd@proxy.example:3128', $used(), 'saved as it was shown, it stays');
        $this->refused(422, 'preferences.save', ['preferences' => (object) ['proxy' => 'http://***@other.example:1']]);

        self::assertSame('http://other.example:3128', $save('http://other.example:3128'));
        self::assertSame('http://other.example:3128', $used());
        self::assertSame('', $save(''));
        self::assertSame('', $used());
    }

    /** @dataProvider databases */
    public function testWhatWasSealedWithAnotherKeyIsEnteredAnewAndHurtsNobody(string $kind): void
    {
        $letters = 0;
        $options = ['oldJobSeconds' => 60, 'notify' => static function () use (&$letters): void {
            $letters++;
        }];
        $this->bridge = $this->bridge($kind, ['key' => str_repeat('k', 40)] + $options);
        $this->ask('preferences.save', ['preferences' => (object) [
            'telegram_token' => self::TOKEN, 'telegram_chat' => '-100500', 'proxy' => 'http://a:b@proxy.example:1',
        ]]);
        $this->bridge = $this->another(['key' => str_repeat('x', 40)] + $options);

        self::assertFalse($this->ask('page.open')['preferences']['telegram_token_set']);
        $tried = $this->ask('alerts.test');
        self::assertSame([true, false], [$tried['mail']['ok'], $tried['telegram']['tried']]);
        self::assertSame(1, $letters);
        $saved = $this->ask('preferences.save', ['preferences' => (object) ['telegram_token' => self::TOKEN]]);
        self::assertTrue($saved['preferences']['telegram_token_set']);
    }

    public function testHeIsToldByAllWaysAndOneThatFailsSaysWhy(): void
    {
        $telegram = new Server('telegram.php');
        $letters = [];
        $this->bridge = $this->bridge('sqlite', [
            'telegramApi' => 'http://127.0.0.1:' . $telegram->port,
            'notify' => static function (string $subject, string $text, string $to) use (&$letters): void {
                $letters[] = [$subject, $to];
            },
        ]);
        $tried = $this->ask('alerts.test');
        self::assertSame([true, false], [$tried['mail']['ok'], $tried['telegram']['ok']]);
        self::assertSame('', $letters[0][1], 'to the shop\'s own address');

        $this->ask('preferences.save', ['preferences' => (object) [
            'alert_mail' => 'owner@shop.example', 'telegram_token' => self::TOKEN, 'telegram_chat' => '-100500',
        ]]);
        $tried = $this->ask('alerts.test');
        self::assertSame([true, true], [$tried['mail']['ok'], $tried['telegram']['ok']], $tried['telegram']['message']);
        self::assertSame('owner@shop.example', $letters[1][1]);
        $heard = json_decode($telegram->line(), true);
        self::assertSame('/bot' . self::TOKEN . '/sendMessage', $heard['path']);
        self::assertStringContainsString('chat_id=-100500', $heard['body']);
        self::assertStringContainsString('test', rawurldecode($heard['body']));

        $this->ask('preferences.save', ['preferences' => (object) ['telegram_chat' => '@closed_chat']]);
        $tried = $this->ask('alerts.test')['telegram'];
        self::assertFalse($tried['ok']);
        self::assertStringContainsString('chat not found', $tried['message']);
        self::assertStringNotContainsString(self::TOKEN, $tried['message'] . $this->log->text());
        $telegram->kill();

        $gone = $this->ask('alerts.test')['telegram'];
        self::assertFalse($gone['ok']);
        self::assertStringNotContainsString(self::TOKEN, $gone['message'] . $this->log->text());
        $lines = $this->bridge->journal()->latest();
        self::assertSame(['owner_not_told', 'owner_not_told'], array_column($lines, 'code'), 'once for each failure');
        self::assertStringContainsString('chat not found', (string) $lines[1]['message']);
        self::assertNotContains(true, array_map(fn (string $cell): bool => str_contains($cell, 'AAbbCC'), array_column(
            $lines,
            'message',
        )));
    }

    public function testAWayThatFailsDoesNotStopTheOther(): void
    {
        $this->bridge = $this->bridge('sqlite', ['notify' => static function (): void {
            throw new RuntimeException('the mail server is away');
        }]);
        $tried = $this->ask('alerts.test');
        self::assertSame([false, false], [$tried['mail']['ok'], $tried['telegram']['ok']]);
        self::assertStringContainsString('away', $tried['mail']['message']);
    }
}
