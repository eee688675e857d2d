<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Settings;

use Orderbridge\Exception\SecretUnreadable;
use Orderbridge\Settings\Seal;
use PHPUnit\Framework\TestCase;

use function substr_replace;
use function var_export;

final class SealTest extends TestCase
{
    private const KEY = 'a key from the shop\'s config file';

    public function testOpensWhatItHasClosed(): void
    {
        $seal = new Seal(self::KEY);
        $closed = $seal->close('webhook', 'https://portal/rest/1/secret/');

        self::assertStringNotContainsString('secret', $closed);
        self::assertNotSame($closed, $seal->close('webhook', 'https://portal/rest/1/secret/'));
        self::assertSame('https://portal/rest/1/secret/', (new Seal(self::KEY))->open('webhook', $closed));
    }

    public function testWithoutAKeyItIsOpenAndStaysReadableWithOne(): void
    {
        $open = (new Seal(null))->close('webhook', 'secret');

        self::assertFalse((new Seal(''))->isKeyed());
        self::assertSame('secret', (new Seal(self::KEY))->open('webhook', $open));
    }

    /** @return array<string, array{?string, string, callable(string): string}> */
    public function abuse(): array
    {
        $same = static fn (string $closed): string => $closed;

        return [
            'another key' => ['another', 'webhook', $same],
            'the key is gone' => [null, 'webhook', $same],
            'moved to another name' => [self::KEY, 'inbound', $same],
            'turned' => [self::KEY, 'webhook', static fn (string $c): string => substr_replace($c, 'AAAA', 30, 4)],
            'cut short' => [self::KEY, 'webhook', static fn (string $c): string => substr($c, 0, 20)],
            'not ours' => [self::KEY, 'webhook', static fn (string $c): string => 'hello'],
            'empty' => [self::KEY, 'webhook', static fn (string $c): string => ''],
        ];
    }

    /** @dataProvider abuse */
    public function testSaysWhenItCannot(?string $key, string $name, callable $spoil): void
    {
        $closed = (new Seal(self::KEY))->close('webhook', 'https://portal/rest/1/secret/');

        $this->expectException(SecretUnreadable::class);
        (new Seal($key))->open($name, $spoil($closed));
    }

    public function testDoesNotShowItsKey(): void
    {
        $derived = hash_hkdf('sha256', self::KEY, 32, 'orderbridge secrets');
        $seal = new Seal(self::KEY);
        $shown = print_r($seal, true) . var_export($seal, true) . print_r((array) $seal, true);
        foreach ([self::KEY, $derived] as $key) {
            self::assertStringNotContainsString($key, $shown);
        }
    }
}
