<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shop;

use InvalidArgumentException;
use Orderbridge\Shop\Decimal;
use PHPUnit\Framework\TestCase;

final class DecimalTest extends TestCase
{
    /** @dataProvider sums */
    public function testArithmeticIsExact(string $got, string $expected): void
    {
        self::assertSame($expected, $got);
    }

    public static function sums(): iterable
    {
        $of = static fn (string $text): Decimal => Decimal::of($text);

        yield 'carry' => [$of('9.99')->plus($of('0.01'))->toString(), '10.00'];
        yield 'different scales' => [$of('1.5')->plus($of('0.0625'))->toString(), '1.5625'];
        yield 'below zero' => [$of('1.00')->minus($of('2.50'))->toString(), '-1.50'];
        yield 'both negative' => [$of('-1.25')->plus($of('-1.25'))->toString(), '-2.50'];
        yield 'equal parts leave a clean zero' => [$of('-3.10')->plus($of('3.10'))->toString(), '0.00'];
        yield 'the largest column times the largest rate' => [
            $of('99999999999.9999')->times($of('9999999.99999999'))->toString(),
            '999999999999998000.000000000001',
        ];
        yield 'price in another currency' => [
            $of('373.2000')->times($of('56.40360000'))->rounded(2)->toString(),
            '21049.82',
        ];
        yield 'half away from zero' => [$of('1.005')->rounded(2)->toString(), '1.01'];
        yield 'negative half too' => [$of('-1.005')->rounded(2)->toString(), '-1.01'];
        yield 'no minus before nothing' => [$of('-0.004')->rounded(2)->toString(), '0.00'];
        yield 'carry through the point' => [$of('99.995')->rounded(2)->toString(), '100.00'];
        yield 'padding' => [$of('5')->rounded(2)->toString(), '5.00'];
        yield 'no places' => [$of('10.5')->rounded(0)->toString(), '11'];
        yield 'nothing at all' => [Decimal::of(null)->rounded(2)->toString(), '0.00'];
    }

    public function testComparesByValueNotByText(): void
    {
        self::assertSame(0, Decimal::of('2.50')->compare(Decimal::of('2.5')));
        self::assertSame(1, Decimal::of('10')->compare(Decimal::of('9')));
        self::assertSame(-1, Decimal::of('-10')->compare(Decimal::of('9')));
    }

    public function testRefusesWhatIsNoNumber(): void
    {
        $this->expectException(InvalidArgumentException::class);
        Decimal::of('1e3');
    }
}
