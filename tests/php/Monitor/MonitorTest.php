<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Monitor;

use Orderbridge\Bridge;
use Orderbridge\Outbox\Job;
use Orderbridge\Outbox\Leases;
use Orderbridge\Outbox\Reason;
use Orderbridge\Settings\PortalHold;
use Orderbridge\Settings\Rows;
use Orderbridge\Store\Clock;
use Orderbridge\Store\Tables;
use Orderbridge\Tests\Support\BridgeTestCase;
use Orderbridge\Tests\Support\CountingDatabase;
use Orderbridge\Tests\Support\ScriptedPortal;
use Orderbridge\Tests\Support\TableShop;

use function array_column;
use function json_decode;
use function str_repeat;
use function strtoupper;
use function substr;
use function time;

final class MonitorTest extends BridgeTestCase
{
    private function ask(Bridge $bridge, string $key, string $method = 'GET'): int
    {
        $answer = $bridge->monitor()->handle($method, ['key' => $key]);
        self::assertSame('no-store', $answer->headers['Cache-Control']);

        return $answer->status;
    }

    /** @dataProvider databases */
    public function testIsFineWhileAllIsAndBadNewsWhenSomebodyIsNeeded(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $key = $bridge->secrets()->monitor();
        self::assertSame(503, $this->ask($bridge, $key), 'no worker has ever run');
        $bridge->worker()->run(5);
        self::assertSame(200, $this->ask($bridge, $key));
        self::assertSame(200, $this->ask($bridge, $key, 'HEAD'));
        $health = json_decode($bridge->monitor()->handle('GET', ['key' => $key])->body, true);
        self::assertSame([true, 'ok', []], [$health['ok'], $health['level'], $health['alerts']]);

        // A warning needs nobody at night.
        $bridge->outbox()->enqueue('1');
        [$job] = (new Leases(new Tables($this->shop->database(), $this->prefix . 'ob_')))->take(1);
        $bridge->outbox()->bury($job, Job::PUSH, Reason::of('field', 'No field'));
        $answer = $bridge->monitor()->handle('GET', ['key' => $key]);
        $health = json_decode($answer->body, true);
        self::assertSame([200, false, 'warning'], [$answer->status, $health['ok'], $health['level']]);
        self::assertSame([['level' => 'warning', 'code' => 'dead_jobs']], $health['alerts']);

        $this->shop->now = time() + 601;
        $answer = $bridge->monitor()->handle('GET', ['key' => $key]);
        self::assertSame(503, $answer->status);
        $codes = array_column(json_decode($answer->body, true)['alerts'], 'code');
        self::assertSame(['cron_missing', 'dead_jobs'], $codes, 'what is worse comes first');
    }

    /** @dataProvider databases */
    public function testToAStrangerThereIsNoSuchAddress(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $key = $bridge->secrets()->monitor();
        $wrong = [
            '', '0', 'wrong', substr($key, 0, 31), $key . 'x', $key . "\0", strtoupper($key), str_repeat('a', 10000),
            "' OR '1'='1", "\xff\xfe", $bridge->secrets()->inbound(),
        ];
        foreach ($wrong as $given) {
            $answer = $bridge->monitor()->handle('GET', ['key' => $given]);
            self::assertSame([404, ''], [$answer->status, $answer->body], $given);
        }
        foreach ([[], ['key' => [$key]], ['key' => null], ['secret' => $key]] as $query) {
            self::assertSame([404, ''], [
                $bridge->monitor()->handle('GET', $query)->status,
                $bridge->monitor()->handle('GET', $query)->body,
            ]);
        }
        foreach (['POST', 'PUT', 'DELETE', 'OPTIONS', ''] as $method) {
            self::assertSame(405, $this->ask($bridge, $key, $method));
        }
        $event = 'event=ONCRMDEALUPDATE&data[FIELDS][ID]=1';
        self::assertSame(401, $bridge->endpoint()->handle('POST', ['secret' => $key], [], $event)->status);
        self::assertSame('', $this->log->text());
    }

