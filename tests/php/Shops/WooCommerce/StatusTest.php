<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

use Orderbridge\Shops\WooCommerce\WooShop;
use PHPUnit\Framework\TestCase;
use RuntimeException;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/autoload.php';

/** Statuses go through the shop's own door, with its note and its letters. */
final class StatusTest extends TestCase
{
    private FakeWoo $woo;

    protected function setUp(): void
    {
        $this->woo = new FakeWoo();
        $line = new FakeItem('line_item', ['total' => '522']);
        $this->woo->order(['status' => 'processing', 'total' => '522'], [$line]);
    }

    public function testTheStatusBringsItsLetterAndWhatWasWritten(): void
    {
        $this->woo->shop()->setStatus('1', 'completed', 'Отправлен: «Почта» & <быстро>', true);

        self::assertSame(['customer_completed_order 1', 'customer_note 1'], $this->woo->mails);
        self::assertSame(
            ['Статус: processing → completed.', 'Отправлен: «Почта» &amp; &lt;быстро&gt;'],
            $this->woo->notes[1],
        );
    }

    public function testWithoutACommentThereIsNoLetterBesideTheStatusOne(): void
    {
        $this->woo->shop()->setStatus('1', 'completed', '', true);

        self::assertSame(['customer_completed_order 1'], $this->woo->mails);
    }

    public function testQuietlyTheBuyerHearsNothingAndTheShopsPeopleDo(): void
    {
        $this->woo->shop()->setStatus('1', 'completed', 'Отгружен', false);
        $this->woo->shop()->setStatus('1', 'cancelled', '', false);

        self::assertSame(['cancelled_order 1'], $this->woo->mails);
        self::assertSame('Отгружен Статус: processing → completed.', $this->woo->notes[1][0]);

        $this->woo->orders[1]->set_status('on-hold');
        $this->woo->orders[1]->save();
        self::assertContains('customer_on_hold_order 1', $this->woo->mails, 'afterwards letters go out as ever');
    }

    /** Its queue would send the letter in a process that knows nothing of being quiet. */
    public function testQuietlyInAShopThatSendsItsLettersLater(): void
    {
        $this->woo->sendLater();
        $this->woo->shop()->setStatus('1', 'completed', '', false);
        self::assertSame([[], []], [$this->woo->mails, $this->woo->mailsLater]);

        $this->woo->shop()->setStatus('1', 'on-hold', '', true);
        self::assertSame(['customer_on_hold_order 1'], $this->woo->mailsLater, 'the rest is as the shop wants it');
    }

    /** WooCommerce puts "pending" in place of what it does not know. */
    public function testAStatusThatTheShopDoesNotHaveIsRefused(): void
    {
        foreach (['shipped', 'checkout-draft', 'wc-completed', ''] as $status) {
            try {
                $this->woo->shop()->setStatus('1', $status, '', true);
                self::fail("took «{$status}»");
            } catch (RuntimeException $refused) {
                self::assertStringContainsString('has no status', $refused->getMessage());
            }
        }
        self::assertSame('processing', $this->woo->orders[1]->get_status());
    }

    public function testAStatusThatAnotherPluginReplacedIsNoSuccess(): void
    {
        $this->woo->insteadOfStatus = 'on-hold';

        $this->expectExceptionMessage('on-hold in place of completed');
        $this->woo->shop()->setStatus('1', 'completed', '', false);
    }

    public function testWhatFailsAfterTheStatusIsSetIsNotOurs(): void
    {
        add_action('woocommerce_order_status_changed', static fn () => throw new RuntimeException('another plugin'));
        $log = (string) ini_set('error_log', '/dev/null');
        try {
            $this->woo->shop()->setStatus('1', 'completed', '', false);
        } finally {
            ini_set('error_log', $log);
        }

        self::assertSame('completed', $this->woo->shop()->orderStatus('1'));
        self::assertFalse(WooShop::isWriting(1));
    }

    /**
     * A worker lives longer than an order stays the same.
     *
     * @testWith [true]
     *           [false]
     */
    public function testAnOrderIsReadAsItIsNow(bool $flushes): void
    {
        $this->woo->cacheFlushes = $flushes;
        $before = $this->woo->flushed;
        $this->woo->shop()->order('1');
        $this->woo->shop()->orderStatus('1');

        self::assertSame($before + 2, $this->woo->flushed);
    }
}
