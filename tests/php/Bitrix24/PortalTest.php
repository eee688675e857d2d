<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Bitrix24;

use LogicException;
use Orderbridge\Bitrix24\Client;
use Orderbridge\Bitrix24\Portal;
use Orderbridge\Exception\WebhookUrlRefused;
use PHPUnit\Framework\TestCase;

use function json_encode;
use function ob_get_clean;
use function ob_start;
use function print_r;
use function serialize;
use function var_dump;
use function var_export;

final class PortalTest extends TestCase
{
    private const SECRET = 'q1w2e3r4t5y6u7i8';

    /** @return array<string, array{string, string}> */
    public function webhooks(): array
    {
        $secret = self::SECRET;

        return [
            'as the portal shows it' => [
                "https://a.bitrix24.ru/rest/1/$secret/",
                "https://a.bitrix24.ru/rest/1/$secret/x",
            ],
            'without the last slash' => [
                "https://a.bitrix24.ru/rest/1/$secret",
                "https://a.bitrix24.ru/rest/1/$secret/x",
            ],
            'with the example method' => [
                "https://a.bitrix24.ru/rest/1/$secret/profile.json",
                "https://a.bitrix24.ru/rest/1/$secret/x",
            ],
            'spaces around, big letters' => [
                "  HTTPS://A.Bitrix24.RU/rest/12/$secret/\n",
                "https://a.bitrix24.ru/rest/12/$secret/x",
            ],
            'a box on a port' => [
                "https://crm.firm.local:8443/rest/5/$secret/",
                "https://crm.firm.local:8443/rest/5/$secret/x",
            ],
            'IPv6' => ["https://[fd00::1]/rest/5/$secret/", "https://[fd00::1]/rest/5/$secret/x"],
        ];
    }

    /** @dataProvider webhooks */
    public function testReadsAWebhook(string $given, string $url): void
    {
        self::assertSame($url, Portal::fromWebhook($given)->url('x'));
    }

    /** @return array<string, array{string, string}> */
    public function refused(): array
    {
        $secret = self::SECRET;

        return [
            'nothing' => ['', 'form'],
            'words' => ['my portal', 'form'],
            'the portal alone' => ['https://a.bitrix24.ru/', 'form'],
            'no TLS' => ["http://a.bitrix24.ru/rest/1/$secret/", 'https'],
            'another scheme' => ["file://a.bitrix24.ru/rest/1/$secret/", 'form'],
            'a user in front' => ["https://a.bitrix24.ru@evil.example/rest/1/$secret/", 'form'],
            'a query' => ["https://a.bitrix24.ru/rest/1/$secret/?x=1", 'form'],
            'up and away' => ["https://a.bitrix24.ru/rest/1/$secret/../../x", 'form'],
            'a line break inside' => ["https://a.bitrix24.ru/rest/1/$secret/\nHost: evil", 'form'],
            'user is no number' => ["https://a.bitrix24.ru/rest/admin/$secret/", 'form'],
            'an outgoing address' => ['https://shop.example/bitrix24?secret=x', 'form'],
        ];
    }

    /** @dataProvider refused */
    public function testRefusesWhatIsNone(string $given, string $reason): void
    {
        try {
            Portal::fromWebhook($given);
            self::fail('it was taken');
        } catch (WebhookUrlRefused $refusal) {
            self::assertSame($reason, $refusal->reason);
            self::assertStringNotContainsString(self::SECRET, $refusal->getMessage() . $refusal->getTraceAsString());
        }
    }

    public function testShowsItsSecretNowhere(): void
    {
        $portal = Portal::fromWebhook('https://a.bitrix24.ru/rest/1/' . self::SECRET . '/');
        foreach ([$portal, new Client($portal), ['deep' => [$portal]]] as $what) {
            ob_start();
            var_dump($what);
            print_r($what);
            $shown = ob_get_clean() . json_encode($what) . @var_export($what, true) . print_r((array) $what, true);
            self::assertStringNotContainsString(self::SECRET, $shown);
        }
        self::assertSame('https://a.bitrix24.ru/rest/1/***/', $portal->masked());
        self::assertSame('no /***/ here', $portal->mask('no /' . self::SECRET . '/ here'));
        $this->expectException(LogicException::class);
        serialize($portal);
    }

    /** @return array<string, array{string, bool, bool}> host, cloud, private */
    public function hosts(): array
    {
        return [
            'cloud' => ['firm.bitrix24.ru', true, false],
            'cloud abroad' => ['firm.bitrix24.com.br', true, false],
            'looks like the cloud' => ['bitrix24.ru.evil.example', false, false],
            'loopback' => ['127.0.0.1', false, true],
            'by name' => ['localhost', false, true],
            'private' => ['192.168.1.5', false, true],
            'private 172' => ['172.20.0.1', false, true],
            'the cloud provider\'s own data' => ['169.254.169.254', false, true],
            'IPv6 loopback' => ['[::1]', false, true],
            'IPv6 private' => ['[fd00::1]', false, true],
            'public address' => ['8.8.8.8', false, false],
        ];
    }

    /** @dataProvider hosts */
    public function testKnowsWhereItLeads(string $host, bool $cloud, bool $private): void
    {
        $portal = Portal::fromWebhook("https://$host/rest/1/" . self::SECRET . '/');
        self::assertSame($cloud, $portal->isCloud());
        if (!str_contains($host, 'bitrix24')) {
            self::assertSame($private, $portal->isPrivate());
        }
    }
}
