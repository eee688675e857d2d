<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Inbox;

use Orderbridge\Bridge;
use Orderbridge\Tests\Support\BridgeTestCase;

use function array_column;
use function http_build_query;
use function implode;
use function json_encode;
use function str_repeat;

final class EndpointTest extends BridgeTestCase
{
    private const EVENT = [
        'event' => 'ONCRMDEALUPDATE',
        'event_handler_id' => '975',
        'data' => ['FIELDS' => ['ID' => '7405']],
        'ts' => '1766047124',
        'auth' => ['domain' => 'crm.example.ru', 'member_id' => 'd897', 'application_token' => 'portal-token'],
    ];

    private function post(Bridge $bridge, array $query, string $body, string $method = 'POST'): int
    {
        $response = $bridge->endpoint()->handle($method, $query, [], $body);
        self::assertSame('', $response->body);

        return $response->status;
    }

    /** @return list<string> */
    private function stored(): array
    {
        $rows = $this->database->query("SELECT payload FROM {$this->prefix}ob_inbox ORDER BY id");

        return array_column($rows, 'payload');
    }

    /** @dataProvider databases */
    public function testStoresWhatIsNeededAndNothingElse(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $secret = ['secret' => $bridge->secrets()->inbound()];
        $robot = ['document_id' => ['crm', 'CCrmDocumentDeal', 'DEAL_123'], 'auth' => ['member_id' => 'x']];
        $buyer = ['name' => 'Иван Петров', 'phone' => '+79123456789'];
        $buyer['data']['FIELDS'] = ['TITLE' => 'Иван', 'ID' => '7405'];

        self::assertSame(200, $this->post($bridge, $secret, http_build_query(self::EVENT)));
        $query = $secret + ['ID' => '9', 'stage' => 'WON'];
        self::assertSame(200, $this->post($bridge, $query, http_build_query($robot)));
        self::assertSame(200, $this->post($bridge, $secret, http_build_query($buyer + self::EVENT)));
        self::assertSame(200, $this->post($bridge, $secret, (string) json_encode(self::EVENT)));
        self::assertSame(200, $this->post($bridge, $secret, http_build_query(['ts' => '99'] + self::EVENT)));

        self::assertSame([
            '{"query":{},"form":{"data[FIELDS][ID]":"7405","event":"ONCRMDEALUPDATE"}}',
            '{"query":{"ID":"9"},"form":{"document_id[0]":"crm","document_id[1]":"CCrmDocumentDeal",'
                . '"document_id[2]":"DEAL_123"}}',
        ], $this->stored());
        self::assertSame([], $this->engine->asked, 'the core is not asked in this request');
    }

    /** @return iterable<string, array{string, array<mixed>, string, int}> method, query, body, status */
    public function abuse(): iterable
    {
        $event = http_build_query(self::EVENT);
        foreach (['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', '', 'POST ', "POST\0"] as $method) {
            yield 'method ' . json_encode($method) => [$method, ['secret' => '{secret}'], $event, 405];
        }
        yield 'a byte too long' => ['POST', ['secret' => '{secret}'], str_repeat('a', 65537), 413];
        yield 'a megabyte of junk' => ['POST', [], str_repeat("\xff\0", 524288), 413];
        $wrong = [
            'none' => [],
            'empty' => ['secret' => ''],
            'wrong' => ['secret' => 'wrong'],
            'a part' => ['secret' => '{part}'],
            'with a tail' => ['secret' => '{secret}x'],
            'with a zero byte' => ['secret' => "{secret}\0"],
            'in big letters' => ['secret' => '{SECRET}'],
            'as a list' => ['secret' => ['{secret}']],
            'as a map' => ['secret' => ['secret' => '{secret}']],
            'under another name' => ['token' => '{secret}'],
            'long' => ['secret' => str_repeat('a', 10000)],
            'SQL' => ['secret' => "' OR '1'='1"],
            'not UTF-8' => ['secret' => "\xff\xfe"],
            'zero' => ['secret' => '0'],
        ];
        foreach ($wrong as $name => $query) {
            yield "secret: $name" => ['POST', $query, $event, 401];
        }
        yield 'secret in the body only' => ['POST', [], "secret={secret}&$event", 401];
        $empty = [
            'no body' => '',
            'junk' => str_repeat("\xff\0", 30000),
            'no ids' => 'event=ONCRMDEALUPDATE',
            'JSON that is none' => '{"event":',
            'JSON too deep' => str_repeat('{"a":', 500) . '1' . str_repeat('}', 500),
            'a JSON list' => '[1,2,3]',
            'JSON null' => 'null',
            'too many fields' => str_repeat('a[]=1&', 10000),
            'fields too deep' => 'data' . str_repeat('[x]', 500) . '=1',
            'id is a list' => 'event=ONCRMDEALUPDATE&data[FIELDS][ID][]=5',
            'id with a blank' => 'event=ONCRMDEALUPDATE&data[FIELDS][ID]=5 6',
            'id too long' => 'event=ONCRMDEALUPDATE&data[FIELDS][ID]=' . str_repeat('1', 65),
            'id is SQL' => "event=ONCRMDEALUPDATE&data[FIELDS][ID]=1'; DROP TABLE job",
            'id is markup' => 'event=ONCRMDEALUPDATE&data[FIELDS][ID]=<script>1</script>',
            'id not UTF-8' => "event=ONCRMDEALUPDATE&data[FIELDS][ID]=1\xff",
            'id with a line break' => "event=ONCRMDEALUPDATE&data[FIELDS][ID]=1%0A",
        ];
        foreach ($empty as $name => $body) {
            yield "nothing to look at: $name" => ['POST', ['secret' => '{secret}'], $body, 400];
        }
    }

