<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

use Orderbridge\Shops\WooCommerce\Boot;
use PHPUnit\Framework\TestCase;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/autoload.php';

final class BootTest extends TestCase
{
    /**
     * As WordPress takes DB_HOST apart: host, port, socket, whether it is IPv6.
     *
     * @dataProvider addresses
     * @param list<string|int|bool|null> $address
     */
    public function testAConnectionOfOurOwnGoesWhereWordPressWrites(array $address, string $dsn): void
    {
        self::assertSame($dsn, Boot::dsn($address, 'shop'));
    }

    /** @return array<string, array{list<string|int|bool|null>, string}> */
    public static function addresses(): array
    {
        return [
            'host' => [['db.local', null, null, false], 'mysql:host=db.local;dbname=shop'],
            'port' => [['127.0.0.1', '3307', null, false], 'mysql:host=127.0.0.1;port=3307;dbname=shop'],
            'socket' => [['localhost', null, '/run/db.sock', false], 'mysql:unix_socket=/run/db.sock;dbname=shop'],
            'not understood' => [[], 'mysql:host=localhost;dbname=shop'],
        ];
    }
}
