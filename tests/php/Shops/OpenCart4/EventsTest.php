<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart4;

use Orderbridge\Shops\OpenCart\Boot;
use Orderbridge\Shops\OpenCart4\OpenCart4;
use Orderbridge\Tests\Shops\OpenCart\FakeOpenCart;
use Orderbridge\Tests\Shops\OpenCart\Heard;
use Orderbridge\Tests\Shops\OpenCart\OpenCartConnection;
use Orderbridge\Tests\Shops\OpenCart3\Registry;
use Orderbridge\Tests\Support\MariadbOfOurOwn;
use PDO;
use PHPUnit\Framework\TestCase;

use function array_fill;
use function explode;

// phpcs:disable PSR1.Files.SideEffects -- the shop finds its controllers by their files
require_once __DIR__ . '/shop.php';

/** The module's own event handlers, in the order in which OpenCart 4.0 and 4.1 fire their events. */
final class EventsTest extends TestCase
{
    use Heard;
    use MariadbOfOurOwn;

    private const ORDER = 'catalog/model/checkout/order';
    /** What an order is while it is edited. */
    private const VOID = 16;

    private Registry $registry;
    private EventTable $events;

    /** @return array<string, array{string}> */
    public static function versions(): array
    {
        return ['4.0' => ['4.0'], '4.1' => ['4.1']];
    }

    private function shop(string $version): void
    {
        [$dsn, $user, $password] = $this->createDatabase();
        $pdo = new PDO($dsn, $user, $password);
        $this->cart = new FakeOpenCart($version, $pdo);
        $this->registry = new Registry([
            'module_orderbridge_status' => '1',
            'config_language_id' => 1,
            'config_language_admin' => 'ru-ru',
            'application' => 'Catalog',
        ]);
        $this->registry->set('db', new OpenCartConnection($pdo));
        $this->registry->model('checkout/order', $this->model());
        $edition = new OpenCart4();
        Boot::as($edition);
        Boot::bridge($this->registry)->install();
        $this->events = new EventTable($edition->events(), $version, $this->registry);
        foreach (['addHistory/before', 'addHistory/after', 'editOrderStatusId/after'] as $event) {
            $this->cart->handlers[$event] = fn (string $route, array $args): mixed
                => $this->events->fire(self::ORDER . " $event", $args);
        }
    }

    /** @dataProvider versions */
    public function testABasketIsNoNewsAndItsConfirmationIs(string $version): void
    {
        $this->shop($version);
        $id = $this->cart->basket();
        $this->events->fire(self::ORDER . ' addOrder/after', [[]]);
        // The last step, opened again.
        self::assertNull($this->events->fire(self::ORDER . ' editOrder/after', [$id, []]));
        self::assertSame([], $this->jobs());

        $this->cart->addHistory($id, 1, '', false, false);
        self::assertSame([(string) $id], $this->jobs());
        self::assertSame([], $this->registry->log);
    }

    /**
     * Void comes and goes inside: nobody listens to the call that sets it, and whoever looks afterwards sees none.
     *
     * @dataProvider versions
     */
    public function testAnEditIsOneJobAndNeverVoid(string $version): void
    {
        $this->shop($version);
        $id = $this->cart->placed();
        $this->done();
        $this->events->unheard = [];
        $this->events->fire(self::ORDER . ' editOrder/before', [$id, []]);
        $this->cart->pdo->exec('UPDATE oc_order SET order_status_id = ' . self::VOID . " WHERE order_id = $id");
        $this->events->fire(self::ORDER . ' editOrderStatusId/after', [$id, self::VOID]);
        self::assertSame([], $this->jobs(), 'nothing is said of an order in halves');
        $this->cart->pdo->exec("UPDATE oc_order SET total = '300.0000' WHERE order_id = $id");
        $this->events->fire(self::ORDER . ' editOrder/after', [$id, []]);
        $this->cart->addHistory($id, 1, '', false, false);

        self::assertSame([(string) $id], $this->jobs());
        $order = $this->cart->shop()->order((string) $id);
        self::assertSame(['1', '300.00'], [$order['status'], $order['total']]);
        self::assertSame([], $this->registry->log);
    }