    /** @dataProvider abuse */
    public function testStandsAbuse(string $method, array $query, string $body, int $status): void
    {
        $bridge = $this->bridge('sqlite', [], false);
        $secret = $bridge->secrets()->inbound();
        $fill = static fn (string $text): string => strtr($text, [
            '{secret}' => $secret,
            '{SECRET}' => strtoupper($secret),
            '{part}' => substr($secret, 0, 31),
        ]);
        array_walk_recursive($query, static function (mixed &$value) use ($fill): void {
            $value = $fill($value);
        });

        self::assertSame($status, $this->post($bridge, $query, $fill($body), $method));

        self::assertSame([], $this->stored());
        self::assertSame($status === 401 ? 1 : 0, $this->another()->settings()->counted('secret_refused'));
        self::assertSame('', $this->log->text());
    }

    /** @dataProvider databases */
    public function testBothSecretsCountWhileOneIsChanged(string $kind): void
    {
        $bridge = $this->bridge($kind, ['key' => 'sealed'], false);
        $first = $bridge->secrets()->inbound();
        $second = $bridge->secrets()->renewInbound();
        $body = http_build_query(self::EVENT);
        self::assertSame(200, $this->post($bridge, ['secret' => $first], $body));
        self::assertSame(200, $this->post($bridge, ['secret' => $second], $body));
        self::assertSame($second, $bridge->secrets()->inbound());

        $bridge->secrets()->dropFormer();
        self::assertSame(401, $this->post($bridge, ['secret' => $first], $body));
        self::assertSame(200, $this->post($bridge, ['secret' => $second], $body));
    }

    /** @dataProvider databases */
    public function testTheTokenIsAskedForWhenOneIsSet(string $kind): void
    {
        $bridge = $this->bridge($kind, [], false);
        $query = ['secret' => $bridge->secrets()->inbound()];
        $with = static fn (string $token): string => http_build_query(
            ['auth' => ['application_token' => $token]] + self::EVENT,
        );
        $bridge->secrets()->setToken('first');
        self::assertSame(200, $this->post($bridge, $query, $with('first')));
        self::assertSame(403, $this->post($bridge, $query, $with('portal-token')));
        self::assertSame(403, $this->post($bridge, $query, 'event=ONCRMDEALUPDATE&data[FIELDS][ID]=5'));

        $bridge->secrets()->setToken('second');
        self::assertSame(200, $this->post($bridge, $query, $with('first')));
        self::assertSame(200, $this->post($bridge, $query, $with('second')));
        $bridge->secrets()->setToken('');
        self::assertSame(200, $this->post($bridge, $query, $with('any')));
        self::assertSame(2, $this->another()->settings()->counted('token_refused'));
    }

    public function testSaysWhenItCannotStore(): void
    {
        $bridge = $this->bridge('sqlite', [], false);
        $secret = $bridge->secrets()->inbound();
        $this->database->execute("DROP TABLE {$this->prefix}ob_inbox");

        self::assertSame(503, $this->post($bridge, ['secret' => $secret], http_build_query(self::EVENT)));
        self::assertStringContainsString('could not be stored', $this->log->text());
        self::assertStringNotContainsString($secret, $this->log->text());

        $this->database->execute("DROP TABLE {$this->prefix}ob_setting");
        self::assertSame(503, $this->post($this->another(), ['secret' => $secret], http_build_query(self::EVENT)));
    }

    public function testAnAddressWithoutASecretLetsNobodyIn(): void
    {
        $bridge = $this->bridge('sqlite', [], false);

        self::assertSame(401, $this->post($bridge, ['secret' => ''], http_build_query(self::EVENT)));
        self::assertSame(
            'https://shop.example/bitrix24?secret=' . $bridge->secrets()->inbound(),
            $bridge->inboundUrl(),
        );
    }
}
