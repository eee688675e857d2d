<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Core;

use DateTimeImmutable;
use Orderbridge\Core\CompiledPhp;
use Orderbridge\Core\Core;
use Orderbridge\Core\Engine;
use Orderbridge\Core\EngineFault;
use Orderbridge\Core\Rejected;
use PHPUnit\Framework\TestCase;

use function json_encode;
use function md5;
use function str_repeat;

final class CoreTest extends TestCase
{
    public function testSaysWhatTheCoreWantsToHear(): void
    {
        $engine = $this->answering('{"v":1,"outcome":"ok","data":{}}');
        $this->core($engine, 'en')->ask('some.op', ['a' => 'ж/1'], ['schema' => 1]);

        self::assertSame(
            '{"v":1,"op":"some.op","now":"2026-11-23T10:00:00+03:00","lang":"en",'
            . '"data":{"a":"ж/1"},"settings_id":"' . md5('{"schema":1}') . '","settings":{"schema":1}}',
            $engine->heard,
        );
    }

    public function testHandsTheSettingsOverOnceAndNamesThemAfterwards(): void
    {
        $engine = $this->answering('{"v":1,"outcome":"ok","data":{}}');
        $core = $this->core($engine);
        $core->ask('some.op', [], ['schema' => 1]);
        $core->ask('some.op', [], ['schema' => 1]);
        self::assertStringEndsWith('"data":{},"settings_id":"' . md5('{"schema":1}') . '"}', $engine->heard);
        $core->ask('some.op', [], ['schema' => 2]);
        self::assertStringEndsWith('"settings":{"schema":2}}', $engine->heard);
    }

    public function testAnEngineThatStartedAfreshIsHandedThemAgain(): void
    {
        $settings = ['shop' => ['id' => 'shop-1'], 'funnel' => ['id' => '5']];
        $order = ['id' => '1', 'status' => 'new', 'currency' => 'RUB', 'total' => '0'];
        $engine = new CompiledPhp();
        $core = $this->core($engine);
        $first = $core->ask('order.preview', ['order' => $order], $settings);
        $engine->renew();
        self::assertEquals($first, $core->ask('order.preview', ['order' => $order], $settings));
        $other = ['shop' => ['id' => 'shop-2']] + $settings;
        self::assertNotEquals($first, $core->ask('order.preview', ['order' => $order], $other));
        self::assertEquals($first, $core->ask('order.preview', ['order' => $order], $settings));
    }

    public function testEmptyMapsGoOutAsObjects(): void
    {
        $engine = $this->answering('{"v":1,"outcome":"ok","data":{}}');
        $this->core($engine)->ask('some.op', [], []);

        self::assertStringEndsWith('"settings":{}}', $engine->heard);
        $this->core($engine)->ask('some.op', []);
        self::assertStringNotContainsString('settings', $engine->heard);
    }

    public function testBrokenTextIsMendedNotLost(): void
    {
        $engine = $this->answering('{"v":1,"outcome":"ok","data":{}}');
        $this->core($engine)->ask('some.op', ['name' => "Чай\xff"]);

        self::assertStringContainsString("\"Чай\u{fffd}\"", $engine->heard);
    }

    public function testGivesDataAndNotes(): void
    {
        $core = $this->core($this->answering(
            '{"v":1,"outcome":"ok","data":{"rows":[{"a":1}],"map":{"x":{"y":[]}}},'
            . '"notes":[{"code":"phone_invalid","message":"m"}]}'
        ));

        self::assertSame(['rows' => [['a' => 1]], 'map' => ['x' => ['y' => []]]], $core->ask('some.op', []));
        self::assertSame([['code' => 'phone_invalid', 'message' => 'm']], $core->notes());
    }

    public function testNotesAreOfTheLastAnswer(): void
    {
        $engine = $this->answering('{"v":1,"outcome":"ok","data":{},"notes":[{"code":"a","message":"b"}]}');
        $core = $this->core($engine);
        $core->ask('some.op', []);
        $engine->answer = '{"v":1,"outcome":"ok","data":{}}';
        $core->ask('some.op', []);

        self::assertSame([], $core->notes());
    }

