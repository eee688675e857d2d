<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart;

use PHPUnit\Framework\TestCase;
use ZipArchive;

/** The package that the shop's own uploader takes. */
abstract class PackTestCase extends TestCase
{
    protected const ROOT = __DIR__ . '/../../../..';
    private const PKG = [
        'core.php', 'selftest.json', 'BUILD.json', 'admin/app.js', 'js/orderbridge_bg.wasm',
    ];

    private string $folder;

    /** Name of the version's folder below `shops`. */
    abstract protected function version(): string;

    /** Where the shop puts libraries, in the package. */
    abstract protected function library(): string;

    /** @return list<string> what the shop looks for by name */
    abstract protected function needed(): array;

    protected function setUp(): void
    {
        $this->folder = sys_get_temp_dir() . '/orderbridge-pack-' . bin2hex(random_bytes(4));
        mkdir($this->folder . '/pkg/admin', 0777, true);
        mkdir($this->folder . '/pkg/js');
        foreach (self::PKG as $name) {
            file_put_contents($this->folder . '/pkg/' . $name, $name);
        }
    }

    protected function tearDown(): void
    {
        foreach (self::PKG as $name) {
            unlink("$this->folder/pkg/$name");
        }
        array_map(unlink(...), (array) glob($this->folder . '/*.zip'));
        foreach (['pkg/admin', 'pkg/js', 'pkg', ''] as $folder) {
            rmdir("$this->folder/$folder");
        }
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
            $library = $this->library() . 'pkg/';
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

    public function testItHoldsWhatTheShopLooksFor(): void
    {
        $names = array_keys($this->unpacked());
        $library = $this->library();
        foreach (
            [
                ...$this->needed(),
                $library . 'boot.php',
                $library . 'cli.php',
                $library . 'edition/edition.php',
                $library . 'adapter/OpenCartShop.php',
                $library . 'bridge/autoload.php',
                $library . 'bridge/src/Bridge.php',
                $library . 'bridge/bin/orderbridge',
                $library . 'bridge/migrations/mysql/0001_tables.sql',
                $library . 'pkg/core.php',
                $library . 'pkg/selftest.json',
                $library . 'LICENSE',
            ] as $needed
        ) {
            self::assertContains($needed, $names);
        }
        foreach ($names as $name) {
            self::assertDoesNotMatchRegularExpression('#(^|/)\.|\.\.|~$|(^|/)pack$|\.py$#', $name);
        }
        self::assertSame($names, array_values(array_unique($names)));
    }

    /** 4.1 writes every form that it sends itself to the browser's console: the page has none that holds a secret. */
    public function testThePagesOnlyFormHoldsNothingButItsSwitch(): void
    {
        $views = preg_grep('#/orderbridge\.twig$#', array_keys($this->unpacked()));
        self::assertCount(1, $views);
        $view = $this->unpacked()[(string) current($views)];
        self::assertStringNotContainsString('data-oc-', $view);
        self::assertSame(1, substr_count($view, '<form'));
        self::assertSame(1, preg_match_all('/<(?:input|textarea|select)\b[^>]*\bname="(\w+)"/', $view, $fields));
        self::assertSame(['enabled'], $fields[1]);
        self::assertSame(1, preg_match_all('/<(?:input|textarea|select)\b/', $view), 'and none without a name');
    }

    public function testBothLanguagesSayTheSameThings(): void
    {
        $keys = [];
        foreach (['en-gb', 'ru-ru'] as $language) {
            $_ = [];
            require self::ROOT . "/php-bridge/shops/opencart/language/$language.php";
            $keys[$language] = array_keys($_);
            self::assertNotContains('', $_, $language);
        }
        self::assertSame($keys['en-gb'], $keys['ru-ru']);
    }

    /** @return array<string, string> what is in the package, by name, in its order */
    protected function unpacked(): array
    {
        $zip = new ZipArchive();
        self::assertTrue($zip->open($this->pack('one'), ZipArchive::RDONLY));
        $files = [];
        for ($at = 0; $at < $zip->numFiles; $at++) {
            $files[(string) $zip->getNameIndex($at)] = (string) $zip->getFromIndex($at);
        }
        $zip->close();

        return $files;
    }

    private function pack(string $name): string
    {
        $out = "$this->folder/$name.zip";
        $pack = self::ROOT . "/php-bridge/shops/{$this->version()}/pack";
        $command = [$pack, '--out', $out, '--pkg', $this->folder . '/pkg'];
        exec(implode(' ', array_map(escapeshellarg(...), $command)) . ' 2>&1', $said, $status);
        self::assertSame(0, $status, implode("\n", $said));

        return $out;
    }
}
