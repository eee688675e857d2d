<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart3;

use Orderbridge\Shops\OpenCart3\FrontDoor;
use PHPUnit\Framework\TestCase;

use function hash_hmac;
use function json_encode;
use function time;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/shop.php';

/** Who may have the catalog change an order: only the admin of the same shop, and only now. */
final class FrontDoorTest extends TestCase
{
    private const KEY = '0123456789abcdef0123456789abcdef';

    public function testTakesWhatItsAdminHasSigned(): void
    {
        $body = self::body();

        self::assertSame(
            ['order_id' => 7, 'status' => 5, 'comment' => 'Готово', 'notify' => true],
            self::door()->read($body, self::sign($body)),
        );
    }

    /** @dataProvider strangers */
    public function testRefusesEverybodyElse(string $body, string $signature, string $key = self::KEY): void
    {
        self::assertNull(self::door($key)->read($body, $signature));
    }

    public static function strangers(): iterable
    {
        $body = self::body();
        $other = (string) json_encode(['at' => time(), 'order_id' => 8, 'status' => 5]);
        $old = self::body(time() - 61);

        yield 'no signature' => [$body, ''];
        yield 'another body' => [$other, self::sign($body)];
        yield 'another key' => [$body, hash_hmac('sha256', "history\n$body", 'another')];
        yield 'said a minute ago' => [$old, self::sign($old)];
        yield 'no JSON' => ['7', self::sign('7')];
        yield 'a shop whose module has no key yet' => [$body, hash_hmac('sha256', "history\n$body", ''), ''];
    }

    private static function door(string $key = self::KEY): FrontDoor
    {
        return new FrontDoor((new Registry(['module_orderbridge_tick_key' => $key]))->get('config'));
    }

    private static function body(?int $at = null): string
    {
        return (string) json_encode([
            'at' => $at ?? time(),
            'order_id' => 7,
            'status' => 5,
            'comment' => 'Готово',
            'notify' => true,
        ]);
    }

    private static function sign(string $body): string
    {
        return hash_hmac('sha256', "history\n$body", self::KEY);
    }
}