    /** @dataProvider opaque */
    public function testWhatOnlyTheCoreUnderstandsComesBackUnchanged(string $text): void
    {
        $engine = $this->answering(
            "{\"v\":1,\"outcome\":\"ok\",\"data\":{\"state\":$text,\"calls\":$text,\"cursor\":$text,"
            . "\"learn\":{\"order_id\":\"17\",\"memo\":$text},\"replies\":{\"a\":$text}}}"
        );
        $core = $this->core($engine);
        $step = $core->ask('some.op', []);
        $core->ask('some.op', [
            'state' => $step['state'],
            'calls' => $step['calls'],
            'cursor' => $step['cursor'],
            'memo' => $step['learn']['memo'],
            'reply' => $step['replies']['a'],
        ]);

        self::assertStringEndsWith(
            "\"data\":{\"state\":$text,\"calls\":$text,\"cursor\":$text,\"memo\":$text,\"reply\":$text}}",
            $engine->heard,
        );
        $stored = json_encode($step['learn']['memo'], JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION);
        self::assertSame($text, $stored, 'as the link table keeps it');
    }

    /** @return iterable<string, array{string}> */
    public static function opaque(): iterable
    {
        yield 'empty object' => ['{}'];
        yield 'empty list' => ['[]'];
        yield 'both, nested' => ['{"a":{},"b":[],"c":[{}],"d":[[]]}'];
        yield 'keys that look like a list' => ['{"0":"a","1":"b"}'];
        yield 'an empty key' => ['{"":{}}'];
        yield 'numbers' => ['[0,-1,1.0,9007199254740993]'];
        yield 'text' => ['"Ёлка 🫖 \u2028"'];
        yield 'nothing' => ['null'];
    }

    public function testARefusalSaysWhatWhereAndWhatToDo(): void
    {
        $core = $this->core($this->answering(
            '{"v":1,"outcome":"rejected",'
            . '"error":{"code":"settings_missing","path":"/settings","message":"m","hint":"h"}}'
        ));
        try {
            $core->ask('some.op', []);
            self::fail('not refused');
        } catch (Rejected $refusal) {
            self::assertSame(
                ['settings_missing', '/settings', 'm', 'h'],
                [$refusal->code, $refusal->path, $refusal->getMessage(), $refusal->hint],
            );
        }
    }

    /**
     * @testWith ["nonsense"]
     *           ["[]"]
     *           ["{\"v\":1,\"outcome\":\"perhaps\"}"]
     *           ["{\"v\":1,\"outcome\":\"ok\"}"]
     *           [""]
     */
    public function testAnythingElseIsAFault(string $answer): void
    {
        $this->expectException(EngineFault::class);
        $this->core($this->answering($answer))->ask('some.op', []);
    }

    public function testWhatIsTooLongIsRefusedInTheCoresOwnWords(): void
    {
        $core = $this->core(new CompiledPhp(), 'en');
        try {
            $core->ask('order.preview', ['order' => ['comment' => str_repeat('ж', 140_000)]], ['schema' => 1]);
            self::fail('not refused');
        } catch (Rejected $refusal) {
            self::assertSame('request_too_long', $refusal->code);
            self::assertStringContainsString('262144', $refusal->getMessage() . $refusal->hint);
            self::assertStringNotContainsString('{', $refusal->getMessage() . $refusal->hint);
        }
    }

    public function testAsksTheRealCore(): void
    {
        $described = $this->core(new CompiledPhp())->ask('core.describe', []);

        self::assertSame('orderbridge', $described['name']);
        self::assertContains('sync.start', $described['ops']);
    }

    private function core(Engine $engine, string $lang = 'ru'): Core
    {
        return new Core($engine, static fn () => new DateTimeImmutable('2026-11-23T10:00:00+03:00'), $lang);
    }

    private function answering(string $answer): Engine
    {
        return new class ($answer) implements Engine {
            public string $heard = '';

            public function __construct(public string $answer)
            {
            }

            public function call(string $request): string
            {
                $this->heard = $request;

                return $this->answer;
            }

            public function renew(): void
            {
            }

            public function name(): string
            {
                return 'scripted';
            }
        };
    }
}
