<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

use Orderbridge\Shops\WooCommerce\Hooks;
use PHPUnit\Framework\TestCase;
use RuntimeException;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/autoload.php';

/** Once per truth, whoever makes or changes an order: each test fires what the real shop fires that way. */
final class HooksTest extends TestCase
{
    private FakeWoo $woo;
    /** @var list<string> */
    private array $enqueued = [];

    protected function setUp(): void
    {
        $this->listening(true);
    }

    public function testTheBlockCheckoutsDraftIsNothingUntilTheBuyerGoesThrough(): void
    {
        $order = $this->woo->empty(['status' => 'checkout-draft']);
        for ($save = 0; $save < 9; $save++) {
            $order->items = [1 => self::item()];
            $order->is['total' ] = '522';
            $order->save();
        }
        $this->endRequest();
        self::assertSame([], $this->enqueued);

        $order->set_status('pending');
        $order->save();
        self::assertSame(['1'], $this->enqueued, 'at once, for the process may die');
        $this->woo->fire('woocommerce_store_api_checkout_order_processed', $order);
        $order->set_status('processing');
        $order->save();
        self::assertSame(['1'], $this->enqueued);
        $this->endRequest();
        self::assertSame(['1', '1'], $this->enqueued, 'and once more for all that came after');
    }

    public function testTheClassicCheckoutIsHeardWithItsItems(): void
    {
        $order = $this->woo->empty();
        $seen = null;
        add_action('woocommerce_new_order', function () use (&$seen): void {
            $seen = $this->enqueued;
        });
        $order->items = [1 => self::item()];
        $order->is['total'] = '522';
        $order->save();
        self::assertSame([], $seen, 'at new_order the items are not in the database yet');
        self::assertSame(['1'], $this->enqueued);

        $this->woo->fire('woocommerce_checkout_order_processed', 1, [], $order);
        $order->set_status('processing');
        $order->save();
        $this->endRequest();
        self::assertSame(['1', '1'], $this->enqueued);
        $this->endRequest();
        self::assertSame(['1', '1'], $this->enqueued, 'the end of a request is said once');
    }

    public function testRestAndCodeSaveAnOrderBeforeTheyFillIt(): void
    {
        $order = $this->woo->empty();
        $order->save();
        $this->endRequest();
        self::assertSame([], $this->enqueued, 'empty');

        $order->items = [1 => self::item()];
        $order->is['total'] = '522';
        $order->save();
        self::assertSame(['1'], $this->enqueued);
    }

    /** All for nothing is an order all the same: a gift, a coupon of a hundred per cent. */
    public function testAnOrderThatCostsNothingIsAnOrder(): void
    {
        $order = $this->woo->empty(['status' => 'processing']);
        $order->items = [1 => self::item('0')];
        $order->save();

        self::assertSame(['1'], $this->enqueued);
    }

    public function testTheAdminsNewOrderFiresNoStatusChange(): void
    {
        $order = $this->woo->empty(['status' => 'auto-draft']);
        $order->save();
        $order->items = [1 => self::item()];
        $order->is['total'] = '522';
        $order->save();
        self::assertSame([], $this->enqueued, 'the form is open');
        $order->is['status'] = 'pending';
        $order->save();

        self::assertNotContains('woocommerce_order_status_changed', $this->woo->fired);
        self::assertSame(['1'], $this->enqueued);
    }

    public function testAnEditAndItsStatusAreOneEnqueuedOrder(): void
    {
        $order = $this->placed();
        for ($save = 0; $save < 3; $save++) {
            $order->save();
        }
        $order->set_status('completed');
        $order->save();
        $this->endRequest();

        self::assertSame(['1', '1'], $this->enqueued);
    }