    /** @dataProvider databases */
    public function testBothSecretsCountWhileOneIsChanged(string $kind): void
    {
        $bridge = $this->bridge($kind, ['key' => 'sealed', 'monitorUrl' => 'https://shop.example/?route=health']);
        $bridge->worker()->run(5);
        $first = $bridge->secrets()->monitor();
        $second = $bridge->secrets()->renewMonitor();
        self::assertNotSame($first, $second);
        self::assertSame([200, 200], [$this->ask($bridge, $first), $this->ask($bridge, $second)]);
        self::assertSame("https://shop.example/?route=health&key=$second", $bridge->monitorUrl());
        $bridge->secrets()->dropFormerMonitor();
        self::assertSame([404, 200], [$this->ask($bridge, $first), $this->ask($bridge, $second)]);
        foreach ($this->dump() as $cell) {
            self::assertStringNotContainsString($second, $cell);
        }
    }

    /** @dataProvider databases */
    public function testTheInstallationMakesTheSecretOnceAndKeepsIt(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        self::assertSame('', $bridge->monitorUrl(), 'a shop that has not mounted it has no address');
        $stored = fn (): string => (string) $this->database->query(
            "SELECT value FROM {$this->prefix}ob_setting WHERE name = 'monitor'",
        )[0]['value'];
        $before = $stored();
        $this->another()->install();
        self::assertSame($before, $stored());
        self::assertNotSame($bridge->secrets()->inbound(), $bridge->secrets()->monitor());

        $this->database->execute("DELETE FROM {$this->prefix}ob_setting WHERE name = 'monitor'");
        self::assertSame(404, $this->ask($this->another(), ''), 'no secret lets nobody in');
    }

    /** @dataProvider databases */
    public function testTellsNothingThatIsNoneOfItsBusiness(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $bridge->worker()->run(5);
        $tables = new Tables($this->shop->database(), $this->prefix . 'ob_');
        (new PortalHold(new Rows($tables, new Clock($this->shop))))->place(300, true, Reason::of(
            'rights_missing',
            'Иван Петров +7 912 345-67-89 has no rights',
            'ask ivan@example.ru',
        ));
        $bridge->settings()->setEngineProblem('/home/ivan/shop/core.php is missing');
        $bridge->settings()->refresh();

        $answer = $bridge->monitor()->handle('GET', ['key' => $bridge->secrets()->monitor()]);

        self::assertSame(503, $answer->status);
        self::assertSame('rights_missing', json_decode($answer->body, true)['hold']['code']);
        $secrets = ['345-67', 'ivan', 'Иван', '\u0418', '127.0.0.1', '/rest/', ScriptedPortal::SECRET];
        foreach ([...$secrets, $bridge->secrets()->monitor(), $bridge->secrets()->inbound()] as $word) {
            self::assertStringNotContainsString($word, $answer->body);
        }
    }

    /** @dataProvider databases */
    public function testIsCheap(string $kind): void
    {
        $key = $this->bridge($kind)->secrets()->monitor();
        $requests = $this->portal->state()['requests'];
        $counting = new CountingDatabase($this->database);
        $this->shop = new TableShop($counting, $this->prefix);
        $bridge = $this->another();

        $this->ask($bridge, $key);
        self::assertSame(5, $counting->count);
        $counting->count = 0;
        $this->ask($bridge, 'wrong');
        self::assertSame(1, $counting->count);

        self::assertSame([], $counting->changes);
        self::assertSame([], $this->engine->asked);
        self::assertSame($requests, $this->portal->state()['requests']);
    }

    /** @dataProvider databases */
    public function testNoDatabaseIsBadNews(string $kind): void
    {
        $bridge = $this->bridge($kind, ['key' => 'one key']);
        $key = $bridge->secrets()->monitor();
        self::assertSame(503, $this->ask($this->another(['key' => 'another key']), $key), 'secrets unreadable');
        $bridge->uninstall();

        $answer = $this->another()->monitor()->handle('GET', ['key' => $key]);
        self::assertSame([503, ''], [$answer->status, $answer->body]);
        self::assertStringNotContainsString($key, $this->log->text());
    }
}
