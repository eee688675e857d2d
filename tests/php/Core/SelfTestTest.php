<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Core;

use InvalidArgumentException;
use Orderbridge\Core\CompiledPhp;
use Orderbridge\Core\Engine;
use Orderbridge\Core\EngineChoice;
use Orderbridge\Core\NodeWorker;
use Orderbridge\Core\SelfTest;
use PHPUnit\Framework\TestCase;

use function getenv;
use function putenv;

final class SelfTestTest extends TestCase
{
    public function testFindsAnEngineThatAnswersDifferently(): void
    {
        $lying = new class implements Engine {
            public function call(string $request): string
            {
                return (new CompiledPhp())->call($request) . ' ';
            }

            public function renew(): void
            {
            }

            public function name(): string
            {
                return 'lying';
            }
        };

        self::assertStringContainsString('another answer', (string) (new SelfTest())->problem($lying));
    }

    public function testFindsAnEngineThatFaults(): void
    {
        $problem = (string) (new SelfTest())->problem(new CompiledPhp('/no/such/core.php'));

        self::assertStringContainsString('/no/such/core.php is missing', $problem);
    }

    public function testFindsThatItsOwnCasesAreMissing(): void
    {
        self::assertStringContainsString('missing', (string) (new SelfTest('/no/such'))->problem(new CompiledPhp()));
    }

    public function testTheCompiledEngineRunsUnlessAnotherIsAskedFor(): void
    {
        $before = getenv('ENGINE');
        try {
            putenv('ENGINE');
            self::assertInstanceOf(CompiledPhp::class, EngineChoice::made());
            putenv('ENGINE=node');
            self::assertInstanceOf(NodeWorker::class, EngineChoice::made());
            self::assertInstanceOf(CompiledPhp::class, EngineChoice::made('compiled'));
        } finally {
            putenv($before === false ? 'ENGINE' : "ENGINE=$before");
        }
        $this->expectException(InvalidArgumentException::class);
        EngineChoice::made('magic');
    }
}
