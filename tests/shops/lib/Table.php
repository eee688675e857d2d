<?php

declare(strict_types=1);

namespace Shops;

use Throwable;

/** The table that is printed: a row a step, at once when it is over; a step that needs a failed one is left out. */
final class Table
{
    private int $number = 0;
    private int $passed = 0;
    private int $failed = 0;
    private int $left = 0;

    public function __construct(string $title, private readonly Words $words, private readonly int $width = 66)
    {
        $heads = $this->pad($words->say('head_step'), $this->width) . '  ' . $this->pad($words->say('head_seconds'), 7);
        echo "\n$title\n\n  №  $heads     {$words->say('head_note')}\n";
        echo str_repeat('─', $this->width + 40), "\n";
    }

    /**
     * @template T
     * @param callable(Row): T $do says what it saw by the row; throws when it is not right
     * @return T|null null: it was not right
     */
    public function step(string $name, callable $do): mixed
    {
        $row = new Row();
        $start = microtime(true);
        $mark = '✓';
        $result = null;
        try {
            $result = $do($row);
            $this->passed++;
        } catch (LeftOut) {
            $mark = '–';
            $row->note($this->words->say('left_out'));
            $this->left++;
        } catch (Throwable $problem) {
            $mark = '✗';
            $row->note($problem->getMessage());
            $this->failed++;
        }
        $seconds = $row->seconds ?? microtime(true) - $start;
        $name = $this->pad($name, $this->width);
        printf("%3d  %s  %7.2f  %s  %s\n", ++$this->number, $name, $seconds, $mark, $row->text());

        return $result;
    }

    /** Prints the closing line; the exit code. */
    public function end(): int
    {
        echo str_repeat('─', $this->width + 40), "\n";
        $this->left === 0 || print "{$this->words->say('were_left_out', ['count' => (string) $this->left])}\n";
        echo "$this->passed passed, $this->failed failed\n";

        return $this->failed === 0 && $this->left === 0 && $this->passed > 0 ? 0 : 1;
    }

    private function pad(string $text, int $width): string
    {
        return mb_strimwidth($text, 0, $width, '…') . str_repeat(' ', max(0, $width - mb_strwidth($text)));
    }
}
