<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Core;

use RuntimeException;

use function basename;
use function dirname;
use function file_get_contents;
use function glob;
use function is_file;
use function json_decode;
use function str_ends_with;
use function str_repeat;
use function substr;

/** The vectors of tests/vectors, as tests/support/mod.rs reads them. */
final class Vectors
{
    /** @return iterable<string, array{string, string}> request and answer, by operation and case */
    public static function all(): iterable
    {
        $found = 0;
        foreach (glob(dirname(__DIR__, 2) . '/vectors/*/*', GLOB_ONLYDIR) ?: [] as $folder) {
            $found++;
            yield basename(dirname($folder)) . '/' . basename($folder) => [
                self::request($folder),
                self::text("$folder/answer.json"),
            ];
        }
        if ($found === 0) {
            throw new RuntimeException('tests/vectors is empty');
        }
    }

    private static function request(string $folder): string
    {
        if (is_file("$folder/request.json")) {
            return self::text("$folder/request.json");
        }
        $request = '';
        foreach (json_decode(self::text("$folder/request.parts.json"), true) as [$text, $times]) {
            $request .= str_repeat($text, $times);
        }

        return $request;
    }

    private static function text(string $file): string
    {
        $text = (string) file_get_contents($file);

        return str_ends_with($text, "\n") ? substr($text, 0, -1) : $text;
    }
}
