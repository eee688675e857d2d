<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shop;

use DateTimeZone;
use InvalidArgumentException;
use Orderbridge\Shop\OrderRange;
use PHPUnit\Framework\TestCase;

use function json_decode;
use function json_encode;

final class OrderRangeTest extends TestCase
{
    /** @param array<string, mixed> $words */
    private static function of(array $words): OrderRange
    {
        return OrderRange::of($words, new DateTimeZone('Europe/Moscow'));
    }

    /** @return list<array{array<string, mixed>, array<string, mixed>}> */
    public function ranges(): array
    {
        return [
            [[], []],
            [['from' => '', 'to' => null, 'from_id' => ''], []],
            [['from' => '2026-01-31'], ['from' => '2026-01-31T00:00:00+03:00']],
            [['to' => '2026-01-31'], ['before' => '2026-02-01T00:00:00+03:00']],
            [['from' => '2024-02-29', 'to' => '2024-02-29'], [
                'from' => '2024-02-29T00:00:00+03:00', 'before' => '2024-03-01T00:00:00+03:00',
            ]],
            [['to' => '2026-01-31 12:30'], ['before' => '2026-01-31T12:30:00+03:00']],
            [['from' => '2026-01-31T12:30:15Z'], ['from' => '2026-01-31T12:30:15+00:00']],
            [['from' => '2026-01-31T12:30+05:00'], ['from' => '2026-01-31T12:30:00+05:00']],
            [['from_id' => '0'], ['from_id' => 0]],
            [['from_id' => '007', 'to_id' => 7], ['from_id' => 7, 'to_id' => 7]],
            [['from' => '2026-01-31', 'to_id' => '999999999999999999'], [
                'from' => '2026-01-31T00:00:00+03:00', 'to_id' => 999_999_999_999_999_999,
            ]],
        ];
    }

    /**
     * @dataProvider ranges
     * @param array<string, mixed> $words
     * @param array<string, mixed> $meant
     */
    public function testUnderstandsWhatPeopleWrite(array $words, array $meant): void
    {
        $range = self::of($words);
        $expected = $meant + ['from' => null, 'before' => null, 'from_id' => null, 'to_id' => null];

        self::assertEqualsCanonicalizing($expected, $range->toArray());
        foreach ($expected as $key => $value) {
            self::assertSame($value, $range->toArray()[$key], $key);
        }
        $stored = OrderRange::stored(json_decode((string) json_encode($range->toArray()), true));
        self::assertEquals($range, $stored, 'and is the same when it was stored');
    }

    /** @return list<array{array<string, mixed>}> */
    public function wrong(): array
    {
        return [
            [['from' => '2026-02-30']], [['from' => '31.01.2026']], [['from' => 'yesterday']], [['to' => '2026-13-01']],
            [['from' => '2026-01-31 25:00']], [['from' => '2026-01-31 12:30 Mars/Base']], [['from' => "2026-01-31\n"]],
            [['from_id' => '-1']], [['from_id' => '1.5']], [['to_id' => '1e3']], [['to_id' => '9999999999999999999']],
            [['from_id' => "1' OR 1=1"]], [['from' => '2026-02-01', 'to' => '2026-01-31']],
            [['from' => '2026-01-31 12:00', 'to' => '2026-01-31 12:00']], [['from_id' => '8', 'to_id' => '7']],
        ];
    }

    /**
     * @dataProvider wrong
     * @param array<string, mixed> $words
     */
    public function testRefusesWhatIsNoRange(array $words): void
    {
        $this->expectException(InvalidArgumentException::class);
        self::of($words);
    }
}
