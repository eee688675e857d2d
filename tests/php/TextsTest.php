<?php

declare(strict_types=1);

namespace Orderbridge\Tests;

use Orderbridge\Log\Words;
use Orderbridge\Text\Texts;
use PHPUnit\Framework\TestCase;
use RuntimeException;

use function array_keys;
use function is_array;
use function preg_match_all;
use function sort;

final class TextsTest extends TestCase
{
    private const FOLDER = __DIR__ . '/../../php-bridge/src/Text/';

    public function testBothLanguagesSayTheSameThings(): void
    {
        $ru = require self::FOLDER . 'ru.php';
        $en = require self::FOLDER . 'en.php';

        self::assertSame(array_keys($ru), array_keys($en));
        foreach ($ru as $name => $text) {
            self::assertSame(is_array($text), is_array($en[$name]), $name);
            self::assertSame(self::places($text), self::places($en[$name]), $name);
        }
    }

    public function testFillsItsTexts(): void
    {
        $texts = new Texts('en');

        self::assertSame('deal 5 already belongs to another order', $texts->say('deal_taken', ['deal' => '5']));
        self::assertStringContainsString('retry', $texts->hint('deal_taken'));
        self::assertSame('', $texts->hint('never'));
        self::assertSame('no_such_text', $texts->say('no_such_text'));
        self::assertSame('core_fault', $texts->reason('core_fault')->code);
        self::assertStringContainsString('ядро', (new Texts())->say('core_fault'));
    }

    public function testWordsForALogHoldNoSecretAndNoBuyer(): void
    {
        $words = Words::of(new RuntimeException(
            'POST https://a.bitrix24.ru/rest/12/abcdef123456/crm.item.add failed for Иван <ivan@mail.ru>, '
            . "phone +7 (912) 345-67-89 and 89123456789\xff",
        ));

        self::assertStringContainsString('/rest/12/***', $words);
        foreach (['abcdef123456', 'ivan', 'mail.ru', '345-67', '89123456789'] as $secret) {
            self::assertStringNotContainsString($secret, $words);
        }
    }

    /** @return list<string> */
    private static function places(mixed $text): array
    {
        preg_match_all('/\{(\w+)\}/', is_array($text) ? $text[0] . $text[1] : $text, $found);
        $places = $found[1];
        sort($places);

        return $places;
    }
}
