<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops;

use InvalidArgumentException;
use PHPUnit\Framework\TestCase;
use RuntimeException;
use Shops\Deals;
use Shops\Letters;
use Shops\Options;
use Shops\Seen;
use Story\Page;

// phpcs:disable PSR1.Files.SideEffects -- the acceptance test is a program with classes of its own
require_once __DIR__ . '/../../shops/lib/autoload.php';

/** What the acceptance test of real shops (`tests/shops/try`) can be tested by without one. */
final class TryTest extends TestCase
{
    /** @dataProvider addresses */
    public function testItRefusesWhatDoesNotLookLikeATestShop(string $url, bool $looks): void
    {
        self::assertSame($looks, Options::of(['--url', $url])->looksLikeTest());
    }

    /** @return array<string, array{string, bool}> */
    public static function addresses(): array
    {
        $addresses = [
            'http://127.0.0.1:8080' => true, 'http://[::1]/shop' => true, 'http://192.168.1.4' => true,
            'https://localhost' => true, 'http://shop.test' => true, 'https://tea.local/shop' => true,
            'https://test.tea.ru' => true, 'https://tea-staging.ru' => true, 'https://dev2.tea.ru' => true,
            'https://tea.ru' => false, 'https://93.184.216.34' => false, 'https://contest.ru' => false,
            'https://device.shop' => false, 'https://tea.ru/test' => false, 'https://testosterone.ru' => false,
        ];

        $pair = static fn (string $url, bool $looks): array => [$url, $looks];

        return array_combine(array_keys($addresses), array_map($pair, array_keys($addresses), $addresses));
    }

    public function testItDoesNothingInARealShopWithoutBeingTold(): void
    {
        $words = '--cms opencart4 --url https://tea.ru --admin admin --password x --zip /nowhere';
        exec(__DIR__ . "/../../shops/try $words 2>&1", $said, $code);

        self::assertSame(2, $code);
        self::assertStringContainsString('--yes-this-is-a-test-shop', implode("\n", $said));
    }

    public function testAWordThatIsNoneIsRefused(): void
    {
        $this->expectException(InvalidArgumentException::class);
        Options::of(['--cms', 'opencart4', '--keeep']);
    }

    /** @dataProvider totals */
    public function testATotalIsReadAsItIsPrinted(string $printed, string $amount, bool $same): void
    {
        self::assertSame($same, (new Seen('1', $printed, []))->comesTo($amount));
    }

    /** @return list<array{string, string, bool}> */
    public static function totals(): array
    {
        return [
            ['$1,234.50', '1234.50', true], ['1 234,50 ₽', '1234.50', true], ['1.234,50€', '1234.5', true],
            ['1&nbsp;234,50&nbsp;&#8381;', '1234.50', true], ['602р.', '602.40', true], ['602р.', '603.00', false],
            ['$131.20', '131.21', false], ['1 234.00р.', '1234', true], ['', '0.00', false],
            ['$1,234', '1234.00', true],
        ];
    }

    public function testRowsOfADealAddUpToTheKopeck(): void
    {
        $rows = [['price' => '641.91', 'quantity' => '2'], ['price' => '0.06', 'quantity' => '1']];
        self::assertSame('1283.88', Deals::addsUp(['OPPORTUNITY' => '1283.88', 'ROWS' => $rows]));

        $this->expectException(RuntimeException::class);
        Deals::addsUp(['OPPORTUNITY' => '1283.87', 'ROWS' => $rows]);
    }

    public function testLettersAreCountedByWhomTheyGoTo(): void
    {
        $folder = sys_get_temp_dir() . '/orderbridge-letters-' . bin2hex(random_bytes(4));
        mkdir($folder);
        file_put_contents("$folder/1.eml", "To: Anna\r\n <anna@example.com>\r\n\r\nTo: boris@example.com\r\n");
        file_put_contents("$folder/2.eml", "To: boris@example.com\nReply-To: anna@example.com\n\nanna@example.com\n");
        $letters = new Letters($folder);
        $counts = array_map($letters->to(...), ['anna@example.com', 'boris@example.com', 'eve@example.com']);
        exec('rm -r ' . escapeshellarg($folder));

        self::assertSame([1, 1, 0], $counts);
    }

    public function testAFormIsSentAsABrowserSendsIt(): void
    {
        $page = new Page(200, '', '<form id="f"><input name="a" value="1"><input type="submit" name="go" value="x">'
            . '<input type="checkbox" name="c" value="1"><input name="n[]" value="2"><input name="n[]" value="3">'
            . '<select name="s"><option value="4"><option value="5" selected></select></form>');

        self::assertSame(['a' => '1', 'n[0]' => '2', 'n[1]' => '3', 's' => '5'], $page->fields("//form[@id='f']"));
    }

    public function testBothLanguagesSayTheSame(): void
    {
        [$russian, $english] = array_map(
            static fn (string $language): array => require __DIR__ . "/../../shops/lib/words/$language.php",
            ['ru', 'en'],
        );
        self::assertSame(array_keys($russian), array_keys($english));
        foreach ($russian as $name => $text) {
            preg_match_all('/\{\w+\}/', $text, $places);
            preg_match_all('/\{\w+\}/', $english[$name], $others);
            self::assertEqualsCanonicalizing($places[0], $others[0], $name);
            self::assertMatchesRegularExpression('/[а-яё]/iu', $text);
        }
        preg_match_all('/--[\w-]+/', $russian['usage'], $options);
        preg_match_all('/--[\w-]+/', $english['usage'], $others);
        self::assertSame($options[0], $others[0]);
    }
}
