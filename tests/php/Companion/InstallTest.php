<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Companion;

use Bitrix\Main\Localization\Loc;
use Orderbridge\Companion\Courier;
use Orderbridge\Companion\Rest;

use function array_keys;
use function glob;
use function substr_count;

/** It comes and goes without a trace that nobody wanted. */
final class InstallTest extends CompanionTestCase
{
    private function uninstall(array $request): void
    {
        $GLOBALS['step'] = 2;
        $_REQUEST = $request;
        Kernel::module()->DoUninstall();
        $_REQUEST = [];
        $GLOBALS['step'] = null;
    }

    /** @dataProvider databases */
    public function testInstallsAndGoesWithItsData(string $kind): void
    {
        $this->box($kind);
        $module = Kernel::module();
        self::assertMatchesRegularExpression('/^\d+\.\d+\.\d+$/', $module->MODULE_VERSION);
        self::assertNotSame('', $module->MODULE_NAME . $module->MODULE_DESCRIPTION);
        self::assertTrue($module->DoInstall());

        self::assertArrayHasKey('orderbridge.sync', Kernel::$modules);
        self::assertSame(['orderbridge.sync', 'N', 60], Kernel::$agents[Courier::AGENT]);
        self::assertCount(8, Kernel::$handlers);
        foreach (Kernel::$handlers as [, , $to, $class, $method]) {
            self::assertSame('orderbridge.sync', $to);
            self::assertTrue(method_exists($class, $method), "$class::$method");
        }
        $field = Kernel::$fields['UF_CRM_ORDERBRIDGE_ORDER'];
        self::assertSame(
            ['string', 'N', 'N', 'N', 'E'],
            array_map(static fn (string $key): string => $field[$key], [
                'USER_TYPE_ID', 'SHOW_IN_LIST', 'EDIT_IN_LIST', 'MANDATORY', 'SHOW_FILTER',
            ]),
        );

        $this->uninstall([]);
        self::assertSame(['main', 'crm', 'rest'], array_keys(Kernel::$modules));
        self::assertSame([[], [], []], [Kernel::$handlers, Kernel::$agents, Kernel::$options]);
        self::assertCount(1, Kernel::$fields, 'the field holds orders: it is never deleted');
        $this->expectExceptionMessageMatches('/b_orderbridge_state/');
        $this->table('state');
    }

    /** @dataProvider databases */
    public function testKeepsItsDataWhenAskedTo(string $kind): void
    {
        $crm = $this->installed($kind, true);
        $deal = $crm->Add(['ORIGIN_ID' => '5', 'ORIGINATOR_ID' => 'shop-1']);
        Kernel::$answers = ['CONNECTION'];
        Kernel::runAgents();
        $options = Kernel::$options;

        $this->uninstall(['savedata' => 'Y']);
        self::assertSame($options, Kernel::$options);
        self::assertCount(1, $this->table('push'));
        $before = Rest::changes(['after' => 0])['last'];
        // While it is away nobody looks.
        $crm->Update($deal, ['STAGE_ID' => 'C5:WON']);
        self::assertTrue(Kernel::module()->DoInstall());
        $crm->Update($deal, ['STAGE_ID' => 'C5:NEW']);

        self::assertSame(["$deal U C5:WON>C5:NEW"], $this->changes(), 'what it knew is worth nothing now');
        $list = Rest::changes(['after' => $before]);
        self::assertFalse($list['complete'], 'and whoever reads on is told so');
        self::assertTrue(Rest::changes(['after' => $list['last']])['complete']);
        $this->later(60);
        Kernel::$posted = [];
        Kernel::$answers = [[200, []]];
        Kernel::runAgents();
        self::assertSame('C5:NEW', $this->sent()[0]['data']['STAGE_ID'], 'what has waited is sent as it is now');
    }

    public function testAsksFirstAndWantsTheSession(): void
    {
        $this->installed();
        Kernel::module()->DoUninstall();
        self::assertStringContainsString('name="savedata" value="Y" checked', Kernel::$pages[1]);
        self::assertStringContainsString('name="sessid"', Kernel::$pages[1]);
        self::assertStringContainsString('name="step" value="2"', Kernel::$pages[1]);

        Kernel::$sessid = false;
        $this->uninstall([]);
        self::assertArrayHasKey('orderbridge.sync', Kernel::$modules, 'not without the session\'s own word');
    }

    public function testABoxThatLacksSomethingStaysAsItWas(): void
    {
        foreach (['crm', 'rest'] as $missing) {
            $this->box();
            unset(Kernel::$modules[$missing]);
            $this->refuses('CRM');
        }
        $this->box();
        Kernel::$options['main']['type'] = 'pgsql';
        $this->refuses('MySQL');
    }

    public function testWhatGoesWrongHalfWayIsTakenBack(): void
    {
        foreach (['sql', 'handlers'] as $broken) {
            $this->box();
            Kernel::$broken = $broken;
            $this->refuses("$broken is broken");
        }
    }

    private function refuses(string $with): void
    {
        self::assertFalse(Kernel::module()->DoInstall());
        self::assertStringContainsString($with, Kernel::$thrown[0]);
        self::assertArrayNotHasKey('orderbridge.sync', Kernel::$modules);
        self::assertSame([[], [], []], [Kernel::$handlers, Kernel::$agents, Kernel::$fields]);
    }

    public function testAFieldThatIsThereStaysAsItIs(): void
    {
        $this->box();
        Kernel::$fields = ['UF_CRM_ORDERBRIDGE_ORDER' => ['SHOW_IN_LIST' => 'Y']];
        Kernel::module()->DoInstall();
        self::assertSame(['UF_CRM_ORDERBRIDGE_ORDER' => ['SHOW_IN_LIST' => 'Y']], Kernel::$fields);
    }

    public function testAFieldThatCannotBeMadeIsTheShopsBusiness(): void
    {
        $this->box();
        Kernel::$broken = 'fields';
        self::assertTrue(Kernel::module()->DoInstall());
        self::assertSame([], Kernel::$thrown);
    }

    public function testEveryTextIsInBothLanguages(): void
    {
        $this->box();
        $folder = Kernel::folder();
        $used = '';
        foreach ([...glob("$folder/*.php"), ...glob("$folder/lib/*.php"), ...glob("$folder/install/*.php")] as $file) {
            $used .= file_get_contents($file);
        }
        foreach (['options.php', 'install/index.php'] as $file) {
            $texts = [];
            foreach (['ru', 'en'] as $lang) {
                $MESS = [];
                include "$folder/lang/$lang/$file";
                $texts[$lang] = $MESS;
                Kernel::$lang = $lang;
                Loc::loadMessages("$folder/$file");
            }
            self::assertSame(array_keys($texts['ru']), array_keys($texts['en']));
            foreach ($texts['ru'] as $code => $text) {
                self::assertSame(substr_count($text, '#'), substr_count($texts['en'][$code], '#'), $code);
                self::assertStringContainsString("'$code'", $used, 'nobody says it');
                self::assertDoesNotMatchRegularExpression('/[а-яё]/iu', $texts['en'][$code]);
            }
        }
    }
}
