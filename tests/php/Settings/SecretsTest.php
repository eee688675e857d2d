<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Settings;

use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\ScriptedPortal;

use function array_column;
use function implode;
use function print_r;

final class SecretsTest extends BridgeTestCase
{
    /** @dataProvider databases */
    public function testADumpOfTheDatabaseHoldsNoSecret(string $kind): void
    {
        $bridge = $this->bridge($kind, ['key' => 'from the config file']);
        $bridge->secrets()->setToken('portal-token-1');
        $bridge->secrets()->setToken('portal-token-2');
        $inbound = [$bridge->secrets()->inbound(), $bridge->secrets()->renewInbound()];

        $rows = $this->database->query("SELECT name, value FROM {$this->prefix}ob_setting");
        $dump = implode("\n", array_column($rows, 'value'));
        foreach ([ScriptedPortal::SECRET, 'portal-token-1', 'portal-token-2', ...$inbound] as $secret) {
            self::assertStringNotContainsString($secret, $dump);
        }
        self::assertStringContainsString(ScriptedPortal::SECRET, $bridge->secrets()->portal()->url());
        self::assertStringNotContainsString(ScriptedPortal::SECRET, print_r($bridge, true));
        self::assertStringNotContainsString('config file', print_r($bridge->options(), true));
    }

    /** @dataProvider databases */
    public function testAnotherKeyIsSaidAndLosesNothing(string $kind): void
    {
        $this->bridge($kind, ['key' => 'from the config file']);
        $this->shop->place(1);
        $moved = $this->another(['key' => 'another']);
        $moved->orderSaved('1');

        self::assertSame('not_connected', $moved->worker()->run(5)->idle);

        self::assertContains('webhook_unreadable', array_column($moved->health()['alerts'], 'code'));
        self::assertSame(1, $moved->outbox()->figures()['ready']);
        self::assertStringContainsString('enter it again', $this->log->text());
        $moved->setup()->connect($this->portal->webhook());
        $moved->worker()->run(5);
        self::assertSame(['1' => 1], $this->deals());
    }

    /** @dataProvider databases */
    public function testAnotherPortalIsNotTakenForTheSame(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        self::assertNotNull($bridge->settings()->cursor('poll'));
        $other = new ScriptedPortal();

        $result = $bridge->setup()->connect($other->webhook());
        self::assertSame('portal_changed', $result['points'][0]['code']);
        self::assertSame(1, $bridge->links()->count(), 'it may be the same one renamed');

        $result = $bridge->setup()->connect($other->webhook(), true);
        self::assertSame([], $result['points']);
        self::assertSame(0, $bridge->links()->count());
        self::assertNull($bridge->settings()->cursor('poll'));
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        self::assertCount(1, $other->state()['deals']);
        self::assertSame([], $bridge->setup()->connect($other->webhook())['points'], 'the same again is no news');
        $other->kill();
    }
}
