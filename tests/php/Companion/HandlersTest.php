<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Companion;

use Bitrix\Main\Event;
use Orderbridge\Companion\Handlers;
use stdClass;

use function count;

/** In the manager's request: one INSERT at most, nothing that could disturb it. */
final class HandlersTest extends CompanionTestCase
{
    /** @dataProvider databases */
    public function testNotesEveryRealChangeWithWhatWasBefore(string $kind): void
    {
        $crm = $this->installed($kind);
        $deal = $crm->Add(['STAGE_ID' => 'C5:NEW', 'CATEGORY_ID' => '5', 'OPPORTUNITY' => '100.00']);
        self::assertCount(1, $this->inserts());
        $steps = [
            ['STAGE_ID' => 'C5:EXECUTING'],
            ['OPPORTUNITY' => '150.5'],
            ['ASSIGNED_BY_ID' => 6],
            ['STAGE_ID' => 'C5:WON', 'OPPORTUNITY' => 151],
        ];
        foreach ($steps as $fields) {
            self::assertTrue($crm->Update($deal, $fields));
            $written = $this->inserts();
            self::assertCount(1, $written, 'one statement in the manager\'s request');
            self::assertStringStartsWith('INSERT INTO b_orderbridge_change', $written[0]);
        }
        Kernel::$user = 8;
        $crm->MoveToCategory($deal, 9, 'C9:NEW');
        $crm->Delete($deal);

        self::assertSame([
            '1 A >C5:NEW',
            '1 U C5:NEW>C5:EXECUTING',
            '1 U C5:EXECUTING>C5:EXECUTING',
            '1 U C5:EXECUTING>C5:EXECUTING',
            '1 U C5:EXECUTING>C5:WON',
            '1 M C5:WON>C9:NEW',
            '1 D C9:NEW>C9:NEW',
        ], $this->changes());
        $won = $this->table('change')[5];
        self::assertSame(
            ['S', '5', '151.00', '6', '1'],
            [$won['SEMANTICS'], $won['CATEGORY'], $won['AMOUNT'], $won['RESPONSIBLE'], (string) $won['AUTHOR']],
        );
        $moved = $this->table('change')[6];
        self::assertSame(
            ['5', '9', '8'],
            [$moved['OLD_CATEGORY'], $moved['CATEGORY'], (string) $moved['AUTHOR']],
        );
        self::assertSame([], Kernel::$posted, 'no HTTP in the manager\'s request');
    }

    /** @dataProvider databases */
    public function testAnUpdateThatChangesNothingOfThisIsNone(string $kind): void
    {
        $crm = $this->installed($kind);
        $deal = $crm->Add(['OPPORTUNITY' => '100.00']);
        $this->inserts();
        Kernel::$read = [];
        // What no shop wants to know costs not even a read.
        $crm->Update($deal, ['TITLE' => 'Другое', 'COMMENTS' => 'x']);
        self::assertSame([[], []], [$this->inserts(), Kernel::$read]);

        // Old boxes have events for updates that change nothing, and pass what the form sent.
        $crm->Update($deal, ['STAGE_ID' => 'C5:NEW', 'ASSIGNED_BY_ID' => 1, 'OPPORTUNITY' => '100']);
        $crm->Update($deal, ['OPPORTUNITY' => 100.0]);
        $crm->Update($deal, ['STAGE_ID' => '', 'OPPORTUNITY' => null]);
        self::assertSame([], $this->inserts());
        self::assertCount(1, $this->changes());
    }

    /** @dataProvider databases */
    public function testTheSameEventTwiceIsOneChange(string $kind): void
    {
        $crm = $this->installed($kind);
        $deal = $crm->Add([]);
        $added = ['ID' => $deal, 'STAGE_ID' => 'C5:NEW', 'OPPORTUNITY' => '0', 'ASSIGNED_BY_ID' => '1'];
        $moved = ['ID' => (string) $deal, 'STAGE_ID' => 'C5:WON', 'MODIFY_BY_ID' => '6'];
        for ($time = 1; $time <= 2; $time++) {
            Handlers::afterAdd($added);
        }
        for ($time = 1; $time <= 3; $time++) {
            Handlers::afterUpdate($moved);
        }
        $event = new Event('crm', 'x', ['id' => $deal, 'categoryId' => 7, 'stageId' => 'C7:NEW']);
        for ($time = 1; $time <= 2; $time++) {
            Handlers::beforeMove($event);
            Handlers::afterMove($event);
        }
        for ($time = 1; $time <= 2; $time++) {
            Handlers::afterDelete($deal);
        }
        self::assertSame(
            ['1 A >C5:NEW', '1 U C5:NEW>C5:WON', '1 M C5:WON>C7:NEW', '1 D C7:NEW>C7:NEW'],
            $this->changes(),
        );
    }

