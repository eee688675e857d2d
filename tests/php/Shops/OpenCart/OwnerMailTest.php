<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart;

use Orderbridge\Shops\OpenCart\OwnerMail;
use PHPUnit\Framework\TestCase;
use RuntimeException;

// phpcs:disable PSR1.Files.SideEffects -- the adapter is no part of the bridge's own folder
require_once __DIR__ . '/autoload.php';

final class OwnerMailTest extends TestCase
{
    /** @param array<string, string|int> $settings of the shop */
    private function send(array $settings): ?object
    {
        $config = new class ($settings) {
            public function __construct(private readonly array $settings)
            {
            }

            public function get(string $name): string|int|null
            {
                return $this->settings[$name] ?? null;
            }
        };
        $mail = new class {
            public static ?object $sent = null;
            /** @var array<string, mixed> */
            public array $told = [];

            public function __construct(string $engine = '', array $options = [])
            {
                $this->told = ['engine' => $engine] + $options;
            }

            public function __call(string $name, array $values): void
            {
                $this->told[$name] = $values[0] ?? true;
            }

            /** The shop's `mail` engine hands on what PHP's mail() says. */
            public function send(): bool
            {
                self::$sent = $this;

                return $this->told['parameter'] !== 'refused';
            }
        };
        $mail::$sent = null;
        (new OwnerMail($config, static fn (string $engine, array $settings): object => new ($mail::class)(
            $engine,
            $settings,
        )))->send('Внимание', "Строка\nвторая");

        return $mail::$sent;
    }

    public function testGoesByTheShopsOwnMailToTheShopsOwnAddress(): void
    {
        $sent = $this->send([
            'config_email' => 'owner@shop.example',
            'config_name' => 'Чай &amp; кофе',
            'config_mail_engine' => 'smtp',
            'config_mail_smtp_hostname' => 'tls://mail.example',
            'config_mail_smtp_password' => 'a&quot;b',
            'config_mail_smtp_port' => 587,
        ]);

        self::assertNotNull($sent);
        self::assertSame([
            'engine' => 'smtp',
            'parameter' => '',
            'smtp_hostname' => 'tls://mail.example',
            'smtp_username' => '',
            'smtp_password' => 'a"b',
            'smtp_port' => '587',
            'smtp_timeout' => '',
            'setTo' => 'owner@shop.example',
            'setFrom' => 'owner@shop.example',
            'setSender' => 'Чай & кофе',
            'setSubject' => 'Внимание',
            'setText' => "Строка\nвторая",
        ], $sent->told);
    }

    /** Else the owner would count as told for a day. */
    public function testALetterThatNobodyTookIsNoLetter(): void
    {
        $this->expectException(RuntimeException::class);
        $this->send([
            'config_email' => 'owner@shop.example',
            'config_mail_engine' => 'mail',
            'config_mail_parameter' => 'refused',
        ]);
    }

    public function testAShopWithoutMailGetsNone(): void
    {
        self::assertNull($this->send(['config_email' => 'owner@shop.example']));
        self::assertNull($this->send(['config_mail_engine' => 'mail']));
    }
}
