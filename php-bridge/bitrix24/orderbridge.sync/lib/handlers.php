<?php

namespace Orderbridge\Companion;

use Bitrix\Main\Event;

/**
 * What the CRM tells us in the middle of a manager's request. Nothing here may disturb it: whatever goes wrong is
 * noted and forgotten, nothing is answered, no other server is asked. At most one INSERT, and only when something
 * that a shop may want to know has really changed.
 */
final class Handlers
{
    private const REMEMBERED = 100;

    /** @var array<int, Values> of deals that we have never seen changing: how they were just before */
    private static array $before = [];

    /**
     * Before a change the database still has the old values.
     *
     * @param mixed $fields
     */
    public static function beforeUpdate($fields): void
    {
        self::guarded(static function () use ($fields): void {
            $fields = (array) $fields;
            if (!Values::said($fields)->isEmpty()) {
                self::look(self::id($fields['ID'] ?? 0));
            }
        });
    }

    /** @param mixed $fields */
    public static function afterAdd($fields): void
    {
        self::guarded(static function () use ($fields): void {
            self::note(Changes::ADDED, (array) $fields);
        });
    }

    /** @param mixed $fields */
    public static function afterUpdate($fields): void
    {
        self::guarded(static function () use ($fields): void {
            self::note(Changes::UPDATED, (array) $fields);
        });
    }

    /** @param mixed $id */
    public static function beforeDelete($id): void
    {
        self::guarded(static function () use ($id): void {
            self::look(self::id($id));
        });
    }

    /** @param mixed $id */
    public static function afterDelete($id): void
    {
        self::guarded(static function () use ($id): void {
            $deal = self::id($id);
            $old = self::known($deal);
            if ($deal === 0 || ($old !== null && $old->deleted)) {
                return;
            }
            $new = $old ?? new Values('', '', '', '');
            if (Settings::watches($new->category, $new->category)) {
                Changes::add($deal, Changes::DELETED, $old, $new, '', self::author([]));
            }
        });
    }

    /** @param mixed $event */
    public static function beforeMove($event): void
    {
        self::guarded(static function () use ($event): void {
            self::look(self::id(self::moved($event)['ID'] ?? 0));
        });
    }

    /** @param mixed $event */
    public static function afterMove($event): void
    {
        self::guarded(static function () use ($event): void {
            self::note(Changes::MOVED, self::moved($event));
        });
    }

    /** The work, behind a wall: the CRM goes on whatever happens here. */
    private static function guarded(callable $work): void
    {
        try {
            $work();
        } catch (\Throwable $failure) {
            State::trouble($failure);
        }
    }

    private static function look(int $deal): void
    {
        if ($deal === 0 || Changes::last($deal) !== null) {
            return;
        }
        $values = Deals::values($deal);
        if ($values !== null) {
            // Of updates that were called off the second half never comes.
            self::$before = [$deal => $values] + array_slice(self::$before, 0, self::REMEMBERED - 1, true);
        }
    }

    private static function known(int $deal): ?Values
    {
        $known = Changes::last($deal) ?? self::$before[$deal] ?? null;
        unset(self::$before[$deal]);

        return $known;
    }

    /** @param array<mixed> $fields */
    private static function note(string $kind, array $fields): void
    {
        $deal = self::id($fields['ID'] ?? 0);
        $said = Values::said($fields);
        if ($deal === 0 || $said->isEmpty()) {
            return;
        }
        $old = self::known($deal);
        $new = $old === null ? $said : $old->with($said);
        if ($old !== null && !$old->deleted && $new->equals($old)) {
            return;
        }
        if (Settings::watches($old === null ? $new->category : $old->category, $new->category)) {
            $semantics = $fields['STAGE_SEMANTIC_ID'] ?? '';
            $semantics = is_string($semantics) ? substr($semantics, 0, 3) : '';
            Changes::add($deal, $kind, $old, $new, $semantics, self::author($fields));
        }
    }

    /**
     * @param mixed $event
     * @return array<string, mixed>
     */
    private static function moved($event): array
    {
        if (!$event instanceof Event) {
            return [];
        }

        return [
            'ID' => $event->getParameter('id'),
            'CATEGORY_ID' => $event->getParameter('categoryId'),
            'STAGE_ID' => $event->getParameter('stageId'),
        ];
    }

    /** @param mixed $id */
    private static function id($id): int
    {
        return is_scalar($id) && preg_match('/^\d{1,18}$/D', (string) $id) === 1 ? (int) $id : 0;
    }

    /** @param array<mixed> $fields */
    private static function author(array $fields): int
    {
        foreach (['MOVED_BY_ID', 'MODIFY_BY_ID', 'CREATED_BY_ID'] as $name) {
            if (self::id($fields[$name] ?? 0) > 0) {
                return self::id($fields[$name]);
            }
        }
        $user = $GLOBALS['USER'] ?? null;

        return is_object($user) && method_exists($user, 'GetID') ? self::id($user->GetID()) : 0;
    }
}
