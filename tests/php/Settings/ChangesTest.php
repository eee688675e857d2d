<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Settings;

use Orderbridge\Settings\Changes;
use PHPUnit\Framework\TestCase;

use function json_decode;
use function json_encode;

/** Two changes of the same settings, one after the other. */
final class ChangesTest extends TestCase
{
    /** @return array<string, array{string, string, string, string}> present, before, after, what comes of it */
    public static function cases(): array
    {
        return [
            'nothing was done' => ['{"a":1}', '{"a":2}', '{"a":2}', '{"a":1}'],
            'one part each' => ['{"a":1,"b":9}', '{"a":1,"b":2}', '{"a":5,"b":2}', '{"a":5,"b":9}'],
            'the same part' => ['{"a":9}', '{"a":1}', '{"a":5}', '{"a":5}'],
            'inside of an object' => [
                '{"o":{"a":9,"b":1,"p":{"c":7}}}', '{"o":{"a":1,"b":1,"p":{"c":1,"d":1}}}',
                '{"o":{"a":1,"b":5,"p":{"c":1,"d":5}}}', '{"o":{"a":9,"b":5,"p":{"c":7,"d":5}}}',
            ],
            'a list is one value' => ['{"l":[1,2]}', '{"l":[1]}', '{"l":[3]}', '{"l":[3]}'],
            'a list that was filled' => ['{"l":[]}', '{"l":[]}', '{"l":[{"a":1}]}', '{"l":[{"a":1}]}'],
            'a list that was emptied' => ['{"l":[1,2]}', '{"l":[1]}', '{"l":[]}', '{"l":[]}'],
            'a part that came' => ['{"a":1}', '{}', '{"n":{"x":1}}', '{"a":1,"n":{"x":1}}'],
            'a part that went' => ['{"a":1,"b":2}', '{"a":1,"b":1}', '{"a":1}', '{"a":1}'],
            'a part that went meanwhile' => ['{}', '{"o":{"a":1}}', '{"o":{"a":2}}', '{"o":{"a":2}}'],
            'an empty object' => ['{"o":{"a":9}}', '{"o":{}}', '{"o":{"b":1}}', '{"o":{"a":9,"b":1}}'],
            'a text that looks like a number' => ['{"a":"x"}', '{"a":"1"}', '{"a":"01"}', '{"a":"01"}'],
        ];
    }

    /** @dataProvider cases */
    public function testBothAreKept(string $present, string $before, string $after, string $becomes): void
    {
        $stored = static fn (string $json): array => (array) json_decode($json);
        $told = static fn (string $json): array => json_decode($json, true);
        foreach ([[$before, $after], [$before, $before]] as $round => $of) {
            $expected = $round === 0 ? $becomes : $present;
            foreach ([$stored, $told] as $way) {
                $made = Changes::onto($stored($present), $stored($of[0]), $way($of[1]));
                self::assertJsonStringEqualsJsonString($expected, (string) json_encode((object) $made));
            }
        }
    }
}
