<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Companion;

use Orderbridge\Core\CompiledPhp;
use Orderbridge\Core\Core;
use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\Child;
use PDO;

/** From a manager's click in the box to a hint in the shop, over a socket, with both sides' own code. */
final class ToTheShopTest extends BridgeTestCase
{
    private ?Child $door = null;

    private function settle(string $secret, string $url): void
    {
        $problems = \Orderbridge\Companion\Settings::save(['shops' => [[
            'id' => \Orderbridge\Companion\Settings::shops()[0]->id ?? '',
            'url' => $url,
            'secret' => $secret,
            'private' => 'Y',
            'active' => 'Y',
        ]]]);
        self::assertSame([], $problems);
    }

    /** @return list<array<string, mixed>> */
    private function inbox(): array
    {
        return $this->database->query("SELECT payload FROM {$this->prefix}ob_inbox");
    }

    public function testAMoveInTheBoxIsAHintInTheShop(): void
    {
        $bridge = $this->bridge('sqlite', [], false);
        $secret = $bridge->secrets()->companion();
        $this->door = new Child(__DIR__ . '/door.php', $this->words);
        $url = 'http://127.0.0.1:' . $this->door->line() . '/bitrix24';

        $box = new PDO('sqlite::memory:', null, null, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
        Kernel::boot($box);
        self::assertTrue(Kernel::module()->DoInstall());
        \Bitrix\Main\Loader::includeModule(Kernel::MODULE);
        $this->settle('whsec_' . base64_encode(random_bytes(32)), $url);
        $crm = new \CCrmDeal();
        $deal = $crm->Add(['ORIGINATOR_ID' => 'shop-1', 'ORIGIN_ID' => '1042']);
        self::assertSame([], $this->inbox(), 'not in the manager\'s request');
        Kernel::runAgents();

        // Another secret: the shop is left alone until somebody has put it right.
        $id = \Orderbridge\Companion\Settings::shops()[0]->id;
        self::assertSame('HTTP 401', \Orderbridge\Companion\State::record("hold.$id")['what']);
        $this->settle($secret, $url);
        $tested = \Orderbridge\Companion\Courier::test(\Orderbridge\Companion\Settings::shops()[0]);
        self::assertTrue($tested->isTaken());
        $crm->Update($deal, ['STAGE_ID' => 'C5:WON']);
        Kernel::runAgents();
        Kernel::runAgents();

        $inbox = $this->inbox();
        self::assertCount(2, $inbox, 'the test and the deal');
        $core = new Core(new CompiledPhp(), $this->shop->now(...));
        self::assertSame([], (array) $core->ask('inbound.read', self::hint($inbox[0]))['hints']);
        $hints = (array) $core->ask('inbound.read', self::hint($inbox[1]))['hints'];
        self::assertSame([['deal_id' => (string) $deal]], json_decode((string) json_encode($hints), true));
    }

    /** @return array<string, mixed> */
    private static function hint(array $row): array
    {
        return array_diff_key((array) json_decode((string) $row['payload']), ['by' => 1]);
    }

    protected function tearDown(): void
    {
        $this->door?->kill();
        $this->door = null;
        parent::tearDown();
    }
}
