<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Privacy;

use Orderbridge\Core\EngineFault;
use Orderbridge\Log\Words;
use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\ScriptedPortal;

use function array_filter;
use function array_values;
use function implode;
use function json_encode;
use function preg_replace;
use function range;
use function str_contains;
use function time;

use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;

/** Whatever quotes a buyer or the webhook, it gets neither into a log nor into our tables. */
final class RedactionTest extends BridgeTestCase
{
    private const QUOTES = 'buyer +7 (916) 123-45-67, 89161234567, Olga.K@example.ru; '
        . 'https://portal.bitrix24.ru/rest/1/' . ScriptedPortal::SECRET . '/crm.item.add';

    /** @dataProvider databases */
    public function testARunInWhichEverythingGoesWrongAndQuotes(string $kind): void
    {
        $letters = [];
        $bridge = $this->bridge($kind, [
            'key' => 'a key',
            'pollEvery' => 1,
            'notify' => static function (string $subject, string $text) use (&$letters): void {
                $letters[] = "$subject\n$text";
            },
        ]);
        $this->shop->now = time();
        foreach (range(1, 7) as $id) {
            $this->shop->buyers[$id] = ['phone' => '8 (916) 123-45-67', 'email' => 'Olga.K@example.ru'];
            $this->shop->place($id);
            $bridge->orderSaved((string) $id);
        }
        $this->shop->broken = ['1', 'list'];
        $this->shop->refusesStatus = true;
        $reason = ['code' => 'contact_refused', 'message' => self::QUOTES, 'hint' => self::QUOTES];
        $this->engine->instead['sync.start'] = static fn (array $data): ?array => match (
            $data['task']['order']['id'] ?? ''
        ) {
            '2' => ['step' => 'dead', 'reason' => $reason],
            '3' => ['step' => 'wait', 'seconds' => 5, 'counts' => true, 'hold' => 0, 'reason' => $reason],
            '4' => throw EngineFault::because('scripted', self::QUOTES),
            '5' => ['rejected' => ['path' => '/data/task'] + $reason],
            '6' => ['step' => 'done', 'result' => [], 'journal' => [['level' => 'error', 'order_id' => '6'] + $reason]],
            '7' => ['step' => 'wait', 'seconds' => 5, 'hold' => 300, 'stop' => true, 'reason' => $reason],
            default => null,
        };
        $bridge->worker()->run(5);
        $this->shop->now += 400;
        $this->engine->instead['sync.start'] = static fn (): array => ['rejected' => ['path' => '/settings'] + $reason];
        $bridge->worker()->run(5);
        $bridge->health();

        self::assertNotSame([], $letters);
        self::assertNotSame([], array_filter($bridge->outbox()->dead(), static fn (array $job): bool => str_contains(
            (string) $job['message'],
            'buyer ***, ***, ***@*** https://portal.bitrix24.ru/rest/1/***',
        )), 'the rest of the words is kept');
        $all = [$this->log->text(), ...$letters, ...$this->dump(), (string) json_encode(
            $bridge->health(),
            JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES,
        )];
        self::assertSame([], array_values(array_filter($all, static function (string $text): bool {
            $digits = (string) preg_replace('/\D/', '', $text);

            return str_contains($digits, '9161234567') || str_contains($text, '@example')
                || str_contains($text, ScriptedPortal::SECRET);
        })));
        self::assertStringNotContainsString('345-67', implode("\n", $all), 'what the shop quoted');
    }

    /** @return iterable<string, array{string, string}> */
    public function words(): iterable
    {
        foreach (
            [
                '+79161234567', '89161234567', '8 (916) 123-45-67', '+7 916 123 45 67', '+7-916-123-45-67',
                '+7.916.123.45.67', '+1 (212) 555–0123 4',
            ] as $phone
        ) {
            yield $phone => ["phone $phone is taken", 'phone *** is taken'];
        }
        yield 'a moment' => ['at 2026-11-23 10:15:00', 'at 2026-11-23 10:15:00'];
        yield 'a moment and a phone' => ['2026-11-23 8 (916) 123-45-67', '2026-11-23***'];
        yield 'money' => ['1 234 567.89 RUB', '1 234 567.89 RUB'];
        yield 'deals' => ['deals: 1234567, 1234568', 'deals: 1234567, 1234568'];
        yield 'an address of a machine' => ['to 192.168.100.200 port 443', 'to 192.168.100.200 port 443'];
        yield 'e-mail' => ['<Иван.Петров@почта.рф> wrote', '<***@***> wrote'];
        yield 'webhook' => ['at https://a.b24.ru/rest/12/q1w2e3/crm.x', 'at https://a.b24.ru/rest/12/***/crm.x'];
        yield 'not UTF-8' => ["\xff89161234567", '?***'];
    }

    /** @dataProvider words */
    public function testKnowsAPhoneWhenItSeesOne(string $text, string $masked): void
    {
        self::assertSame($masked, Words::masked($text));
    }
}
