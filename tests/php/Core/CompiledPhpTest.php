<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Core;

use Orderbridge\Core\CompiledPhp;
use Orderbridge\Core\Engine;
use Orderbridge\Core\EngineFault;

use function file_put_contents;
use function restore_error_handler;
use function set_error_handler;
use function sprintf;
use function sys_get_temp_dir;
use function tempnam;
use function trigger_error;
use function unlink;

use const E_USER_NOTICE;

final class CompiledPhpTest extends EngineContractTestCase
{
    /** Counts its calls; some requests end badly. */
    private const COUNTING = <<<'PHP'
        <?php
        return static fn (): object => new class {
            private array $m = [];
            public function core_abi_version(): int { return %d; }
            public function core_alloc(int $size): int { return 8; }
            public function write(int $at, string $bytes): void { $this->m[] = $bytes; }
            public function core_call(int $at, int $size): int {
                return match (\end($this->m)) {
                    'trap' => throw new \RuntimeException('unreachable'),
                    'beyond the memory' => $this->m[99],
                    'division' => \intdiv(1, 0),
                    'status' => 3,
                    default => 0,
                };
            }
            public function core_out_ptr(): int { return 0; }
            public function core_out_len(): int { return 0; }
            public function read(int $at, int $size): string { return (string) \count($this->m); }
        };
        PHP;

    /** @var list<string> */
    private array $files = [];

    protected function tearDown(): void
    {
        foreach ($this->files as $file) {
            unlink($file);
        }
    }

    protected function engine(): Engine
    {
        return new CompiledPhp();
    }

    public function testTwoOfThemAreTwo(): void
    {
        [$one, $other] = [$this->engine(), $this->engine()];
        $request = '{"v":1,"op":"core.describe","data":{}}';

        self::assertSame($one->call($request), $other->call($request));
    }

    /**
     * @testWith ["trap"]
     *           ["beyond the memory"]
     *           ["division"]
     *           ["status"]
     */
    public function testAFaultDropsTheInstance(string $request): void
    {
        $engine = new CompiledPhp($this->compiled(1));

        self::assertSame('1', $engine->call('a'));
        self::assertSame('2', $engine->call('a'));
        $this->assertFaults($engine, $request, $request);
        self::assertSame('1', $engine->call('a'), 'a new instance knows nothing of the old one');
    }

    public function testRefusesAnotherBorder(): void
    {
        $this->expectException(EngineFault::class);
        $this->expectExceptionMessage('version 2 of the border');

        (new CompiledPhp($this->compiled(2)))->call('{}');
    }

    public function testSaysThatItsFileIsMissing(): void
    {
        $this->expectException(EngineFault::class);
        $this->expectExceptionMessage('/no/such/core.php is missing; install the module again');

        (new CompiledPhp('/no/such/core.php'))->call('{}');
    }

    public function testLeavesTheShopsErrorHandlerInPlace(): void
    {
        $heard = [];
        set_error_handler(static function (int $level, string $message) use (&$heard): bool {
            $heard[] = $message;
            return true;
        });
        try {
            $engine = $this->engine();
            $engine->call('{}');
            $this->assertFaults(new CompiledPhp($this->compiled(1)), 'beyond the memory', 'beyond');
            trigger_error('still heard', E_USER_NOTICE);
        } finally {
            restore_error_handler();
        }

        self::assertSame(['still heard'], $heard);
    }

    private function compiled(int $abi): string
    {
        $file = (string) tempnam(sys_get_temp_dir(), 'orderbridge');
        file_put_contents($file, sprintf(self::COUNTING, $abi));

        return $this->files[] = $file;
    }
}
