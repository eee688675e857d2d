<?php

declare(strict_types=1);

namespace Orderbridge\Core;

use JsonException;

use function dirname;
use function file_get_contents;
use function is_array;
use function is_file;
use function json_decode;

use const JSON_THROW_ON_ERROR;

/**
 * Shows at activation and after an update that an engine gives, on this very host, the answers that the core gave
 * where it was built.
 */
final class SelfTest
{
    private readonly string $file;

    public function __construct(?string $file = null)
    {
        $this->file = $file ?? dirname(__DIR__, 3) . '/pkg/selftest.json';
    }

    /** What is wrong with the engine, in words for an administrator; null when nothing is. */
    public function problem(Engine $engine): ?string
    {
        $cases = $this->cases();
        if ($cases === []) {
            return "$this->file is missing or empty; install the module again";
        }
        foreach ($cases as ['name' => $name, 'request' => $request, 'answer' => $expected]) {
            try {
                $answer = $engine->call($request);
            } catch (EngineFault $fault) {
                return "{$fault->getMessage()} ($name)";
            }
            if ($answer !== $expected) {
                return "the engine {$engine->name()} gave another answer than it should ($name)";
            }
        }

        return null;
    }

    /** @return list<array{name: string, request: string, answer: string}> */
    private function cases(): array
    {
        if (!is_file($this->file)) {
            return [];
        }
        try {
            $cases = json_decode((string) file_get_contents($this->file), true, 512, JSON_THROW_ON_ERROR);
        } catch (JsonException) {
            return [];
        }

        return is_array($cases) ? $cases : [];
    }
}