    /** @dataProvider databases */
    public function testADealFromBeforeTheModuleIsReadOnce(string $kind): void
    {
        $this->box($kind);
        $crm = new \CCrmDeal();
        $old = $crm->Add(['STAGE_ID' => 'C5:EXECUTING', 'OPPORTUNITY' => '10']);
        $still = $crm->Add(['STAGE_ID' => 'C5:EXECUTING']);
        Kernel::module()->DoInstall();

        $crm->Update($still, ['STAGE_ID' => 'C5:EXECUTING']);
        $crm->Update($old, ['STAGE_ID' => 'C5:WON']);
        $crm->Update($old, ['OPPORTUNITY' => '10.00']);
        $crm->MoveToCategory($still, 9, 'C9:NEW');

        self::assertSame(["$old U C5:EXECUTING>C5:WON", "$still M C5:EXECUTING>C9:NEW"], $this->changes());
        $moved = $this->table('change')[2];
        self::assertSame(['5', '9'], [$moved['OLD_CATEGORY'], $moved['CATEGORY']]);
    }

    public function testWhatAnotherModuleCalledOffIsNoChange(): void
    {
        $crm = $this->installed();
        Kernel::$deals[77] = ['ID' => '77', 'STAGE_ID' => 'NEW', 'CATEGORY_ID' => '0', 'OPPORTUNITY' => '0'];
        Kernel::$handlers[] = ['crm', 'OnBeforeCrmDealUpdate', 'main', self::class, 'callOff', 1];

        self::assertFalse($crm->Update(77, ['STAGE_ID' => 'WON']));
        self::assertSame([], $this->changes());
        array_pop(Kernel::$handlers);
        $crm->Update(77, ['STAGE_ID' => 'WON']);
        self::assertSame(['77 U NEW>WON'], $this->changes());
    }

    public static function callOff(): bool
    {
        return false;
    }

    public function testADealThatComesBackFromTheBinIsAChange(): void
    {
        $crm = $this->installed();
        $deal = $crm->Add([]);
        $crm->Delete($deal);
        Handlers::afterAdd(['ID' => $deal, 'STAGE_ID' => 'C5:NEW']);

        self::assertSame(['1 A >C5:NEW', '1 D C5:NEW>C5:NEW', '1 A C5:NEW>C5:NEW'], $this->changes());
    }

    public function testOnlyWatchedFunnelsCount(): void
    {
        $crm = $this->installed();
        $this->save(['funnels' => ' 5, 9']);
        $general = $crm->Add(['STAGE_ID' => 'NEW', 'CATEGORY_ID' => '0']);
        $crm->Update($general, ['STAGE_ID' => 'WON']);
        $crm->Delete($general);
        self::assertSame([], $this->changes());

        $shop = $crm->Add(['STAGE_ID' => 'C5:NEW']);
        // Out of it and into it: the shop has to hear of both.
        $crm->MoveToCategory($shop, 3, 'C3:NEW');
        $crm->Update($shop, ['STAGE_ID' => 'C3:WON']);
        $crm->MoveToCategory($shop, 9, 'C9:NEW');
        self::assertSame("$shop M C5:NEW>C3:NEW", $this->changes()[1]);
        self::assertSame('M', $this->table('change')[count($this->table('change')) - 1]['KIND']);
        self::assertCount(3, $this->changes());
    }

