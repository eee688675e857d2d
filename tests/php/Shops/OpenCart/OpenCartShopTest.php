<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart;

use Orderbridge\Shops\OpenCart\OpenCartShop;
use PHPUnit\Framework\TestCase;
use RuntimeException;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/autoload.php';

final class OpenCartShopTest extends TestCase
{
    public function testAStatusGoesThroughTheShopsOwnDoor(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed();
        $cart->calls = $cart->events = [];
        $cart->shop()->setStatus((string) $id, '5', 'Сделка «A & B» <script>', true);

        self::assertSame([[$id, 5, 'Сделка «A &amp; B» &lt;script&gt;', true, true]], $cart->calls);
        self::assertSame('5', $cart->shop()->orderStatus((string) $id));
        self::assertSame($id, (int) $cart->catalogsFor[0]['order_id']);
    }

    public function testItsOwnChangeIsMarkedWhileItsEventsFire(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed();
        $cart->events = [];
        $cart->shop()->setStatus((string) $id, '5', '', false);

        self::assertSame([true, true, true], array_column($cart->events, 2));
        self::assertFalse(OpenCartShop::isWriting());
    }

    public function testTheSameStatusAgainLeavesNoTrace(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed();
        $cart->calls = [];
        $cart->shop()->setStatus((string) $id, '1', 'again', true);

        self::assertSame([], $cart->calls, 'a step repeated after a lost answer must not mail the buyer twice');
    }

    public function testAStatusThatTheShopReplacedIsNoSuccess(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed();
        $cart->insteadOfStatus = 8;

        $this->expectException(RuntimeException::class);
        $this->expectExceptionMessage('status 8 in place of 5');
        $cart->shop()->setStatus((string) $id, '5', '', false);
    }

    public function testAMailServerThatIsDownDoesNotHoldTheStatusBack(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed();
        $cart->calls = [];
        $cart->mailFails = true;
        $cart->shop()->setStatus((string) $id, '5', 'готово', true);

        self::assertSame('5', $cart->shop()->orderStatus((string) $id));
        self::assertSame([true, false], array_column($cart->calls, 3));
        self::assertCount(1, $cart->log);
        self::assertStringContainsString('could not be told', $cart->log[0]);
    }

    public function testWhatFailsAfterTheStatusIsSetIsNotOurs(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed();
        $cart->calls = [];
        $cart->afterFails = true;
        $cart->shop()->setStatus((string) $id, '5', '', true);

        self::assertCount(1, $cart->calls, 'the buyer is not told twice');
        self::assertFalse(OpenCartShop::isWriting());
    }

    public function testNeitherABasketNorADeletedOrderIsTouched(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->basket();
        foreach ([(string) $id, '404'] as $absent) {
            try {
                $cart->shop()->setStatus($absent, '5', '', false);
                self::fail('accepted');
            } catch (RuntimeException) {
            }
        }
        self::assertSame([], $cart->calls);
    }

    public function testANoteKeepsTheStatusAndTellsNobody(): void
    {
        $cart = new FakeOpenCart();
        $id = $cart->placed();
        $cart->calls = [];
        $cart->shop()->addNote((string) $id, 'Сделка 5');

        self::assertSame([[$id, 1, 'Сделка 5', false, true]], $cart->calls);
    }

    public function testListsNamesInTheWantedLanguageElseInAny(): void
    {
        $shop = (new FakeOpenCart())->shop();

        self::assertSame(
            [
                ['id' => '1', 'name' => 'Ожидание'],
                ['id' => '2', 'name' => 'Processing'],
                ['id' => '5', 'name' => 'Выполнен & закрыт'],
            ],
            self::sorted($shop->statuses()),
        );
        self::assertSame(['EUR', 'JPY', 'RUB'], $shop->currencies(), 'USD is switched off');
        self::assertSame(
            [
                ['id' => '1', 'parent_id' => null, 'name' => 'Кухня'],
                ['id' => '12', 'parent_id' => '1', 'name' => 'Чай & кофе'],
                ['id' => '3', 'parent_id' => null, 'name' => 'Скидки'],
            ],
            self::sorted($shop->categories()),
        );
    }

    public function testTheSweepSeesPlacedAndChangedOrdersOnce(): void
    {
        $cart = new FakeOpenCart();
        $shop = $cart->shop();
        [$first, $second] = [$cart->placed(), $cart->placed()];
        $cart->basket();

        $page = $shop->ordersAfter('', 1);
        self::assertSame([(string) $first], $page['ids']);
        $page = $shop->ordersAfter($page['cursor'], 10);
        self::assertSame([(string) $second], $page['ids']);
        $end = $shop->ordersAfter($page['cursor'], 10);
        self::assertSame([], $end['ids']);
        self::assertSame($page['cursor'], $end['cursor']);

        $cart->addHistory($first, 5, '', false, false);
        self::assertSame([(string) $first], $shop->ordersAfter($end['cursor'], 10)['ids']);
    }

    private static function sorted(array $rows): array
    {
        usort($rows, static fn (array $a, array $b): int => strcmp($a['id'], $b['id']));

        return $rows;
    }
}
