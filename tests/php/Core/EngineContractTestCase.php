<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Core;

use Orderbridge\Core\Engine;
use Orderbridge\Core\EngineFault;
use Orderbridge\Core\SelfTest;
use PHPUnit\Framework\TestCase;

use function array_reverse;
use function iterator_to_array;
use function json_decode;
use function mb_check_encoding;
use function mt_rand;
use function mt_srand;
use function str_repeat;
use function strlen;
use function substr;
use function substr_replace;

/** What every engine does, whichever way it runs the core. */
abstract class EngineContractTestCase extends TestCase
{
    private const MOST_BYTES = 256 * 1024;

    /** The engine as a shop has it. */
    abstract protected function engine(): Engine;

    public function testAnswersTheVectors(): void
    {
        $engine = $this->engine();
        foreach (Vectors::all() as $name => [$request, $answer]) {
            if (strlen($request) > self::MOST_BYTES || !$this->takes($request)) {
                $this->assertFaults($engine, $request, $name);
                continue;
            }
            self::assertSame($answer, $engine->call($request), $name);
        }
    }

    public function testUseLeavesNoTrace(): void
    {
        $vectors = array_filter(
            iterator_to_array(Vectors::all()),
            fn (array $vector): bool => strlen($vector[0]) <= self::MOST_BYTES && $this->takes($vector[0]),
        );
        $engine = $this->engine();
        foreach ([...array_values(array_reverse($vectors)), ...array_values($vectors)] as [$request, $answer]) {
            self::assertSame($answer, $engine->call($request));
        }
    }

    public function testPassesTheSelfTest(): void
    {
        self::assertNull((new SelfTest())->problem($this->engine()));
    }

    /** @dataProvider junk */
    public function testAnswersJunk(string $junk): void
    {
        $answer = json_decode($this->engine()->call($junk), true);

        self::assertSame('rejected', $answer['outcome'] ?? null);
        self::assertNotSame('', $answer['error']['code']);
    }

    /** @return iterable<string, array{string}> */
    public static function junk(): iterable
    {
        yield 'nothing' => [''];
        yield 'a space' => [' '];
        yield 'a NUL byte' => ["\0"];
        yield 'no JSON' => ['<?php echo 1;'];
        yield 'half a request' => ['{"v":1,"op":"core.desc'];
        yield 'a list' => ['[]'];
        yield 'a newline in it' => ["{\n\"v\": 1,\n\"op\": \"no.such\"\n}"];
        yield 'too deep' => [str_repeat('[', 1000)];
        yield 'deep up to the last byte' => [str_repeat('{"a":', (int) (self::MOST_BYTES / 5))];
        yield 'as long as allowed' => [str_repeat(' ', self::MOST_BYTES)];
        yield 'line and paragraph separators' => ["{\"v\":1,\"op\":\"\u{2028}\u{2029}\u{feff}🫖\"}"];
    }

    public function testSurvivesBrokenRequests(): void
    {
        $engine = $this->engine();
        mt_srand(17);
        $tried = 0;
        foreach (Vectors::all() as [$request]) {
            if (strlen($request) > 20_000 || $request === '') {
                continue;
            }
            $broken = substr_replace($request, '{}[]",:\\-e.0'[mt_rand(0, 11)], mt_rand(0, strlen($request) - 1), 1);
            $broken = mb_check_encoding($broken, 'UTF-8') ? $broken : substr($request, 0, 1);
            $answer = json_decode($engine->call($broken), true);
            self::assertContains($answer['outcome'] ?? null, ['ok', 'rejected']);
            $tried++;
        }
        self::assertGreaterThan(0, $tried);
    }

    public function testFaultsOnWhatIsTooLongAndGoesOn(): void
    {
        $engine = $this->engine();
        $this->assertFaults($engine, str_repeat(' ', self::MOST_BYTES + 1), 'one byte too many');
        self::assertNull((new SelfTest())->problem($engine));
    }

    public function testHasAName(): void
    {
        self::assertMatchesRegularExpression('/^[a-z]+$/', $this->engine()->name());
    }

    /** Whether the engine can be given these bytes at all. */
    protected function takes(string $request): bool
    {
        return true;
    }

    final protected function assertFaults(Engine $engine, string $request, string $name): void
    {
        try {
            $engine->call($request);
        } catch (EngineFault $fault) {
            self::assertStringContainsString($engine->name(), $fault->getMessage(), $name);
            return;
        }
        self::fail("no fault: $name");
    }
}
