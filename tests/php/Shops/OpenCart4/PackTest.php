<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart4;

use PHPUnit\Framework\TestCase;
use ZipArchive;

/** The package that the shop's own uploader takes. */
final class PackTest extends TestCase
{
    private const ROOT = __DIR__ . '/../../../..';

    private string $folder;

    protected function setUp(): void
    {
        $this->folder = sys_get_temp_dir() . '/orderbridge-pack-' . bin2hex(random_bytes(4));
        mkdir($this->folder . '/pkg', 0777, true);
        foreach (['core.php', 'selftest.json', 'BUILD.json'] as $name) {
            file_put_contents($this->folder . '/pkg/' . $name, $name);
        }
    }

    protected function tearDown(): void
    {
        foreach ([...(array) glob($this->folder . '/pkg/*'), ...(array) glob($this->folder . '/*.zip')] as $file) {
            unlink((string) $file);
        }
        rmdir($this->folder . '/pkg');
        rmdir($this->folder);
    }

    public function testTheSameInputGivesTheSameBytes(): void
    {
        $first = (string) file_get_contents($this->pack('one'));
        // Files touched since must not show.
        touch($this->folder . '/pkg/core.php', time() + 1000);
        chmod($this->folder . '/pkg/core.php', 0600);

        self::assertSame(sha1($first), sha1((string) file_get_contents($this->pack('two'))));
        self::assertLessThan(1_500_000, strlen($first));
    }

    /** Unpacked over an older one, else PHP's opcache would go on running the old file. */
    public function testAFileThatHasChangedHasAnotherTime(): void
    {
        $times = function (string $name): array {
            $zip = new ZipArchive();
            self::assertTrue($zip->open($this->pack($name), ZipArchive::RDONLY));
            $library = 'system/library/orderbridge/pkg/';
            $times = array_map(
                static fn (string $file): int => ((array) $zip->statName($library . $file))['mtime'],
                ['core' => 'core.php', 'build' => 'BUILD.json'],
            );
            $zip->close();

            return $times;
        };
        $before = $times('one');
        file_put_contents($this->folder . '/pkg/core.php', 'another core');
        $after = $times('two');

        self::assertNotSame($before['core'], $after['core']);
        self::assertSame($before['build'], $after['build']);
        self::assertLessThan(time(), max([...array_values($before), ...array_values($after)]));
    }

    public function testItHoldsWhatTheInstallerLooksFor(): void
    {
        $zip = new ZipArchive();
        self::assertTrue($zip->open($this->pack('one'), ZipArchive::RDONLY));
        $names = [];
        for ($at = 0; $at < $zip->numFiles; $at++) {
            $names[] = (string) $zip->getNameIndex($at);
        }
        $about = json_decode((string) $zip->getFromName('install.json'), true);
        $zip->close();

        self::assertSame('install.json', $names[0]);
        foreach (['name', 'version', 'author', 'link'] as $key) {
            self::assertNotEmpty($about[$key], "4.0.2.3 refuses a package without $key");
        }
        $library = 'system/library/orderbridge/';
        foreach (
            [
                'admin/controller/module/orderbridge.php',
                'admin/language/en-gb/module/orderbridge.php',
                'admin/language/ru-ru/module/orderbridge.php',
                'admin/view/template/module/orderbridge.twig',
                'catalog/controller/module/orderbridge.php',
                $library . 'boot.php',
                $library . 'adapter/OpenCartShop.php',
                $library . 'bridge/autoload.php',
                $library . 'bridge/src/Bridge.php',
                $library . 'bridge/bin/orderbridge',
                $library . 'bridge/migrations/mysql/0001_tables.sql',
                $library . 'pkg/core.php',
                $library . 'pkg/selftest.json',
            ] as $needed
        ) {
            self::assertContains($needed, $names);
        }
        foreach ($names as $name) {
            self::assertDoesNotMatchRegularExpression('#(^|/)\.|\.\.|~$|^pack$#', $name);
        }
        self::assertSame($names, array_values(array_unique($names)));
    }

    public function testBothLanguagesSayTheSameThings(): void
    {
        $keys = [];
        foreach (['en-gb', 'ru-ru'] as $language) {
            $_ = [];
            require self::ROOT . "/php-bridge/shops/opencart4/admin/language/$language/module/orderbridge.php";
            $keys[$language] = array_keys($_);
            self::assertNotContains('', array_diff_key($_, ['hint_portal_stopped' => '']), $language);
        }
        self::assertSame($keys['en-gb'], $keys['ru-ru']);
    }

    private function pack(string $name): string
    {
        $out = "$this->folder/$name.zip";
        $command = [self::ROOT . '/php-bridge/shops/opencart4/pack', '--out', $out, '--pkg', $this->folder . '/pkg'];
        exec(implode(' ', array_map(escapeshellarg(...), $command)) . ' 2>&1', $said, $status);
        self::assertSame(0, $status, implode("\n", $said));

        return $out;
    }
}