    /** @return iterable<string, array{string, array<mixed>}> */
    public function oddities(): iterable
    {
        Kernel::load();
        $methods = ['beforeUpdate', 'afterAdd', 'afterUpdate', 'beforeDelete', 'afterDelete', 'beforeMove'];
        $methods[] = 'afterMove';
        $arguments = [
            'null' => null, 'nothing' => [], 'false' => false, 'a text' => 'x', 'an object' => new stdClass(),
            'a number' => -5, 'no id' => ['STAGE_ID' => 'C5:WON'], 'id null' => ['ID' => null, 'STAGE_ID' => 'NEW'],
            'id a text' => ['ID' => "1' OR 1=1", 'STAGE_ID' => 'NEW'],
            'id a list' => ['ID' => [1], 'STAGE_ID' => 'NEW'],
            'id too long' => ['ID' => '99999999999999999999', 'STAGE_ID' => 'NEW'],
            'id only' => ['ID' => 5], 'an empty event' => new Event('crm', 'x', []),
            'an event of junk' => new Event('crm', 'x', ['id' => ['x'], 'stageId' => new stdClass()]),
            'stage a list' => ['ID' => 5, 'STAGE_ID' => ['NEW'], 'OPPORTUNITY' => new stdClass()],
        ];
        foreach ($methods as $method) {
            foreach ($arguments as $name => $argument) {
                yield "$method: $name" => [$method, [$argument]];
            }
        }
    }

    /** @dataProvider oddities */
    public function testWhateverComesItNeitherThrowsNorAnswers(string $method, array $arguments): void
    {
        $this->installed();
        self::assertNull(Handlers::$method(...$arguments));
        self::assertSame([], $this->changes());
        self::assertSame('', $this->state('trouble'));
    }

    public function testTextsAreNoStatements(): void
    {
        $this->installed();
        $long = str_repeat('я', 200);
        Handlers::afterAdd(['ID' => 3, 'STAGE_ID' => "C5:N'; DROP TABLE b_orderbridge_change; --\\"]);
        Handlers::afterAdd(['ID' => 4, 'STAGE_ID' => 'NEW', 'ASSIGNED_BY_ID' => "6\\' OR 1", 'OPPORTUNITY' => $long]);

        self::assertStringContainsString("C5:N'; DROP TABLE", $this->changes()[0]);
        self::assertCount(2, $this->changes());
    }

    /** @return array<string, array{string}> */
    public function faults(): array
    {
        return ['database' => ['sql'], 'the CRM\'s own classes' => ['orm'], 'options' => ['options']];
    }

    /** @dataProvider faults */
    public function testOurFaultsNeverReachTheCrm(string $broken): void
    {
        $crm = $this->installed();
        Kernel::$deals[77] = ['ID' => '77', 'STAGE_ID' => 'C5:NEW', 'CATEGORY_ID' => '5', 'OPPORTUNITY' => '0'];
        $deal = $crm->Add([]);
        Kernel::$broken = $broken;

        self::assertTrue($crm->Update($deal, ['STAGE_ID' => 'C5:EXECUTING']));
        self::assertTrue($crm->Update(77, ['STAGE_ID' => 'C5:WON']));
        self::assertSame(2, $crm->Add([]));
        $crm->MoveToCategory($deal, 9, 'C9:NEW');
        $crm->Delete($deal);
        Kernel::$broken = '';

        self::assertSame('C5:WON', Kernel::$deals[77]['STAGE_ID'], 'the manager\'s work is done');
        self::assertArrayNotHasKey($deal, Kernel::$deals);
        if ($broken !== 'sql') {
            self::assertMatchesRegularExpression('/RuntimeException Kernel.php:\d+/', $this->state('trouble'));
        }
    }

    public function testWithoutItsTablesItIsSilent(): void
    {
        $crm = $this->installed();
        $deal = $crm->Add([]);
        Kernel::$pdo->exec('DROP TABLE b_orderbridge_change');

        self::assertTrue($crm->Update($deal, ['STAGE_ID' => 'C5:WON']));
        self::assertStringContainsString('SqlQueryException', $this->state('trouble'));
        Kernel::$pdo->exec('DROP TABLE b_orderbridge_state');
        self::assertTrue($crm->Update($deal, ['STAGE_ID' => 'C5:NEW']));
    }
}
