<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Companion;

use Bitrix\Rest\RestException;
use Orderbridge\Companion\Rest;

use function array_column;

/** `orderbridge.changes.list`. */
final class RestTest extends CompanionTestCase
{
    public function testIsDescribedInAScopeThatTheWebhookHas(): void
    {
        $this->installed();
        [$described] = Kernel::send('rest', 'OnRestServiceBuildDescription', []);
        self::assertSame(['crm'], array_keys($described));
        self::assertSame(['orderbridge.changes.list'], array_keys($described['crm']));
        $method = $described['crm']['orderbridge.changes.list'];
        self::assertIsCallable($method['callback']);
        self::assertSame([], $method['options']);
        self::assertSame([], ($method['callback'])([], 0, null)['items']);
    }

    /** @dataProvider databases */
    public function testTellsWhatChangedWithWhatWasBefore(string $kind): void
    {
        $crm = $this->installed($kind);
        $begin = Rest::changes([])['last'];
        $deal = $crm->Add(['OPPORTUNITY' => '10']);
        Kernel::$user = 6;
        $crm->Update($deal, ['STAGE_ID' => 'C5:WON']);
        $crm->MoveToCategory($deal, 9, 'C9:NEW');
        $crm->Delete($deal);

        $list = Rest::changes(['after' => (string) $begin]);
        $items = $list['items'];
        self::assertSame(['add', 'update', 'move', 'delete'], array_column($items, 'TYPE'));
        self::assertSame(['', 'C5:NEW', 'C5:WON', 'C9:NEW'], array_column($items, 'OLD_STAGE_ID'));
        self::assertSame(['C5:NEW', 'C5:WON', 'C9:NEW', 'C9:NEW'], array_column($items, 'STAGE_ID'));
        $time = '/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/';
        self::assertMatchesRegularExpression($time, $items[1]['CREATED_TIME']);
        unset($items[1]['CREATED_TIME']);
        self::assertSame([
            'ID' => $begin + 2,
            'OWNER_ID' => $deal,
            'TYPE' => 'update',
            'OLD_CATEGORY_ID' => '5',
            'CATEGORY_ID' => '5',
            'OLD_STAGE_ID' => 'C5:NEW',
            'STAGE_ID' => 'C5:WON',
            'STAGE_SEMANTIC_ID' => 'S',
            'OPPORTUNITY' => '10.00',
            'ASSIGNED_BY_ID' => '1',
            'AUTHOR_ID' => 6,
        ], $items[1]);
        self::assertSame(
            [$begin + 4, $begin + 4, false, true],
            [$list['next'], $list['last'], $list['more'], $list['complete']],
        );
    }

    /** @dataProvider databases */
    public function testPageByPageNothingIsMissedAndNothingTwice(string $kind): void
    {
        $crm = $this->installed($kind);
        $cursor = Rest::changes([])['last'];
        for ($deal = 1; $deal <= 23; $deal++) {
            $crm->Add([]);
        }
        $seen = [];
        do {
            $list = Rest::changes(['AFTER' => $cursor, 'limit' => '5']);
            self::assertLessThanOrEqual(5, count($list['items']));
            $seen = [...$seen, ...array_column($list['items'], 'OWNER_ID')];
            $cursor = $list['next'];
        } while ($list['more']);
        self::assertSame(range(1, 23), $seen);
        self::assertSame($cursor, Rest::changes(['after' => $cursor])['next'], 'an empty page keeps the place');
    }

    /** @dataProvider databases */
    public function testStopsBeforeAGapThatMayYetFill(string $kind): void
    {
        $crm = $this->installed($kind);
        $cursor = Rest::changes([])['last'];
        for ($deal = 1; $deal <= 3; $deal++) {
            $crm->Add([]);
        }
        Kernel::$pdo->exec('DELETE FROM b_orderbridge_change WHERE ID = ' . ($cursor + 2));
        $list = Rest::changes(['after' => $cursor]);
        self::assertSame([1], array_column($list['items'], 'OWNER_ID'));
        self::assertSame([$cursor + 1, false], [$list['next'], $list['more']]);

        $this->later(61);
        self::assertSame([1, 3], array_column(Rest::changes(['after' => $cursor])['items'], 'OWNER_ID'));
    }

    public function testShowsOnlyDealsThatTheWebhooksOwnerMayRead(): void
    {
        $crm = $this->installed();
        $cursor = Rest::changes([])['last'];
        $crm->Add([]);
        $crm->Add([]);
        Kernel::$hidden = [1];
        $list = Rest::changes(['after' => $cursor]);
        self::assertSame([2], array_column($list['items'], 'OWNER_ID'));
        Kernel::$hidden = [1, 2];
        self::assertSame([[], $cursor + 2], [
            Rest::changes(['after' => $cursor])['items'],
            Rest::changes(['after' => $cursor])['next'],
        ]);

        Kernel::$mayRead = false;
        $this->expectExceptionObject(new RestException('Access denied', 'ACCESS_DENIED', '403 Forbidden'));
        Rest::changes([]);
    }

    /** @return array<string, array{array<string, mixed>}> */
    public function wrong(): array
    {
        return [
            'after: a text' => [['after' => 'x']], 'after: below zero' => [['after' => '-1']],
            'after: a list' => [['after' => ['1']]], 'after: too long' => [['after' => '9999999999999999999']],
            'after: SQL' => [['after' => '1 OR 1=1']], 'limit: zero' => [['limit' => 0]],
            'limit: too much' => [['limit' => 501]], 'limit: a fraction' => [['limit' => '1.5']],
        ];
    }

    /** @dataProvider wrong */
    public function testRefusesWhatItDoesNotUnderstand(array $query): void
    {
        $this->installed();
        try {
            Rest::changes($query);
            self::fail('it took ' . json_encode($query));
        } catch (RestException $refusal) {
            self::assertSame(['INVALID_ARG_VALUE', '400 Bad Request'], [$refusal->error, $refusal->status]);
        }
    }
}