    /**
     * In the admin's application, of which the catalog hears nothing.
     *
     * @dataProvider versions
     */
    public function testADeletionIsOneJob(string $version): void
    {
        $this->shop($version);
        $id = $this->cart->placed();
        $this->done();
        $this->cart->pdo->exec("DELETE FROM oc_order WHERE order_id = $id");
        self::assertNull($this->events->fire('admin/model/sale/order deleteOrder/after', [$id]));

        self::assertSame([(string) $id], $this->jobs());
        self::assertNull($this->cart->shop()->order((string) $id));
    }

    /** @dataProvider versions */
    public function testOurOwnChangeDoesNotComeBack(string $version): void
    {
        $this->shop($version);
        $id = $this->cart->placed();
        $this->done();
        Boot::bridge($this->registry)->shop()->setStatus((string) $id, '5', 'Готово 🚀 ура', true);

        self::assertSame([], $this->jobs());
        self::assertSame([$id, 5, 'Готово 🚀 ура', true, true], $this->cart->calls[1]);
    }

    public function testSwitchedOffItDoesNothing(): void
    {
        $this->shop('4.1');
        $this->registry->settings['module_orderbridge_status'] = '0';
        $id = $this->cart->placed();
        $this->events->fire('admin/model/sale/order deleteOrder/after', [$id]);

        self::assertSame([], $this->jobs());
    }

    /** The buyer stands at the checkout. */
    public function testWithoutItsTablesTheCheckoutGoesOn(): void
    {
        $this->shop('4.0');
        Boot::bridge($this->registry)->uninstall();
        $id = $this->cart->placed();
        self::assertNull($this->events->fire('admin/model/sale/order deleteOrder/after', [$id]));

        self::assertSame('1', Boot::bridge($this->registry)->shop()->orderStatus((string) $id));
        self::assertStringContainsString("order $id could not be enqueued", $this->registry->log[0]);
    }

    /** Not even what stops the module from starting. */
    public function testNothingThatAHandlerThrowsGetsOut(): void
    {
        $broken = new Registry(['module_orderbridge_status' => '1']);
        $events = new EventTable((new OpenCart4())->events(), '4.1', $broken);
        self::assertNull($events->fire(self::ORDER . ' addHistory/after', [17, 1]));
        self::assertNull($events->fire(self::ORDER . ' editOrder/after', [17, []]));
        self::assertNull($events->fire('admin/model/sale/order deleteOrder/after', [17]));
        self::assertNull($events->fire('admin/view/common/column_left/before', ['menus' => []]));

        self::assertSame(
            [...array_fill(0, 3, 'Orderbridge order 17: RuntimeException'), 'Orderbridge menu: RuntimeException'],
            $broken->log,
        );
    }

    /** The shop says nothing when a row of its table leads nowhere; and every row is of both versions. */
    public function testEveryRowOfTheTableLeadsToAHandlerThatBearsAnything(): void
    {
        foreach (['4.0', '4.1'] as $version) {
            $this->shop($version);
            foreach ((new OpenCart4())->events() as $trigger => $action) {
                $side = explode('/', $trigger)[0];
                [$handler, $method] = $this->events->handler($side, $action);
                // Handlers have addresses too: a stranger calls them with nothing.
                self::assertNull($handler->$method(), $action);
                $this->events->fire(strtr($trigger, '?', ' '), [0]);
            }
            self::assertSame([], $this->events->unheard, $version);
            self::assertSame([], $this->jobs());
        }
    }

    /** The catalog's order model, behind the shop's proxy. */
    private function model(): object
    {
        return new class ($this->cart) {
            public function __construct(private readonly FakeOpenCart $cart)
            {
            }

            public function addHistory(int $id, int $status, string $comment, bool $notify, bool $override): void
            {
                $this->cart->addHistory($id, $status, $comment, $notify, $override);
            }
        };
    }
}
