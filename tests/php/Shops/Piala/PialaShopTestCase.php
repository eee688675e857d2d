<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\Piala;

use Orderbridge\Shop\Shop;
use Orderbridge\Tests\Shop\ShopContractTestCase;
use Piala\App;
use Piala\Config;
use Piala\Delivery;
use Piala\Integration\PialaShop;
use Piala\Payment;
use Piala\Status;
use Piala\Store\Order;
use Piala\Store\OrderDetails;
use Piala\Store\OrderLine;
use Piala\Store\Orders;
use Piala\Store\Seed;
use RuntimeException;
use ValueError;

use function array_column;
use function array_keys;
use function array_map;
use function array_slice;
use function array_values;
use function bin2hex;
use function count;
use function file_get_contents;
use function gc_collect_cycles;
use function getenv;
use function glob;
use function is_dir;
use function mkdir;
use function putenv;
use function random_bytes;
use function rmdir;
use function sys_get_temp_dir;
use function unlink;

// phpcs:disable PSR1.Files.SideEffects -- the shop is no part of the bridge and brings its own autoloader
require_once __DIR__ . '/../../../shop/src/autoload.php';

/** The reference shop: the contract, and what it promises beside. */
abstract class PialaShopTestCase extends ShopContractTestCase
{
    protected ?App $app = null;
    protected string $folder = '';
    private ?PialaShop $shop = null;
    private int $attempts = 0;
    /** @var array<string, string> */
    private array $environment = [];

    /** @return array{string, string, string} DSN, user and password of an empty database */
    abstract protected function emptyDatabase(): array;

    protected function setUp(): void
    {
        $this->folder = sys_get_temp_dir() . '/orderbridge-piala-' . bin2hex(random_bytes(4));
        mkdir($this->folder, 0o700);
        [$dsn, $user, $password] = $this->emptyDatabase();
        $this->environment = [
            'SHOP_DATA' => $this->folder,
            'SHOP_DSN' => $dsn,
            'SHOP_DB_USER' => $user,
            'SHOP_DB_PASSWORD' => $password,
            'SHOP_URL' => 'https://piala.example',
            'SHOP_CLOCK_SHIFT' => '0',
            'SHOP_PRICES' => 'gross',
        ];
        $this->app = new App(self::config($this->environment));
        $this->app->bridge->install();
        $this->app->database->install();
        Seed::plant($this->app->database);
        // The very adapter that the shop's hook asks whether the bridge is writing.
        $this->shop = $this->app->bridge->shop();
    }

    protected function tearDown(): void
    {
        $this->app = $this->shop = null;
        // The connection goes before its folder does.
        gc_collect_cycles();
        foreach (["$this->folder/mail", $this->folder] as $folder) {
            array_map(unlink(...), array_values((array) glob("$folder/*.*")));
            if (is_dir($folder)) {
                rmdir($folder);
            }
        }
    }

    protected function shop(): Shop
    {
        return $this->shop;
    }

    protected function placeOrder(): string
    {
        return (string) $this->place()->id;
    }

    protected function changeOrder(string $orderId): void
    {
        $order = $this->app->orders->find((int) $orderId);
        $this->app->orders->edit(
            $order->id,
            $order->revision,
            $order->details,
            array_slice($order->lines, 0, 1),
            $order->coupon,
        );
    }

    protected function history(string $orderId): array
    {
        return array_column($this->app->orders->history((int) $orderId), 'comment');
    }

    public function testAnOrderAsABitrix24ManagerWantsIt(): void
    {
        $order = $this->shop->order($this->placeOrder());

        self::assertSame('1001', $order['number'], 'what the buyer was told, not the id');
        self::assertSame('https://piala.example/admin/orders/1001', $order['url']);
        self::assertSame(['Петров', 'Иван'], [$order['buyer']['last_name'], $order['buyer']['first_name']]);
        self::assertSame('+7 999 123-45-67', $order['buyer']['phone']);
        self::assertSame('Этаж <3> & "домофон" 😀', $order['comment']);
        self::assertSame(['source' => 'yandex'], $order['utm']);
        self::assertSame(['code' => 'courier', 'name' => 'Курьер', 'address' => 'Тверская, 1'], $order['delivery']);
        self::assertSame('490.00', $order['lines'][0]['price']);
        self::assertSame('980.00', $order['lines'][0]['total']);
        self::assertSame('TEA-ASSAM-100', $order['lines'][0]['sku']);
        self::assertSame([['name' => 'Вес', 'value' => '100 г']], $order['lines'][0]['options']);
        self::assertSame([['1', '11', '111']], $order['lines'][0]['categories']);
        self::assertSame(
            [['coupon', '-150.00'], ['shipping', '350.00']],
            array_map(
                static fn (array $charge): array => [$charge['kind'], $charge['amount']],
                $order['charges'],
            ),
        );
        self::assertSame('1700.00', $order['total']);
    }

