<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use function array_filter;
use function html_entity_decode;
use function preg_replace;
use function trim;

/** Text for people out of what WooCommerce keeps for a browser. */
final class Plain
{
    /** A name is text with a little HTML in it at most: «<TGFOP>» is a grade of tea. */
    private const ELEMENTS = '~</?(?:a|b|bdi|br|del|div|em|i|img|ins|mark|p|small|span|strong|sub|sup|u)\b[^<>]*>~i';

    /** A name, a title, a label. */
    public static function name(mixed $text): string
    {
        return self::decoded((string) preg_replace(self::ELEMENTS, ' ', (string) $text));
    }

    /** What is HTML altogether. */
    public static function html(mixed $html): string
    {
        return self::decoded((string) preg_replace('~<[^>]*>~', ' ', (string) $html));
    }

    /** What a buyer has typed, lines and all. The block checkout stores his «&» as `&amp;`, both of them his «<» as `&lt;`. */
    public static function typed(mixed $text): string
    {
        return trim(html_entity_decode((string) $text, ENT_QUOTES | ENT_HTML5, 'UTF-8'));
    }

    private static function decoded(string $text): string
    {
        $text = html_entity_decode($text, ENT_QUOTES | ENT_HTML5, 'UTF-8');

        return trim((string) preg_replace('/[\s\x{a0}]+/u', ' ', $text) ?: $text);
    }

    /**
     * What was said: without the parts that are empty.
     *
     * @template K of array-key
     * @param array<K, mixed> $parts
     * @return array<K, mixed>
     */
    public static function told(array $parts): array
    {
        return array_filter($parts, static fn (mixed $part): bool => $part !== '' && $part !== [] && $part !== null);
    }
}
