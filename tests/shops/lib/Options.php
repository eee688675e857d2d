<?php

declare(strict_types=1);

namespace Shops;

use InvalidArgumentException;

/** What the command line says. */
final class Options
{
    private const SHOPS = [
        'opencart4' => OpenCart4::class,
        'opencart3' => OpenCart3::class,
        'woocommerce' => WooCommerce::class,
    ];
    private const NAMES = [
        'cms:', 'url:', 'admin:', 'password:', 'zip:', 'from:', 'portal:', 'admin-folder:', 'product:', 'mail-folder:',
        'language:', 'by-hand', 'keep', 'yes-this-is-a-test-shop', 'help',
    ];

    /** @param array<string, string|false> $given */
    private function __construct(private readonly array $given)
    {
    }

    /** @param list<string> $words of the command line, the program's name left out */
    public static function of(array $words): self
    {
        $given = [];
        while (($word = array_shift($words)) !== null) {
            [$name, $value] = [...explode('=', ltrim($word, '-'), 2), null];
            if (!str_starts_with($word, '--') || !array_intersect([$name, "$name:"], self::NAMES)) {
                throw new InvalidArgumentException($word);
            }
            $takes = in_array("$name:", self::NAMES, true);
            $given[$name] = $takes ? $value ?? array_shift($words) ?? throw new InvalidArgumentException($word) : false;
        }

        return new self($given);
    }

    public function has(string $name): bool
    {
        return array_key_exists($name, $this->given);
    }

    public function text(string $name, string $else = ''): string
    {
        return (string) ($this->given[$name] ?? $else);
    }

    public function language(): string
    {
        return $this->text('language', 'ru') === 'en' ? 'en' : 'ru';
    }

    /** @return class-string<Cms>|null */
    public function driver(): ?string
    {
        return self::SHOPS[$this->text('cms')] ?? null;
    }

    public function complete(): bool
    {
        $given = array_map($this->text(...), ['url', 'admin', 'password']);

        return !in_array('', $given, true) && $this->driver() !== null;
    }

    public function cms(): Cms
    {
        $driver = $this->driver() ?? throw new InvalidArgumentException('--cms');

        return new $driver(
            rtrim($this->text('url'), '/'),
            $this->text('admin'),
            $this->text('password'),
            trim($this->text('admin-folder', $driver::adminFolder()), '/'),
            $this->text('product'),
        );
    }

    /** The test places orders, so it looks where: on this machine, in a private network, or under a telling name. */
    public function looksLikeTest(): bool
    {
        $host = strtolower(trim((string) parse_url($this->text('url'), PHP_URL_HOST), '[]'));
        if (filter_var($host, FILTER_VALIDATE_IP) !== false) {
            $public = FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE;

            return filter_var($host, FILTER_VALIDATE_IP, $public) === false;
        }
        $labels = explode('.', $host);
        $reserved = ['localhost', 'test', 'local', 'internal', 'example', 'invalid'];

        return in_array(end($labels), $reserved, true)
            || preg_match('/(^|[.-])(test|tests|testing|dev|stage|staging|demo|sandbox)\d*([.-]|$)/', $host) === 1;
    }
}
