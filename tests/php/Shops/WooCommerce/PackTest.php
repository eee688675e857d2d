<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

use PHPUnit\Framework\TestCase;
use ZipArchive;

/** The plugin as WordPress's own uploader takes it. */
final class PackTest extends TestCase
{
    private const ROOT = __DIR__ . '/../../../..';
    private const SHOP = self::ROOT . '/php-bridge/shops/woocommerce';
    private const BUILT = ['core.php', 'selftest.json', 'BUILD.json', 'admin/app.js', 'js/orderbridge_bg.wasm'];

    private string $folder;

    protected function setUp(): void
    {
        $this->folder = sys_get_temp_dir() . '/orderbridge-pack-' . bin2hex(random_bytes(4));
        foreach (self::BUILT as $name) {
            @mkdir(dirname("$this->folder/pkg/$name"), 0777, true);
            file_put_contents("$this->folder/pkg/$name", $name);
        }
    }

    protected function tearDown(): void
    {
        exec('rm -r ' . escapeshellarg($this->folder));
    }

    public function testTheSameInputGivesTheSameBytes(): void
    {
        $first = (string) file_get_contents($this->pack('one'));
        // Files touched since must not show.
        touch("$this->folder/pkg/core.php", time() + 1000);
        chmod("$this->folder/pkg/core.php", 0600);

        self::assertSame(sha1($first), sha1((string) file_get_contents($this->pack('two'))));
        self::assertLessThan(1_500_000, strlen($first));
    }

    public function testItIsOneFolderWithAllThatThePluginNeeds(): void
    {
        $zip = new ZipArchive();
        self::assertTrue($zip->open($this->pack('one'), ZipArchive::RDONLY));
        $names = [];
        for ($at = 0; $at < $zip->numFiles; $at++) {
            $names[] = (string) $zip->getNameIndex($at);
        }
        $zip->close();

        foreach (
            [
                'orderbridge.php', 'uninstall.php', 'readme.txt', 'boot.php', 'LICENSE', 'adapter/Plugin.php',
                'languages/orderbridge-ru_RU.l10n.php', 'vendor/bridge/autoload.php', 'vendor/bridge/src/Bridge.php',
                'vendor/bridge/migrations/mysql/0001_tables.sql', 'vendor/pkg/core.php', 'vendor/pkg/selftest.json',
                'pkg/admin/app.js', 'pkg/js/orderbridge_bg.wasm',
            ] as $needed
        ) {
            self::assertContains("orderbridge/$needed", $names);
        }
        foreach ($names as $name) {
            self::assertMatchesRegularExpression('#^orderbridge/[\w./-]+$#', $name);
            self::assertDoesNotMatchRegularExpression('#/\.|\.\.|/pack$|/README\.md$|/bin/|sqlite#', $name);
        }
        self::assertSame($names, array_values(array_unique($names)));
    }

    public function testWithoutTheSettingsAppThereIsNoPackage(): void
    {
        unlink("$this->folder/pkg/admin/app.js");
        [$status, $said] = $this->packed("$this->folder/none.zip");

        self::assertSame(1, $status);
        self::assertStringContainsString('admin/app.js', $said);
    }

    public function testHeadReadmeAndCodeAgree(): void
    {
        $head = self::fields(self::SHOP . '/orderbridge.php', '/^ \* ([A-Z][\w ]+): +(.+)$/m');
        $readme = self::fields(self::SHOP . '/readme.txt', '/^([A-Z][\w ]+): (.+)$/m');
        $code = (string) file_get_contents(self::SHOP . '/adapter/Plugin.php');

        self::assertSame('woocommerce', $head['Requires Plugins']);
        self::assertSame('orderbridge', $head['Text Domain']);
        foreach (['Requires at least' => '6.5', 'Requires PHP' => '8.1'] as $field => $value) {
            self::assertSame([$value, $value], [$head[$field], $readme[$field]]);
        }
        self::assertSame($head['Version'], $readme['Stable tag']);
        self::assertStringContainsString("VERSION = '{$head['Version']}'", $code);
        self::assertStringContainsString(
            "= {$head['Version']} =",
            (string) file_get_contents(self::SHOP . '/readme.txt'),
            'the changelog has it',
        );
        self::assertArrayHasKey('WC requires at least', $head);
        self::assertArrayHasKey('WC tested up to', $head);
    }

    /** Every text of the code has a Russian one, and no other is there. */
    public function testTheRussianTextsAreComplete(): void
    {
        $texts = [];
        foreach ([self::SHOP . '/orderbridge.php', ...(array) glob(self::SHOP . '/adapter/*.php')] as $file) {
            preg_match_all(
                "/(?:__|esc_html__)\(\s*'((?:[^'\\\\]|\\\\.)+)',\s*'orderbridge',?\s*\)/",
                (string) file_get_contents((string) $file),
                $found,
            );
            array_push($texts, ...array_map(stripslashes(...), $found[1]));
        }
        $head = self::fields(self::SHOP . '/orderbridge.php', '/^ \* ([A-Z][\w ]+): +(.+)$/m');
        array_push($texts, $head['Plugin Name'], $head['Description']);
        $russian = require self::SHOP . '/languages/orderbridge-ru_RU.l10n.php';

        self::assertEqualsCanonicalizing(array_values(array_unique($texts)), array_keys($russian['messages']));
        foreach ($russian['messages'] as $text) {
            self::assertMatchesRegularExpression('/[а-яё]/iu', $text);
        }
    }

    /** An older PHP has to be able to read the first file, to say that it is too old. */
    public function testTheFirstFileIsReadByAnOldPhp(): void
    {
        $code = php_strip_whitespace(self::SHOP . '/orderbridge.php');
        self::assertStringContainsString('PHP_VERSION_ID', $code);

        self::assertDoesNotMatchRegularExpression(
            '/\?->|\bmatch\b|\benum\b|\breadonly\b|\bnever\b|\(\.\.\.\)|\bfn\b|declare/',
            $code,
        );
    }

    /** @return array<string, string> */
    private static function fields(string $file, string $pattern): array
    {
        preg_match_all($pattern, (string) file_get_contents($file), $found);

        return array_combine($found[1], array_map(trim(...), $found[2]));
    }

    private function pack(string $name): string
    {
        [$status, $said] = $this->packed($out = "$this->folder/$name.zip");
        self::assertSame(0, $status, $said);

        return $out;
    }

    /** @return array{int, string} exit code and what was said */
    private function packed(string $out): array
    {
        $command = [self::SHOP . '/pack', '--out', $out, '--pkg', "$this->folder/pkg"];
        exec(implode(' ', array_map(escapeshellarg(...), $command)) . ' 2>&1', $said, $status);

        return [$status, implode("\n", $said)];
    }
}
