<?php

declare(strict_types=1);

namespace Piala;

use function getenv;

/** What the shop reads from its environment; everything has a default that works from a fresh clone. */
final class Config
{
    public const SHOP_NAME = 'Пиала';
    public const TIME_ZONE = 'Europe/Moscow';

    private function __construct(
        /** Folder for everything that the shop writes: database, sessions, mail. */
        public readonly string $data,
        public readonly string $dsn,
        public readonly ?string $dbUser,
        public readonly ?string $dbPassword,
        /** Public address without a closing slash. */
        public readonly string $url,
        /** Whether the bridge may work in a web request after its response. */
        public readonly bool $kick,
        /** Whether the command line runs the bridge's core in Node. */
        public readonly bool $nodeEngine,
        /** Whether the portal may be on this machine and without TLS: for tests only. */
        public readonly bool $localPortal,
        /** Seconds by which the bridge's clock is ahead: for tests only, that a lease need not be waited for. */
        public readonly int $clockShift,
        /** Whether the shop sells to businesses: prices without VAT, which is added at the checkout. */
        public readonly bool $netPrices,
        /** Seconds between two looks at what has moved in the portal. */
        public readonly int $pollEvery,
    ) {
    }

    public static function fromEnvironment(): self
    {
        $data = rtrim(self::env('SHOP_DATA', dirname(__DIR__, 3) . '/var/shop'), '/');

        return new self(
            $data,
            self::env('SHOP_DSN', "sqlite:$data/shop.sqlite"),
            self::env('SHOP_DB_USER', '') ?: null,
            self::env('SHOP_DB_PASSWORD', '') ?: null,
            rtrim(self::env('SHOP_URL', 'http://127.0.0.1:8080'), '/'),
            self::env('SHOP_KICK', 'on') !== 'off',
            self::env('ENGINE', 'compiled') === 'node',
            self::env('SHOP_LOCAL_PORTAL', 'off') === 'on',
            (int) self::env('SHOP_CLOCK_SHIFT', '0'),
            self::env('SHOP_PRICES', 'gross') === 'net',
            (int) self::env('SHOP_POLL_EVERY', '60'),
        );
    }

    public function secure(): bool
    {
        return str_starts_with($this->url, 'https://');
    }

    /** The key that seals the bridge's secrets; made by bin/install, kept outside the database. */
    public function secret(): ?string
    {
        $file = "$this->data/secret.key";

        return is_file($file) ? trim((string) file_get_contents($file)) : null;
    }

    public static function env(string $name, string $default): string
    {
        $value = getenv($name);

        return is_string($value) && $value !== '' ? $value : $default;
    }
}