    public function testNetPricesComeWithTheirTaxes(): void
    {
        $gross = $this->placeOrder();
        $this->app = new App(self::config([...$this->environment, 'SHOP_PRICES' => 'net']));
        $this->shop = $this->app->bridge->shop();
        $order = $this->shop->order((string) $this->place(null, ['mint-chamomile' => 3, 'piala-seladon' => 1])->id);

        self::assertSame(['net', '359.90'], [$order['prices'], $order['lines'][0]['price']]);
        // 1079.70 and 990.00 less a tenth; the courier's 350.00 is taxed with them.
        self::assertSame(
            [['coupon', '-206.97'], ['shipping', '350.00'], ['tax', '70.00'], ['tax', '97.17']],
            array_map(
                static fn (array $charge): array => [$charge['kind'], $charge['amount']],
                $order['charges'],
            ),
        );
        self::assertSame(['20', '10'], array_column(array_slice($order['charges'], 2), 'vat_rate'));
        self::assertSame('2379.90', $order['total']);

        $this->changeOrder($gross);
        self::assertSame('gross', $this->shop->order($gross)['prices'], 'an order keeps the prices it was placed at');
    }

    public function testAnOrderAndItsJobAreSavedTogether(): void
    {
        $orderId = $this->placeOrder();
        self::assertSame([$orderId], $this->jobs());
    }

    public function testNeitherOrderNorJobIsLeftOfABrokenSave(): void
    {
        $known = 0;
        $this->app->orders->onSaved(static function (string $orderId) use (&$known): void {
            $known = (int) $orderId;
            throw new RuntimeException('another listener');
        });
        try {
            $this->place();
            self::fail('saved');
        } catch (RuntimeException $failure) {
            self::assertSame('another listener', $failure->getMessage());
        }

        self::assertNotSame(0, $known);
        self::assertNull($this->shop->order((string) $known));
        self::assertSame([], $this->jobs());
    }

    public function testTheBridgesOwnChangeIsNoNewsToTheBridge(): void
    {
        $orderId = $this->placeOrder();
        $this->app->database->run('DELETE FROM orderbridge_job');

        $this->shop->setStatus($orderId, 'shipped', '', false);
        self::assertSame([], $this->jobs());
        self::assertFalse($this->shop->isWriting());

        $this->app->orders->changeStatus((int) $orderId, Status::Completed, '', false, Orders::ADMIN);
        self::assertSame([$orderId], $this->jobs(), 'the admin\'s change is');
    }

    public function testTheBuyerIsToldOnceAndOnlyWhenToldTo(): void
    {
        $orderId = $this->placeOrder();
        $this->shop->setStatus($orderId, 'processing', 'тихо', false);
        self::assertSame([], $this->letters());

        $this->shop->setStatus($orderId, 'shipped', 'Трек 123', true);
        $this->shop->setStatus($orderId, 'shipped', 'Трек 123', true);
        $letters = $this->letters();
        self::assertCount(1, $letters);
        self::assertStringContainsString('Трек 123', $letters[0]);
    }

    public function testAStatusThatTheShopDoesNotKnowChangesNothing(): void
    {
        $orderId = $this->placeOrder();
        $before = $this->shop->order($orderId);
        try {
            $this->shop->setStatus($orderId, 'teleported', '', true);
            self::fail('taken');
        } catch (ValueError) {
        }

        self::assertSame($before, $this->shop->order($orderId));
        self::assertFalse($this->shop->isWriting());
    }

    public function testACheckoutSentTwiceIsOneOrder(): void
    {
        self::assertSame($this->place('same')->id, $this->place('same')->id);
        self::assertCount(1, $this->shop->ordersAfter('', 10)['ids']);
    }

    /** @param array<string, int> $goods */
    private function place(?string $attempt = null, array $goods = ['assam' => 2, 'earl-grey' => 1]): Order
    {
        $this->attempts++;
        $lines = [];
        foreach ($goods as $slug => $quantity) {
            $product = (int) $this->app->catalogue->productBySlug($slug)['id'];
            $lines[] = OrderLine::of($this->app->catalogue->choices($product)[0], $quantity);
        }

        return $this->app->orders->place(
            $attempt ?? "attempt-$this->attempts",
            new OrderDetails(
                'Петров',
                'Иван',
                '',
                '+7 999 123-45-67',
                'ivan@example.com',
                Delivery::Courier,
                'Тверская, 1',
                Payment::Cash,
                'Этаж <3> & "домофон" 😀',
            ),
            $lines,
            'чай10',
            ['source' => 'yandex'],
        );
    }

    /** @return list<string> orders that wait to be sent */
    private function jobs(): array
    {
        return array_map(
            strval(...),
            array_column($this->app->database->rows('SELECT order_id FROM orderbridge_job ORDER BY id'), 'order_id'),
        );
    }

    /** @return list<string> */
    private function letters(): array
    {
        return array_map(
            static fn (string $file): string => (string) file_get_contents($file),
            array_values((array) glob("$this->folder/mail/*.eml")),
        );
    }

    /** @param array<string, string> $environment */
    private static function config(array $environment): Config
    {
        $before = [];
        foreach ($environment as $name => $value) {
            $before[$name] = getenv($name);
            putenv("$name=$value");
        }
        try {
            return Config::fromEnvironment();
        } finally {
            foreach (array_keys($before) as $name) {
                putenv($before[$name] === false ? $name : "$name={$before[$name]}");
            }
        }
    }
}
