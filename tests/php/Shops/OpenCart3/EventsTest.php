<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart3;

use ControllerExtensionOrderbridgeOrder;
use Orderbridge\Shops\OpenCart\Boot;
use Orderbridge\Shops\OpenCart3\OpenCart3;
use Orderbridge\Tests\Shops\OpenCart\FakeOpenCart;
use Orderbridge\Tests\Shops\OpenCart\Heard;
use Orderbridge\Tests\Shops\OpenCart\OpenCartConnection;
use Orderbridge\Tests\Support\MariadbOfOurOwn;
use PDO;
use PHPUnit\Framework\TestCase;

use function array_fill;
use function basename;
use function dirname;
use function preg_match;

// phpcs:disable PSR1.Files.SideEffects -- the shop finds its controllers by their files
require_once __DIR__ . '/shop.php';
require_once __DIR__
    . '/../../../../php-bridge/shops/opencart3/upload/catalog/controller/extension/orderbridge/order.php';

/** The module's own event handlers, in the order in which the shop fires its events. */
final class EventsTest extends TestCase
{
    use Heard;
    use MariadbOfOurOwn;

    private Registry $registry;

    protected function setUp(): void
    {
        [$dsn, $user, $password] = $this->createDatabase();
        $pdo = new PDO($dsn, $user, $password);
        $this->cart = new FakeOpenCart('3.0', $pdo);
        $this->registry = new Registry(['module_orderbridge_status' => '1', 'config_language_id' => 1]);
        $this->registry->set('db', new OpenCartConnection($pdo));
        $this->registry->model('checkout/order', $this->model());
        $edition = new OpenCart3();
        Boot::as($edition);
        Boot::bridge($this->registry)->install();
        $handlers = new ControllerExtensionOrderbridgeOrder($this->registry);
        foreach ($edition->events() as $trigger => $action) {
            // As the shop reads its table of events: the first word is the side, the rest the event.
            if (preg_match('~^catalog/model/checkout/order/(\w+/after)$~', $trigger, $event) === 1) {
                self::assertSame('extension/orderbridge/order', dirname($action));
                $this->cart->handlers[$event[1]] = [$handlers, basename($action)](...);
            }
        }
    }

    public function testABasketIsNoNewsAndItsConfirmationIs(): void
    {
        $id = $this->cart->basket();
        // Some checkouts edit it while the buyer walks to and fro.
        [$route, $args] = ['checkout/order/editOrder', [$id, []]];
        self::assertNull($this->cart->handlers['editOrder/after']($route, $args));
        self::assertSame([], $this->jobs());

        $this->cart->addHistory($id, 1, '', false, false);
        self::assertSame([(string) $id], $this->jobs());
        self::assertSame([], $this->registry->log);
    }

    /** Void, rewrite, status: one order to look at, and nobody sees it void. */
    public function testAnEditIsOneJob(): void
    {
        $id = $this->cart->placed();
        $this->done();
        $this->cart->edit($id, function () use ($id): void {
            $this->cart->pdo->exec("UPDATE oc_order SET total = '300.0000' WHERE order_id = $id");
        });

        self::assertSame([(string) $id], $this->jobs());
        self::assertSame('300.00', Boot::bridge($this->registry)->shop()->order((string) $id)['total']);
        self::assertSame([], $this->registry->log);
    }

    public function testADeletionIsOneJob(): void
    {
        $id = $this->cart->placed();
        $this->done();
        $this->cart->delete($id);

        self::assertSame([(string) $id], $this->jobs());
        self::assertNull(Boot::bridge($this->registry)->shop()->order((string) $id));
    }

    public function testOurOwnChangeDoesNotComeBack(): void
    {
        $id = $this->cart->placed();
        $this->done();
        Boot::bridge($this->registry)->shop()->setStatus((string) $id, '5', 'Готово 🚀 ура', true);

        self::assertSame([], $this->jobs());
        // The shop would cut it off at the emoji.
        self::assertSame([$id, 5, 'Готово ура', true, true], $this->cart->calls[1]);
    }

    public function testSwitchedOffItDoesNothing(): void
    {
        $this->registry->settings['module_orderbridge_status'] = '0';
        $this->cart->placed();

        self::assertSame([], $this->jobs());
    }

    /** The buyer stands at the checkout. */
    public function testWithoutItsTablesTheCheckoutGoesOn(): void
    {
        Boot::bridge($this->registry)->uninstall();
        $id = $this->cart->placed();

        self::assertSame('1', Boot::bridge($this->registry)->shop()->orderStatus((string) $id));
        self::assertCount(1, $this->registry->log);
        self::assertStringContainsString("order $id could not be enqueued", $this->registry->log[0]);
    }

    /** Not even what stops the module from starting. */
    public function testNothingThatAHandlerThrowsGetsOut(): void
    {
        $broken = new Registry(['module_orderbridge_status' => '1']);
        $handlers = new ControllerExtensionOrderbridgeOrder($broken);
        [$route, $args] = ['checkout/order/addOrderHistory', [17, 1]];
        self::assertNull($handlers->history($route, $args));
        self::assertNull($handlers->edited($route, $args));

        self::assertSame(array_fill(0, 2, 'Orderbridge order 17: RuntimeException'), $broken->log);
    }

    /** Handlers have addresses, too. */
    public function testAStrangerWhoCallsAHandlerDoesNothing(): void
    {
        $handlers = new ControllerExtensionOrderbridgeOrder($this->registry);
        self::assertNull($handlers->history());
        self::assertNull($handlers->edited());
        self::assertSame([], $this->jobs());
    }

    /** The catalog's order model, behind the shop's proxy. */
    private function model(): object
    {
        return new class ($this->cart) {
            public function __construct(private readonly FakeOpenCart $cart)
            {
            }

            public function addOrderHistory(int $id, int $status, string $comment, bool $notify, bool $override): void
            {
                $this->cart->addHistory($id, $status, $comment, $notify, $override);
            }
        };
    }
}
