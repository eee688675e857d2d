<?php

declare(strict_types=1);

namespace Story;

/** Tells what happens, with the time since the start, and counts what was right and what was not. */
final class Tale
{
    private readonly float $start;
    private int $passed = 0;
    private int $failed = 0;

    public function __construct(string $title)
    {
        $this->start = microtime(true);
        echo "\n$title\n";
    }

    public function say(string $text): void
    {
        printf("%8.2f s    %s\n", microtime(true) - $this->start, $text);
    }

    /** @param string $seen printed when it is wrong */
    public function check(bool $right, string $text, string $seen = ''): void
    {
        $right ? $this->passed++ : $this->failed++;
        printf("%8.2f s  %s %s\n", microtime(true) - $this->start, $right ? '✓' : '✗', $text);
        if (!$right && $seen !== '') {
            echo "              seen: $seen\n";
        }
    }

    public function same(mixed $expected, mixed $seen, string $text): void
    {
        $words = static fn (mixed $value): string => is_string($value)
            ? $value
            : (string) json_encode($value, JSON_UNESCAPED_UNICODE);
        $right = $expected === $seen;
        $this->check($right, $right ? $text : "$text, expected: {$words($expected)}", $words($seen));
    }

    public function broken(\Throwable $problem): void
    {
        $this->check(false, $problem->getMessage() . " ({$problem->getFile()}:{$problem->getLine()})");
    }

    /** Prints the closing line; the exit code. */
    public function end(): int
    {
        echo "$this->passed passed, $this->failed failed\n";

        return $this->failed === 0 && $this->passed > 0 ? 0 : 1;
    }
}
