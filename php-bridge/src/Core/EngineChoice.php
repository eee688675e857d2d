<?php

declare(strict_types=1);

namespace Orderbridge\Core;

use InvalidArgumentException;

use function getenv;

/** Which engine runs: the compiled one, which needs nothing, unless someone asks for another. */
final class EngineChoice
{
    public const COMPILED = 'compiled';
    public const NODE = 'node';

    /** By an option of the host; without one, by the environment variable ENGINE. */
    public static function made(?string $name = null): Engine
    {
        $name ??= getenv('ENGINE') ?: self::COMPILED;

        return match ($name) {
            self::COMPILED => new CompiledPhp(),
            self::NODE => new NodeWorker(),
            default => throw new InvalidArgumentException("unknown engine: $name (compiled, node)"),
        };
    }
}
