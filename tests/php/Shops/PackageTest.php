<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops;

use PHPUnit\Framework\TestCase;
use ZipArchive;

/** `make package` with the core as it is built: what is given to owners. What is in each, the packs' own tests know. */
final class PackageTest extends TestCase
{
    private const ROOT = __DIR__ . '/../../..';
    private const LIMIT = 1_500_000;
    /** For a boxed Bitrix24, not for a shop. */
    private const MODULE = 'orderbridge.sync.zip';

    private string $folder;

    protected function setUp(): void
    {
        $this->folder = sys_get_temp_dir() . '/orderbridge-package-' . bin2hex(random_bytes(4));
    }

    protected function tearDown(): void
    {
        exec('rm -rf ' . escapeshellarg($this->folder));
    }

    public function testEveryShopHasOneSmallPackageAndAlwaysTheSame(): void
    {
        $first = $this->package('one');
        $second = $this->package('two');

        $names = ['orderbridge-opencart3.ocmod.zip', 'orderbridge.ocmod.zip', self::MODULE, 'orderbridge.zip'];
        self::assertSame($names, array_keys($first));
        self::assertCount(count((array) glob(self::ROOT . '/php-bridge/{shops/*,bitrix24}/pack', GLOB_BRACE)), $first);
        self::assertSame(array_map(sha1(...), $first), array_map(sha1(...), $second));
        foreach ($first as $name => $bytes) {
            self::assertLessThanOrEqual(self::LIMIT, strlen($bytes), $name);
        }
    }

    public function testEachCarriesLicenceAndTheBuiltCore(): void
    {
        foreach (array_keys($this->package('one')) as $name) {
            $found = [];
            foreach ($this->entries($name) as $entry => $bytes) {
                $found[basename($entry)] = $bytes;
            }
            self::assertStringContainsString('MIT License', $found['LICENSE'] ?? '', $name);
            if ($name === self::MODULE) {
                continue;
            }
            self::assertSame(sha1_file(self::ROOT . '/pkg/core.php'), sha1($found['core.php'] ?? ''), $name);
            self::assertSame(sha1_file(self::ROOT . '/pkg/admin/app.js'), sha1($found['app.js'] ?? ''), $name);
        }
    }

    /** Unpacked in local/modules it is where Bitrix looks for a module. */
    public function testTheModuleOfTheBoxIsWhole(): void
    {
        $this->package('one');
        $entries = $this->entries(self::MODULE);
        $folder = self::ROOT . '/php-bridge/bitrix24/';
        $files = [];
        exec('find ' . escapeshellarg("{$folder}orderbridge.sync") . ' -type f', $files);
        self::assertGreaterThan(20, count($files));
        foreach ($files as $file) {
            self::assertStringEqualsFile($file, $entries[substr($file, strlen($folder))] ?? '', $file);
        }
        self::assertCount(count($files) + 3, $entries, 'licence and guides, nothing else');
    }

    /** @return array<string, string> */
    private function entries(string $name): array
    {
        $zip = new ZipArchive();
        self::assertTrue($zip->open("$this->folder/one/$name", ZipArchive::RDONLY), $name);
        $entries = [];
        for ($at = 0; $at < $zip->numFiles; $at++) {
            $entries[(string) $zip->getNameIndex($at)] = (string) $zip->getFromIndex($at);
        }

        return $entries;
    }

    /** @return array<string, string> bytes of the packages by name */
    private function package(string $name): array
    {
        $dist = escapeshellarg("DIST=$this->folder/$name");
        exec('make -s -C ' . escapeshellarg(self::ROOT) . " package $dist 2>&1", $said, $status);
        self::assertSame(0, $status, implode("\n", $said));
        $packages = [];
        foreach ((array) glob("$this->folder/$name/*") as $file) {
            $packages[basename((string) $file)] = (string) file_get_contents((string) $file);
        }
        ksort($packages);

        return $packages;
    }
}
