<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\OpenCart4;

use Orderbridge\Tests\Shops\OpenCart\PackTestCase;

final class PackTest extends PackTestCase
{
    protected function version(): string
    {
        return 'opencart4';
    }

    protected function library(): string
    {
        return 'system/library/orderbridge/';
    }

    protected function needed(): array
    {
        return [
            'install.json',
            'admin/controller/module/orderbridge.php',
            'admin/language/en-gb/module/orderbridge.php',
            'admin/language/ru-ru/module/orderbridge.php',
            'admin/view/template/module/orderbridge.twig',
            'admin/view/javascript/app.js',
            'admin/view/javascript/orderbridge_bg.wasm',
            'catalog/controller/module/orderbridge.php',
            'system/library/orderbridge/edition/OpenCart4.php',
        ];
    }

    public function testTheShopReadsFirstWhatItIs(): void
    {
        $files = $this->unpacked();
        self::assertSame('install.json', array_key_first($files));
        $about = json_decode($files['install.json'], true);
        foreach (['name', 'version', 'author', 'link'] as $key) {
            self::assertNotEmpty($about[$key], "4.0.2.3 refuses a package without $key");
        }
    }
}
