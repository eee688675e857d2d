<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart3;

use Orderbridge\Tests\Shops\OpenCart\PackTestCase;

final class PackTest extends PackTestCase
{
    /** The shop's installer refuses a package with a file or folder that is neither below one of these nor above it. */
    private const ALLOWED = [
        'admin/controller/extension/', 'admin/language/', 'admin/model/extension/', 'admin/view/image/',
        'admin/view/javascript/', 'admin/view/stylesheet/', 'admin/view/template/extension/',
        'catalog/controller/extension/', 'catalog/language/', 'catalog/model/extension/', 'catalog/view/javascript/',
        'catalog/view/theme/', 'system/config/', 'system/library/', 'image/catalog/',
    ];

    protected function version(): string
    {
        return 'opencart3';
    }

    protected function library(): string
    {
        return 'upload/system/library/orderbridge/';
    }

    protected function needed(): array
    {
        return [
            'upload/admin/controller/extension/module/orderbridge.php',
            'upload/admin/language/en-gb/extension/module/orderbridge.php',
            'upload/admin/language/ru-ru/extension/module/orderbridge.php',
            'upload/admin/view/template/extension/module/orderbridge.twig',
            'upload/admin/view/javascript/orderbridge/app.js',
            'upload/admin/view/javascript/orderbridge/orderbridge_bg.wasm',
            'upload/catalog/controller/extension/payment/orderbridge.php',
            'upload/catalog/controller/extension/orderbridge/order.php',
            'upload/system/library/orderbridge/edition/OpenCart3.php',
        ];
    }

    public function testEveryFileIsWhereTheShopLetsAPackageWrite(): void
    {
        foreach (array_keys($this->unpacked()) as $name) {
            self::assertStringStartsWith('upload/', $name, 'events only, no install.xml');
            $place = substr($name, strlen('upload/'));
            self::assertNotSame([], array_filter(
                self::ALLOWED,
                static fn (string $allowed): bool => str_starts_with($place, $allowed),
            ), $place);
        }
    }

    /**
     * The shop may run on PHP 7: what it loads by itself has to be understood there, or its checkout breaks. Words of
     * newer PHPs would be these, and types of properties.
     */
    public function testWhatTheShopLoadsItselfIsUnderstoodByAnOldPhp(): void
    {
        $newer = [
            T_FN, T_MATCH, T_ATTRIBUTE, T_NULLSAFE_OBJECT_OPERATOR, T_COALESCE_EQUAL, T_READONLY, T_ENUM, T_ELLIPSIS,
        ];
        $entries = array_filter(
            $this->unpacked(),
            static fn (string $name): bool => preg_match('#^upload/(admin|catalog)/.*\.php$#', $name) === 1,
            ARRAY_FILTER_USE_KEY,
        );
        self::assertCount(5, $entries);
        foreach ($entries as $name => $content) {
            $found = [];
            foreach (token_get_all($content, TOKEN_PARSE) as $token) {
                if (is_array($token) && in_array($token[0], $newer, true)) {
                    $found[] = token_name($token[0]) . " in line $token[2]";
                }
            }
            self::assertSame([], $found, $name);
            self::assertDoesNotMatchRegularExpression(
                '/\b(private|protected|public)\s+(static\s+)?\??[A-Za-z\\\\]+\s+\$|\)\s*:|,\s*\)|\bmixed\b/',
                (string) preg_replace('~/\*.*?\*/|//[^\n]*|\'(?:[^\'\\\\]|\\\\.)*\'~s', "''", $content),
                "$name: types of properties and results, commas before a bracket",
            );
        }
    }
}
