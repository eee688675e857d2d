<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use Orderbridge\Shop\Database;

use function array_fill;
use function count;
use function html_entity_decode;
use function implode;
use function preg_replace;
use function trim;

use const ENT_HTML5;
use const ENT_QUOTES;

/** Reads the shop's tables: `{order}` is the table with the shop's prefix, and texts lose the HTML they are kept in. */
final class ShopTables
{
    public function __construct(
        private readonly Database $database,
        private readonly string $prefix,
    ) {
    }

    /**
     * @param list<string|int|null> $values
     * @return list<array<string, mixed>>
     */
    public function rows(string $sql, array $values = []): array
    {
        $sql = (string) preg_replace('/\{(\w+)\}/', '`' . $this->prefix . '$1`', $sql);

        return $this->database->query($sql, $values);
    }

    /**
     * @param list<string|int|null> $values
     * @return array<string, mixed>|null the first row
     */
    public function row(string $sql, array $values = []): ?array
    {
        return $this->rows($sql, $values)[0] ?? null;
    }

    /** @param list<mixed> $values */
    public static function marks(array $values): string
    {
        return implode(', ', array_fill(0, count($values), '?'));
    }

    /** All request data was HTML-escaped before it was stored. */
    public static function text(mixed $stored): string
    {
        return trim(html_entity_decode((string) $stored, ENT_QUOTES | ENT_HTML5, 'UTF-8'));
    }
}
