<?php

namespace Orderbridge\Companion;

use Bitrix\Main\Config\Option;

/** What the administrator has set, and how it is checked before it is kept. */
final class Settings
{
    public const MODULE = 'orderbridge.sync';

    private const MOST_SHOPS = 20;
    /** Days for which the former secret signs beside the present one. */
    private const ROTATION_DAYS = 7;

    /** @return array<int, Shop> */
    public static function shops(): array
    {
        $shops = [];
        foreach ((array) json_decode((string) Option::get(self::MODULE, 'shops', '[]'), true) as $stored) {
            $shops[] = new Shop((array) $stored);
        }

        return $shops;
    }

    public static function shop(string $id): ?Shop
    {
        foreach (self::shops() as $shop) {
            if ($shop->id === $id) {
                return $shop;
            }
        }

        return null;
    }

    /** Whether a change is anybody's business; a funnel that is not known is. */
    public static function watches(string $oldCategory, string $newCategory): bool
    {
        $watched = array_filter(explode(',', self::funnels()), 'strlen');

        return $watched === [] || array_intersect([$oldCategory, $newCategory], $watched) !== []
            || $oldCategory . $newCategory === '';
    }

    /** Numbers with commas between; '' for all. */
    public static function funnels(): string
    {
        return (string) Option::get(self::MODULE, 'funnels', '');
    }

    public static function mayOnHits(): bool
    {
        return Option::get(self::MODULE, 'on_hits', 'N') === 'Y';
    }

    /**
     * Keeps what the page was sent, all of it or nothing.
     *
     * @param array<mixed> $post
     * @return array<int, string> names of texts that say what is wrong
     */
    public static function save(array $post): array
    {
        $shops = $problems = [];
        foreach (array_slice(array_values((array) ($post['shops'] ?? [])), 0, self::MOST_SHOPS) as $given) {
            $given = array_map(static function ($value): string {
                return is_scalar($value) ? trim((string) $value) : '';
            }, (array) $given);
            if (($given['url'] ?? '') === '' || isset($given['remove'])) {
                continue;
            }
            $shop = self::given($given);
            $problems = array_merge($problems, self::problems($shop));
            $shops[] = $shop;
        }
        $funnels = trim(is_string($post['funnels'] ?? null) ? $post['funnels'] : '');
        if (preg_match('/^(\d+(\s*,\s*\d+)*)?$/D', $funnels) !== 1) {
            $problems[] = 'ORDERBRIDGE_WRONG_FUNNELS';
        }
        if ($problems !== []) {
            return array_values(array_unique($problems));
        }
        self::store($shops);
        Option::set(self::MODULE, 'funnels', (string) preg_replace('/\s+/', '', $funnels));
        Option::set(self::MODULE, 'on_hits', ($post['on_hits'] ?? '') === 'Y' ? 'Y' : 'N');

        return [];
    }

    /** @param array<int, Shop> $shops */
    private static function store(array $shops): void
    {
        $kept = array_map(static function (Shop $shop): string {
            return $shop->id;
        }, $shops);
        foreach (self::shops() as $former) {
            if (!in_array($former->id, $kept, true)) {
                Pushes::forget($former->id);
                State::forget(State::HOLD . $former->id);
                State::forget(State::DELIVERED . $former->id);
            }
        }
        $stored = array_map(static function (Shop $shop): array {
            return $shop->toArray();
        }, $shops);
        Option::set(self::MODULE, 'shops', (string) json_encode($stored, JSON_UNESCAPED_SLASHES));
    }

    /** @param array<string, string> $given */
    private static function given(array $given): Shop
    {
        $known = self::shop($given['id'] ?? '');
        $shop = $known ?? new Shop(['id' => bin2hex(random_bytes(8))]);
        // What is not given is kept: the page never shows a secret.
        $secret = $given['secret'] ?? '';
        if ($secret !== '' && $secret !== $shop->secret) {
            $shop->former = $shop->secret;
            $shop->formerUntil = $shop->secret === '' ? 0 : time() + self::ROTATION_DAYS * 86400;
            $shop->secret = $secret;
        }
        if (isset($given['drop_former'])) {
            $shop->former = '';
            $shop->formerUntil = 0;
        }
        $shop->url = $given['url'];
        $shop->code = $given['code'] ?? '';
        $shop->caFile = $given['ca_file'] ?? '';
        $shop->private = isset($given['private']);
        $shop->active = isset($given['active']);

        return $shop;
    }

    /** @return array<int, string> */
    private static function problems(Shop $shop): array
    {
        $problems = [];
        $url = parse_url($shop->url);
        $scheme = strtolower((string) ($url['scheme'] ?? ''));
        // Without TLS only where nobody else listens.
        $safe = $scheme === 'https' || ($scheme === 'http' && $shop->private);
        if (!$safe || ($url['host'] ?? '') === '' || isset($url['user']) || strlen($shop->url) > 500) {
            $problems[] = 'ORDERBRIDGE_WRONG_URL';
        }
        if (!Signature::isSecret($shop->secret)) {
            $problems[] = 'ORDERBRIDGE_WRONG_SECRET';
        }
        if ($shop->caFile !== '' && (!is_file($shop->caFile) || !is_readable($shop->caFile))) {
            $problems[] = 'ORDERBRIDGE_WRONG_CA';
        }
        if (preg_match('/^[\w.\-]{0,50}$/D', $shop->code) !== 1) {
            $problems[] = 'ORDERBRIDGE_WRONG_CODE';
        }

        return $problems;
    }
}
