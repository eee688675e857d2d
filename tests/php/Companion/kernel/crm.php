<?php

// phpcs:disable PSR1, Squiz.Classes -- the CRM's names, and what REST needs

declare(strict_types=1);

namespace Bitrix\Rest {

    class RestException extends \Exception
    {
        public string $error;
        public string $status;

        public function __construct(string $text, string $error, string $status)
        {
            parent::__construct($text);
            $this->error = $error;
            $this->status = $status;
        }
    }
}

namespace Bitrix\Crm {

    use Orderbridge\Tests\Companion\Kernel;

    final class Rows
    {
        /** @var list<array<string, mixed>> */
        private array $rows;

        /** @param list<array<string, mixed>> $rows */
        public function __construct(array $rows)
        {
            $this->rows = $rows;
        }

        /** @return array<string, mixed>|false */
        public function fetch()
        {
            return array_shift($this->rows) ?? false;
        }
    }

    final class DealTable
    {
        private const COLUMNS = [
            'ID', 'STAGE_ID', 'CATEGORY_ID', 'OPPORTUNITY', 'ASSIGNED_BY_ID', 'STAGE_SEMANTIC_ID', 'ORIGINATOR_ID',
            'ORIGIN_ID',
        ];

        /** @param array{select: list<string>, filter: array<string, list<int>>} $query */
        public static function getList(array $query): Rows
        {
            Kernel::breaks('orm');
            $unknown = array_diff($query['select'], self::COLUMNS, array_keys(Kernel::$fields));
            if ($unknown !== []) {
                throw new \RuntimeException('Unknown field definition ' . implode(', ', $unknown));
            }
            $rows = [];
            foreach ($query['filter']['@ID'] as $id) {
                if (isset(Kernel::$deals[$id])) {
                    $rows[] = array_intersect_key(Kernel::$deals[$id], array_flip($query['select']))
                        + array_fill_keys($query['select'], null);
                }
            }

            return new Rows($rows);
        }
    }
}

namespace {

    use Orderbridge\Tests\Companion\Kernel;

    /** The old way to write deals, with its events. */
    final class CCrmDeal
    {
        public static function CheckReadPermission(int $deal = 0): bool
        {
            return Kernel::$mayRead && !in_array($deal, Kernel::$hidden, true);
        }

        /** @param array<string, mixed> $fields */
        public function Add(array $fields): int
        {
            $id = ++Kernel::$lastDeal;
            $fields += ['STAGE_ID' => 'C5:NEW', 'CATEGORY_ID' => '5', 'OPPORTUNITY' => '0.00', 'ASSIGNED_BY_ID' => '1'];
            Kernel::$deals[$id] = ['ID' => (string) $id, 'STAGE_SEMANTIC_ID' => self::semantics($fields['STAGE_ID'])]
                + array_map('strval', $fields);
            $fields += ['ID' => $id, 'CREATED_BY_ID' => Kernel::$user];
            $passed = [&$fields];
            Kernel::send('crm', 'OnAfterCrmDealAdd', $passed);

            return $id;
        }

        /** @param array<string, mixed> $fields */
        public function Update(int $id, array $fields): bool
        {
            $fields['ID'] = $id;
            $passed = [&$fields];
            if (in_array(false, Kernel::send('crm', 'OnBeforeCrmDealUpdate', $passed), true)) {
                return false;
            }
            $old = Kernel::$deals[$id];
            unset($fields['CATEGORY_ID']);
            foreach ($fields as $name => $value) {
                Kernel::$deals[$id][$name] = (string) $value;
            }
            $fields += ['~DATE_MODIFY' => 'now()', 'MODIFY_BY_ID' => Kernel::$user];
            if (isset($fields['STAGE_ID']) && $fields['STAGE_ID'] !== $old['STAGE_ID']) {
                $fields['STAGE_SEMANTIC_ID'] = self::semantics($fields['STAGE_ID']);
                Kernel::$deals[$id]['STAGE_SEMANTIC_ID'] = $fields['STAGE_SEMANTIC_ID'];
                $fields += ['IS_NEW' => 'N', 'CLOSED' => 'N', 'MOVED_BY_ID' => Kernel::$user, 'MOVED_TIME' => 'now'];
            }
            Kernel::send('crm', 'OnAfterCrmDealUpdate', $passed);

            return true;
        }

        public function Delete(int $id): void
        {
            Kernel::send('crm', 'OnBeforeCrmDealDelete', [$id]);
            unset(Kernel::$deals[$id]);
            Kernel::send('crm', 'OnAfterCrmDealDelete', [$id]);
        }

        public static function MoveToCategory(int $id, int $category, string $stage): void
        {
            $event = ['id' => $id, 'categoryId' => $category, 'stageId' => $stage];
            Kernel::send('crm', 'OnBeforeDealMoveToCategory', $event);
            Kernel::$deals[$id] = [
                'STAGE_ID' => $stage,
                'CATEGORY_ID' => (string) $category,
                'STAGE_SEMANTIC_ID' => self::semantics($stage),
            ] + Kernel::$deals[$id];
            Kernel::send('crm', 'OnAfterDealMoveToCategory', $event);
        }

        private static function semantics(string $stage): string
        {
            return ['WON' => 'S', 'LOSE' => 'F'][substr((string) strrchr(":$stage", ':'), 1)] ?? 'P';
        }
    }
}
