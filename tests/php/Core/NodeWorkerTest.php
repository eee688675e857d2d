<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Core;

use Orderbridge\Core\Engine;
use Orderbridge\Core\EngineFault;
use Orderbridge\Core\NodeWorker;
use Orderbridge\Core\SelfTest;

use function hrtime;
use function mb_check_encoding;

final class NodeWorkerTest extends EngineContractTestCase
{
    private const DESCRIBE = '{"v":1,"op":"core.describe","data":{}}';

    protected function engine(): Engine
    {
        return new NodeWorker(null, 20.0);
    }

    /** JSON lines hold text only. */
    protected function takes(string $request): bool
    {
        return mb_check_encoding($request, 'UTF-8');
    }

    public function testAWedgedChildIsKilledInTime(): void
    {
        $engine = $this->running('setInterval(() => {}, 1000)', 0.3);
        $start = hrtime(true);
        $this->assertFaultSays('took longer than 0.3 s', $engine);

        self::assertLessThan(1.5, (hrtime(true) - $start) / 1e9);
        self::assertSame([], self::children(), 'it is gone');
    }

    public function testAChildThatDoesNotReadIsKilledInTime(): void
    {
        $engine = $this->running('setInterval(() => {}, 1000)', 0.3);
        $request = '{"v":1,"data":"' . str_repeat('x', 250_000) . '"}';

        $this->expectException(EngineFault::class);
        $this->expectExceptionMessage('took longer');
        $engine->call($request);
    }

    /** @dataProvider liars */
    public function testAChildThatSaysSomethingElseIsKilled(string $script, string $complaint): void
    {
        $this->assertFaultSays($complaint, $this->running($script, 10.0));
        self::assertSame([], self::children(), 'it is gone');
    }

    /** @return iterable<string, array{string, string}> */
    public static function liars(): iterable
    {
        $does = static fn (string $what): string => "process.stdin.once('data', () => $what);";
        $says = static fn (string $line): string => $does("console.log($line)");
        yield 'garbage' => [$says("'garbage'"), 'did not speak JSON'];
        yield 'another id' => [$says("'{\"id\":99,\"answer\":\"{}\"}'"), 'answered something else'];
        yield 'no id' => [$says("'{\"answer\":\"{}\"}'"), 'answered something else'];
        yield 'no answer' => [$says("'{\"id\":1}'"), 'no answer in it'];
        yield 'a list' => [$says("'[]'"), 'answered something else'];
        yield 'a fault' => [$says("'{\"id\":1,\"fault\":\"unreachable\"}'"), 'unreachable'];
        yield 'two lines' => [$says("'{\"id\":1,\"answer\":\"{}\"}\\n{}'"), 'said more than it was asked'];
        yield 'half a line, then the end' => [$does("{ process.stdout.write('{'); process.exit(); }"), 'it ended'];
        yield 'a line without end' => [$does("process.stdout.write('x'.repeat(5e6))"), 'does not stop talking'];
        yield 'nothing' => ['process.exit(1);', 'it ended'];
    }

    public function testAKilledChildIsReplaced(): void
    {
        $engine = new NodeWorker(null, 20.0);
        $answer = $engine->call(self::DESCRIBE);
        [$child] = self::children();
        posix_kill((int) $child, 9);
        // Until the system has taken it away: the engine must find it gone, not half gone.
        while (($state = @file_get_contents("/proc/$child/stat")) !== false && !str_contains($state, ') Z ')) {
            continue;
        }

        self::assertSame($answer, $engine->call(self::DESCRIBE));
        self::assertNotSame([$child], self::children());
    }

    public function testGoesOnAfterAFault(): void
    {
        $engine = new NodeWorker(null, 20.0);
        $this->assertFaults($engine, "\xff", 'no text');

        self::assertNull((new SelfTest())->problem($engine));
    }

    public function testOneChildServesManyCalls(): void
    {
        $engine = $this->engine();
        $engine->call(self::DESCRIBE);
        $children = self::children();
        $engine->call(self::DESCRIBE);

        self::assertCount(1, $children);
        self::assertSame($children, self::children());
    }

    public function testTheChildEndsWithTheEngine(): void
    {
        $engine = $this->engine();
        $engine->call(self::DESCRIBE);
        unset($engine);

        self::assertSame([], self::children());
    }

    public function testSaysThatNodeIsMissing(): void
    {
        $this->expectException(EngineFault::class);
        (new NodeWorker(['/no/such/node'], 1.0))->call('{}');
    }

    private function running(string $script, float $seconds): NodeWorker
    {
        return new NodeWorker(['node', '-e', $script], $seconds);
    }

    private function assertFaultSays(string $complaint, Engine $engine): void
    {
        try {
            $engine->call(self::DESCRIBE);
        } catch (EngineFault $fault) {
            self::assertStringContainsString($complaint, $fault->getMessage());
            return;
        }
        self::fail("no fault: $complaint");
    }

    /** @return list<string> ids of this process's children */
    private static function children(): array
    {
        $found = [];
        foreach (glob('/proc/[0-9]*/stat') ?: [] as $file) {
            $stat = (string) @file_get_contents($file);
            preg_match('/^(\d+) \(node\) ([^Z]) (\d+) /', $stat, $match);
            if ((int) ($match[3] ?? 0) === getmypid()) {
                $found[] = $match[1];
            }
        }

        return $found;
    }
}
