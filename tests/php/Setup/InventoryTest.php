<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Setup;

use Orderbridge\Setup\Inventory;
use PHPUnit\Framework\TestCase;
use stdClass;

use function array_column;
use function array_filter;
use function array_map;
use function array_slice;
use function count;
use function intdiv;
use function json_encode;
use function range;
use function strlen;
use function strval;

use const JSON_THROW_ON_ERROR;
use const JSON_UNESCAPED_UNICODE;

/** A check of the settings has to pass into the core, however large shop and portal are. */
final class InventoryTest extends TestCase
{
    /** What passes into the core. */
    private const MOST_BYTES = 256 * 1024;

    public function testOfThousandsOfCategoriesOnlyThoseInUseAreHandedOver(): void
    {
        $all = array_map(static fn (int $id): array => [
            'id' => (string) $id,
            'parent_id' => $id <= 10 ? null : (string) intdiv($id, 10),
            'name' => "Подарки, сувениры и очень длинное название $id",
        ], range(1, 5000));
        self::assertGreaterThan(self::MOST_BYTES, self::bytes($all));
        $document = [
            'responsible' => (object) ['rules' => [(object) ['when' => (object) ['categories' => ['4321', 'gone']]]]],
            'fields' => [['when' => ['categories' => ['77']]]],
            'funnels' => [['when' => ['categories' => ['4322']]]],
        ];

        $found = Inventory::categories($all, $document);

        self::assertSame(['4321', '432', '43', '4', '77', '7', '4322'], array_column($found, 'id'));
        self::assertSame($all[4320], $found[0]);
    }

    public function testCategoriesThatGoRoundInACircleComeToAnEnd(): void
    {
        $all = [['id' => '1', 'parent_id' => '2', 'name' => ''], ['id' => '2', 'parent_id' => '1', 'name' => '']];

        $found = Inventory::categories($all, ['fields' => [['when' => ['categories' => ['1']]]]]);

        self::assertSame(['1', '2'], array_column($found, 'id'));
    }

    /** @return iterable<string, array{array<string, mixed>}> */
    public function unreadable(): iterable
    {
        yield 'nothing' => [[]];
        yield 'texts' => [['responsible' => 'x', 'fields' => 'x', 'funnels' => 'x']];
        yield 'rules that are none' => [['responsible' => ['rules' => ['x', 1, null]]]];
        yield 'rows that are none' => [['fields' => ['x'], 'funnels' => [[]]]];
        yield 'conditions that are none' => [['fields' => [['when' => 'x'], ['when' => ['categories' => 'x']]]]];
        yield 'ids that are none' => [['fields' => [['when' => ['categories' => [1, null, [], new stdClass()]]]]]];
    }

    /**
     * @dataProvider unreadable
     * @param array<string, mixed> $document
     */
    public function testWhatSomebodySendsIsForTheCoreToJudge(array $document): void
    {
        $all = [['id' => '1', 'parent_id' => null, 'name' => 'Посуда']];

        self::assertSame([], Inventory::categories($all, $document));
        self::assertSame([], Inventory::filled([self::field('deal', 'ufCrmWay')], $document));
    }

    public function testOfThePortalsFieldsThoseInUseAndOneOfEachKindAreHandedOver(): void
    {
        $fields = [
            ...array_map(static fn (int $number): array => self::field('deal', "ufCrm$number"), range(1, 300)),
            self::field('contact', 'post'),
        ];
        $currencies = [['code' => 'RUB', 'base' => true]];
        $kept = Inventory::of(['funnels' => [], 'currencies' => $currencies, 'fields' => $fields]);
        $document = ['fields' => [(object) ['of' => 'deal', 'field' => 'ufCrm200'], ['field' => 'ufCrm7']]];

        $handed = Inventory::for((object) $kept, $document);

        self::assertSame([['code' => 'RUB']], $handed['currencies'] ?? null);
        self::assertSame(['ufCrm7', 'ufCrm200', 'ufCrm1', 'post'], array_column($handed['fields'] ?? [], 'name'));
        self::assertSame([['id' => '31', 'value' => 'Курьер']], $handed['fields'][1]['items'] ?? null);
        self::assertSame([], $handed['fields'][2]['items'] ?? null, 'what it takes is asked of nobody');
    }

    public function testOfThousandsOfUsersThoseWhoAreNamedAreHandedOverAndAsManyAsPass(): void
    {
        $users = array_map(static fn (int $id): array => [
            'id' => (string) $id,
            'name' => "Екатерина Александровская-Константинопольская $id",
            'active' => $id % 10 !== 0,
        ], range(1, 4000));
        $document = ['responsible' => (object) [
            'fallback' => '4000',
            'rules' => [(object) ['users' => ['3999', 'gone']], ['users' => 'x'], 'x'],
            'hours' => [['users' => ['3998']]],
            'absences' => [['user' => '3997'], ['user' => 1]],
        ]];
        $all = Inventory::of(['funnels' => [], 'users' => $users]);
        self::assertGreaterThan(self::MOST_BYTES, self::bytes($users));

        $kept = Inventory::for((object) $all, $document)['users'] ?? [];

        self::assertLessThanOrEqual(self::MOST_BYTES / 4, self::bytes($kept));
        self::assertSame(array_slice($users, 3996), array_slice($kept, 0, 4), 'whoever is named, and by name');
        $others = array_slice($kept, 4);
        self::assertSame(
            array_map(strval(...), range(10, 3990, 10)),
            array_column(array_filter($others, static fn (array $user): bool => !$user['active']), 'id'),
            'nobody who has left is taken for one who works there',
        );
        self::assertGreaterThan(100, count(array_filter($others, static fn (array $user): bool => $user['active'])));
        self::assertSame(array_slice($users, 0, 500), Inventory::people(array_slice($users, 0, 500), $document));
    }

    public function testNothingIsMadeUpOfAPortalThatNobodyHasLookedAt(): void
    {
        self::assertNull(Inventory::for(null, []));
        self::assertSame(['funnels' => []], Inventory::for((object) ['funnels' => []], []));
    }

    private static function bytes(mixed $value): int
    {
        return strlen(json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE));
    }

    /** @return array<string, mixed> */
    private static function field(string $of, string $name): array
    {
        $items = [['id' => '31', 'value' => 'Курьер']];

        return ['of' => $of, 'name' => $name, 'kind' => 'enumeration', 'items' => $items];
    }
}