    public function testRefundsAreNewsOfTheirOrder(): void
    {
        $this->placed();
        $refund = $this->woo->empty(['type' => 'shop_order_refund', 'total' => '-5', 'parent_id' => 1]);
        $refund->save();
        self::assertSame([], $this->enqueued, 'a refund is no order');
        $this->woo->fire('woocommerce_order_refunded', 1, 2);
        self::assertSame(['1'], $this->enqueued);
        $this->listening(true);
        $this->placed();
        $this->woo->fire('woocommerce_refund_deleted', 2, 1);
        self::assertSame(['1'], $this->enqueued);
        $this->listening(true);
        $this->placed();
        $this->woo->fire('woocommerce_rest_delete_shop_order_refund_object', $refund, null, null);
        self::assertSame(['1'], $this->enqueued);
    }

    /** @dataProvider storages */
    public function testDeletionIsNewsOfOrdersOnly(bool $tables): void
    {
        $this->listening($tables);
        $order = $this->placed();
        $draft = $this->woo->order(['status' => 'checkout-draft', 'total' => '522'], [self::item()]);
        $this->woo->delete($draft);
        self::assertSame([], $this->enqueued, 'the shop throws old drafts away every day');

        $this->woo->trash($order);
        self::assertSame(['1'], $this->enqueued);
        self::assertNull($this->woo->shop()->order('1'));
        $this->woo->delete($order);
        $this->endRequest();
        self::assertSame(['1', '1'], $this->enqueued);
    }

    /** @return array<string, array{bool}> */
    public static function storages(): array
    {
        return ['tables' => [true], 'posts' => [false]];
    }

    public function testWhatComesBackFromTheTrashIsNews(): void
    {
        $this->placed();
        $this->woo->fire('untrashed_post', 1, 'wc-processing');

        self::assertSame(['1'], $this->enqueued);
    }

    public function testOurOwnChangesAreNoNews(): void
    {
        $this->placed();
        $this->woo->shop()->setStatus('1', 'completed', 'Сделка закрыта', true);
        $this->woo->shop()->addNote('1', 'Сделка 7405');
        $this->endRequest();

        self::assertContains('woocommerce_order_status_changed', $this->woo->fired);
        self::assertSame([], $this->enqueued);
    }

    /** A plugin makes another order of it, or changes the one that it belongs to. */
    public function testWhatElseChangesMeanwhileIsNews(): void
    {
        $this->placed();
        $other = $this->placed();
        add_action('woocommerce_order_status_completed', static fn () => $other->save());
        $this->woo->shop()->setStatus('1', 'completed', '', false);

        self::assertSame(['2'], $this->enqueued);
    }

    public function testWhatFailsStaysOutOfTheCheckout(): void
    {
        $this->woo = new FakeWoo();
        (new Hooks(static fn () => throw new RuntimeException('the disk is full')))->attach();
        $log = (string) ini_set('error_log', '/dev/null');
        try {
            $order = $this->placed();
            $order->save();
            $this->woo->fire('woocommerce_checkout_order_processed', 1, [], $order);
            $this->woo->fire('woocommerce_checkout_order_processed', 1);
            $this->woo->fire('woocommerce_order_status_changed', null, null, null, 'not an order');
            $this->woo->delete($order);
            $this->endRequest();
        } finally {
            ini_set('error_log', $log);
        }

        self::assertArrayNotHasKey(1, $this->woo->orders, 'the shop went on');
    }

    /** An import saves more orders in one process than a request ever does. */
    public function testManyOrdersOfOneProcessAreAllHeard(): void
    {
        for ($number = 0; $number < 450; $number++) {
            $order = $this->placed();
            $order->save();
            $order->save();
        }
        $this->endRequest();

        self::assertCount(450, array_unique($this->enqueued));
        self::assertCount(900, $this->enqueued, 'each again after its last change');
    }

    private function listening(bool $tables): void
    {
        $this->enqueued = [];
        $this->woo = new FakeWoo($tables);
        (new Hooks(function (string $orderId): void {
            $this->enqueued[] = $orderId;
        }))->attach();
    }

    private function placed(): FakeOrder
    {
        return $this->woo->order(['status' => 'processing', 'total' => '522'], [self::item()]);
    }

    private function endRequest(): void
    {
        $this->woo->fire('shutdown');
    }

    private static function item(string $total = '435'): FakeItem
    {
        return new FakeItem('line_item', ['name' => 'Ассам', 'total' => $total]);
    }
}
