<?php

/**
 * pkg/core.php answers the self-test and every fifth vector of tests/vectors, byte for byte, and nothing in it is
 * deprecated: `<vector>: <words>` for each that differs, and at the end `N passed, N failed`.
 *
 * PHP 7.4 reads this file, too: it calls the compiled core as Core\CompiledPhp does, but not through it.
 */

declare(strict_types=1);

// phpcs:disable PSR1.Files.SideEffects -- a program of one file

const EVERY = 5;
const MOST_BYTES = 256 * 1024;

set_error_handler(static function (int $level, string $words, string $file, int $line): bool {
    throw new ErrorException($words, 0, $level, $file, $line);
});

/** @return iterable<string, array{string, string}> request and answer by name */
function vectors(string $root): iterable
{
    foreach (json_decode(text("$root/pkg/selftest.json"), true) as $case) {
        yield "selftest {$case['name']}" => [$case['request'], $case['answer']];
    }
    foreach (glob("$root/tests/vectors/*/*/answer.json") as $n => $file) {
        $folder = dirname($file);
        $name = basename(dirname($folder)) . '/' . basename($folder);
        if ($n % EVERY !== 0) {
            continue;
        }
        if (is_file("$folder/request.json")) {
            yield $name => [line("$folder/request.json"), line($file)];
            continue;
        }
        $request = '';
        foreach (json_decode(text("$folder/request.parts.json"), true) as [$part, $times]) {
            $request .= str_repeat($part, $times);
        }
        yield $name => [$request, line($file)];
    }
}

function text(string $file): string
{
    return (string) file_get_contents($file);
}

/** The file without the end of its last line. */
function line(string $file): string
{
    return (string) preg_replace('/\n\z/', '', text($file));
}

function answer(object $core, string $request): ?string
{
    $at = $core->core_alloc(strlen($request));
    if ($at === 0) {
        return null;
    }
    $core->write($at, $request);
    $fault = $core->core_call($at, strlen($request));

    return $fault === 0 ? $core->read($core->core_out_ptr(), $core->core_out_len()) : "fault $fault";
}

$root = dirname(__DIR__, 2);
$passed = 0;
$failed = 0;
$core = (require "$root/pkg/core.php")();
foreach (vectors($root) as $name => [$request, $expected]) {
    try {
        $answer = answer($core, $request);
        // What is too long to be asked is refused before it is read.
        $good = strlen($request) > MOST_BYTES ? $answer === null : $answer === $expected;
        $words = $good ? '' : 'another answer';
    } catch (Throwable $failure) {
        $words = $failure->getMessage() . ' in line ' . $failure->getLine();
    }
    if ($words === '') {
        $passed++;
    } else {
        $failed++;
        echo "$name: $words\n";
    }
}
echo "$passed passed, $failed failed\n";
