<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Inbox;

use Orderbridge\Bridge;
use Orderbridge\Inbox\Signature;
use Orderbridge\Tests\Support\BridgeTestCase;

use function array_column;
use function base64_decode;
use function base64_encode;
use function hash_hmac;
use function json_encode;
use function str_repeat;
use function strtoupper;
use function strtr;
use function substr;

/** What comes with the headers of Standard Webhooks. */
final class SignedTest extends BridgeTestCase
{
    private const BODY = '{"type":"orderbridge.deal","timestamp":"2026-11-23T10:00:00Z","event":"ONCRMDEALUPDATE",'
        . '"data":{"FIELDS":{"ID":"7405"},"ORDER_ID":"1042","STAGE_ID":"C5:WON"}}';
    private const STORED = '{"query":{},"form":{"data[FIELDS][ID]":"7405","event":"ONCRMDEALUPDATE",'
        . '"type":"orderbridge.deal"},"by":"companion"}';

    /** The vector that the specification publishes. */
    private const VECTOR = [
        'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
        'msg_p5jXN8AQM9LWM0D4loKWxJek',
        '1614265330',
        '{"test": 2432232314}',
        'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    ];

    /** @return array<string, string> */
    private static function headers(string $secret, int $at, string $body = self::BODY, string $id = 'msg_1'): array
    {
        $mac = hash_hmac('sha256', "$id.$at.$body", (string) base64_decode(substr($secret, 6), true), true);

        return [
            'webhook-id' => $id,
            'webhook-timestamp' => (string) $at,
            'webhook-signature' => 'v1,' . base64_encode($mac),
        ];
    }

    private function push(Bridge $bridge, array $headers, string $body = self::BODY, array $query = []): int
    {
        $response = $bridge->endpoint()->handle('POST', $query, $headers, $body);
        self::assertSame('', $response->body);

        return $response->status;
    }

    /** @return list<string> */
    private function stored(): array
    {
        $rows = $this->database->query("SELECT payload FROM {$this->prefix}ob_inbox ORDER BY id");

        return array_column($rows, 'payload');
    }

    private function now(): int
    {
        return $this->another()->settings()->now();
    }

    public function testKnowsThePublishedVector(): void
    {
        [$secret, $id, $at, $body, $right] = self::VECTOR;
        $given = static fn (string $signature): Signature => Signature::of([
            'Webhook-Id' => $id,
            'WEBHOOK-TIMESTAMP' => $at,
            'webhook-signature' => $signature,
        ]);
        self::assertTrue($given($right)->fits($body, [$secret]));
        self::assertTrue($given("v1,AAAA v1a,BBBB $right")->fits($body, ['whsec_AAAA', $secret]));
        self::assertFalse($given($right)->fits('{"test":2432232314}', [$secret]));
        self::assertFalse($given($right)->fits($body, []));
        self::assertTrue($given($right)->isFresh((int) $at + 300));
        self::assertFalse($given($right)->isFresh((int) $at + 301));
    }

    /** @dataProvider databases */
    public function testStoresThePushAndNothingOfItsAddress(string $kind): void
    {
        $bridge = $this->bridge($kind, ['key' => 'sealed'], false);
        $secret = $bridge->secrets()->companion();
        self::assertMatchesRegularExpression('/^whsec_[A-Za-z0-9+\/]{43}=$/', $secret);

        $headers = self::headers($secret, $this->now());
        self::assertSame(200, $this->push($bridge, $headers, self::BODY, ['ID' => '9']));
        self::assertSame([self::STORED], $this->stored());
        self::assertSame([], $this->engine->asked, 'the core is not asked in this request');
    }

    /** @dataProvider databases */
    public function testTheSameOnceMoreIsOneHint(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $secret = $bridge->secrets()->companion();
        $headers = self::headers($secret, $this->now());
        for ($time = 1; $time <= 3; $time++) {
            self::assertSame(200, $this->push($bridge, $headers));
        }
        self::assertSame(200, $this->push($bridge, self::headers($secret, $this->now(), self::BODY, 'msg_2')));
        self::assertSame([self::STORED], $this->stored());
    }

    /** @dataProvider databases */
    public function testBothSecretsCountWhileOneIsChanged(string $kind): void
    {
        $bridge = $this->bridge($kind, ['key' => 'sealed'], false);
        $first = $bridge->secrets()->companion();
        $second = $bridge->secrets()->renewCompanion();
        self::assertNotSame($first, $second);
        foreach ([$first, $second] as $secret) {
            self::assertSame(200, $this->push($bridge, self::headers($secret, $this->now())));
        }
        // The sender signs with both while it changes them.
        $both = self::headers($second, $this->now());
        $both['webhook-signature'] .= ' v1,' . base64_encode(str_repeat('x', 32));
        self::assertSame(200, $this->push($bridge, $both));

        $bridge->secrets()->dropFormerCompanion();
        self::assertSame(401, $this->push($bridge, self::headers($first, $this->now())));
        self::assertSame(200, $this->push($bridge, self::headers($second, $this->now())));
    }

    /** @dataProvider databases */
    public function testFiveMinutesEitherWay(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $secret = $bridge->secrets()->companion();
        foreach ([-290 => 200, 290 => 200, -400 => 403, 400 => 403, -86400 => 403] as $late => $status) {
            self::assertSame($status, $this->push($bridge, self::headers($secret, $this->now() + $late)), "$late s");
        }
        self::assertSame(3, $this->another()->settings()->counted('stale_refused'));
        self::assertSame(0, $this->another()->settings()->counted('signature_refused'));
    }

    /** @return iterable<string, array{array<string, string|null>}> headers in the place of the right ones */
    public function abuse(): iterable
    {
        $names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
        foreach ($names as $name) {
            yield "without $name" => [[$name => null]];
            yield "with $name empty" => [[$name => '']];
            yield "with $name long" => [[$name => str_repeat('a', 100_000)]];
            yield "with $name of zero bytes" => [[$name => "\0\0"]];
            yield "with $name not UTF-8" => [[$name => "\xff\xfe"]];
            yield "with $name SQL" => [[$name => "' OR '1'='1"]];
        }
        yield 'another id' => [['webhook-id' => 'msg_2']];
        yield 'an id with a dot' => [['webhook-id' => 'msg.1']];
        yield 'an id with a line break' => [['webhook-id' => "msg_1\n"]];
        yield 'a border that has moved' => [['webhook-id' => 'msg_1.{now}', 'webhook-timestamp' => '0']];
        foreach (['{now}junk', ' {now}', '+{now}', '-{now}', '{now}.0', '0x{now}', '1e9', '{now}{now}', '٣'] as $time) {
            yield "timestamp $time" => [['webhook-timestamp' => $time]];
        }
        $signatures = [
            'v1', 'v1,', ',', 'v1,{bare}x', '{bare}', 'v1 {bare}', 'v1a,{bare}', 'V1,{bare}', 'v2,{bare}', 'v1,{BARE}',
            'v1,{part}', 'v1,{hex}', ' ', 'v1,AAAA', str_repeat('v1,AAAA ', 100) . 'v1,{bare}', "v1,{bare}\0",
            'v1, {bare}', 'v1;{bare}', 'v1,[]', 'Array',
        ];
        foreach ($signatures as $signature) {
            yield 'signature ' . json_encode(substr($signature, 0, 30)) => [['webhook-signature' => $signature]];
        }
        yield 'all three junk' => [[
            'webhook-id' => 'x',
            'webhook-timestamp' => 'y',
            'webhook-signature' => 'z',
        ]];
    }

    /** @dataProvider abuse */
    public function testStandsAbuse(array $instead): void
    {
        $bridge = $this->bridge('sqlite', [], false);
        $now = $this->now();
        $headers = self::headers($bridge->secrets()->companion(), $now);
        $bare = substr($headers['webhook-signature'], 3);
        $words = [
            '{now}' => (string) $now,
            '{bare}' => $bare,
            '{BARE}' => strtoupper($bare),
            '{part}' => substr($bare, 0, 20),
            '{hex}' => bin2hex((string) base64_decode($bare)),
        ];
        foreach ($instead as $name => $value) {
            unset($headers[$name]);
            if ($value !== null) {
                $headers[$name] = strtr($value, $words);
            }
        }
        // The other secret does not open this door.
        $query = ['secret' => 'wrong', 'ID' => '5'];

        self::assertSame(401, $this->push($bridge, $headers, self::BODY, $query));

        self::assertSame([], $this->stored());
        self::assertSame(1, $this->another()->settings()->counted('signature_refused'));
        self::assertSame('', $this->log->text());
    }

    /** @return iterable<string, array{string, int}> */
    public function bodies(): iterable
    {
        yield 'another body' => ['{"event":"ONCRMDEALUPDATE","data":{"FIELDS":{"ID":"1"}}}', 401];
        yield 'a blank more' => [self::BODY . ' ', 401];
        yield 'none' => ['', 401];
        yield 'a megabyte' => [str_repeat('a', 1_000_000), 413];
    }

    /** @dataProvider bodies */
    public function testTheBodyIsWhatWasSigned(string $body, int $status): void
    {
        $bridge = $this->bridge('sqlite', [], false);
        $headers = self::headers($bridge->secrets()->companion(), $this->now());

        self::assertSame($status, $this->push($bridge, $headers, $body));
        self::assertSame([], $this->stored());
    }

    /** @return iterable<array{string}> */
    public function empties(): iterable
    {
        $bodies = [
            '', 'null', '[]', '{', '{"type":"orderbridge.deal"}', '{"type":"orderbridge.test.more"}', "\xff\0",
            '{"event":"ONCRMDEALUPDATE","data":{"FIELDS":{"ID":["5"]}}}', str_repeat('[', 1000),
            '{"event":"ONCRMDEALUPDATE","data":{"FIELDS":{"ID":"<script>1</script>"}}}',
        ];
        foreach ($bodies as $body) {
            yield substr($body, 0, 60) => [$body];
        }
    }

    /** @dataProvider empties */
    public function testWellSignedButNothingToLookAt(string $body): void
    {
        $bridge = $this->bridge('sqlite', [], false);
        $headers = self::headers($bridge->secrets()->companion(), $this->now(), $body);

        self::assertSame(400, $this->push($bridge, $headers, $body));
        self::assertSame([], $this->stored());
    }

    public function testBeforeThereIsASecretNobodyIsLetIn(): void
    {
        $bridge = $this->bridge('sqlite', [], false);
        foreach (['whsec_', 'whsec_' . base64_encode('')] as $secret) {
            self::assertSame(401, $this->push($bridge, self::headers($secret, $this->now())));
        }
        self::assertSame(401, $this->push($bridge, self::headers('whsec_' . $bridge->secrets()->inbound(), 0)));
    }

    /** A call with the secret of the address cannot say that it comes from the companion. */
    public function testOnlyASignatureMakesACompanion(): void
    {
        $bridge = $this->bridge('sqlite', [], false);
        $query = ['secret' => $bridge->secrets()->inbound()];
        $body = '{"by":"companion","type":"orderbridge.test","event":"ONCRMDEALUPDATE","data":{"FIELDS":{"ID":"5"}}}';

        self::assertSame(200, $this->push($bridge, [], $body, $query));
        self::assertSame(400, $this->push($bridge, [], '{"type":"orderbridge.test"}', $query));
        self::assertStringNotContainsString('"by"', $this->stored()[0]);
    }

    /** @dataProvider databases */
    public function testTheWorkerSaysThatItHasHeardTheCompanion(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $secret = $bridge->secrets()->companion();
        $this->push($bridge, self::headers('whsec_' . base64_encode(str_repeat('y', 32)), $this->now()));
        self::assertNull($this->another()->settings()->seen('companion'));

        $test = '{"type":"orderbridge.test","timestamp":"2026-11-23T10:00:00Z"}';
        $headers = self::headers($secret, $this->now(), $test);
        self::assertSame(200, $this->push($bridge, $headers, $test));
        $worker = $this->another();
        $worker->worker()->run(5, 'cron');

        self::assertSame([], $this->stored());
        $settings = $this->another()->settings();
        self::assertNotNull($settings->seen('companion'));
        self::assertSame(0, $settings->counted('signature_refused'), 'it is right now');
    }
}
