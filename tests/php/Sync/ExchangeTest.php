<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use DateTimeImmutable;
use Orderbridge\Bitrix24\Client;
use Orderbridge\Bitrix24\Portal;
use Orderbridge\Core\Core;
use Orderbridge\Core\Engine;
use Orderbridge\Shop\Shop;
use Orderbridge\Store\Clock;
use Orderbridge\Sync\Deadline;
use Orderbridge\Sync\Exchange;
use Orderbridge\Sync\Points;
use Orderbridge\Tests\Support\Child;
use Orderbridge\Text\Texts;
use PHPUnit\Framework\TestCase;

use function json_decode;
use function json_encode;
use function str_repeat;

/** In which form an answer of the portal goes to the core. */
final class ExchangeTest extends TestCase
{
    private static ?Child $server = null;
    private static string $port = '';

    public static function setUpBeforeClass(): void
    {
        self::$server = new Child(__DIR__ . '/../Bitrix24/faulty.php');
        self::$port = self::$server->line();
    }

    public static function tearDownAfterClass(): void
    {
        self::$server?->kill();
        self::$server = null;
    }

    /** What the core is told of an answer with this body. */
    private function told(string $body): mixed
    {
        $engine = new class ($body) implements Engine {
            public mixed $told = null;

            public function __construct(private readonly string $body)
            {
            }

            public function call(string $request): string
            {
                $request = json_decode($request);
                $this->told = $request->data->answer->body ?? null;
                $packed = ['requests' => [['method' => 'echo', 'body' => $this->body, 'tasks' => ['a']]]];
                $data = $request->op === 'batch.pack' ? $packed : ['replies' => ['a' => ['answers' => []]]];

                return (string) json_encode(['v' => 1, 'outcome' => 'ok', 'data' => $data]);
            }

            public function renew(): void
            {
            }

            public function name(): string
            {
                return 'scripted';
            }
        };
        $shop = $this->createStub(Shop::class);
        $shop->method('now')->willReturn(new DateTimeImmutable());
        $core = new Core($engine, static fn (): DateTimeImmutable => new DateTimeImmutable());
        $portal = Portal::fromWebhook('http://127.0.0.1:' . self::$port . '/rest/1/abcdef0123456789/', true);
        $exchange = new Exchange($core, new Client($portal), null, new Clock($shop), new Points(), new Texts());
        $exchange->ask(['a' => []], Deadline::in(10), static fn (): bool => true);

        return $engine->told;
    }

    public function testWhatIsJsonGoesAsItIs(): void
    {
        $body = '{"result":{"result":{"t00_deal":{"id":9007199254740993000,"sum":100.0,"none":{},"list":[]}},'
            . '"result_time":{"t00_deal":{"start":1.5}}},"time":{"operating":0.5}}';

        $told = json_encode($this->told($body), JSON_PRESERVE_ZERO_FRACTION);

        self::assertSame(
            '{"result":{"result":{"t00_deal":{"id":9007199254740993000,"sum":100.0,"none":{},"list":[]}}},'
                . '"time":{"operating":0.5}}',
            $told,
            'all of it, without how long each command took',
        );
    }

    public function testAnErrorOfTheWholeRequestGoesAsItIs(): void
    {
        $said = (object) ['error' => 'QUERY_LIMIT_EXCEEDED'];

        self::assertEquals($said, $this->told('{"error":"QUERY_LIMIT_EXCEEDED"}'));
    }

    /** @return iterable<string, array{string}> */
    public static function texts(): iterable
    {
        yield 'a page' => ['<h1>502</h1>'];
        yield 'half an answer' => ['{"result":{"result":{"t00_deal":'];
        yield 'a list' => ['[]'];
        yield 'a byte order mark' => ["\u{feff}{\"result\":{}}"];
        yield 'nothing' => [''];
        yield 'too deep for the border' => ['{"a":' . str_repeat('[', 30) . str_repeat(']', 30) . '}'];
        yield 'a name that PHP has no property of' => ['{"\u0000a":1}'];
    }

    /** @dataProvider texts */
    public function testWhatIsNotGoesAsAText(string $body): void
    {
        self::assertSame($body, $this->told($body));
    }
}
