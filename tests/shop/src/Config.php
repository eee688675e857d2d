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
        );
    }

    public function secure(): bool
    {
        return str_starts_with($this->url, 'https://');
    }

    public static function env(string $name, string $default): string
    {
        $value = getenv($name);

        return is_string($value) && $value !== '' ? $value : $default;
    }
}
