<?php

declare(strict_types=1);

namespace Orderbridge\Inbox;

use Orderbridge\Store\Tables;

use function array_map;

/** Hints from the portal that nobody has looked at yet. */
final class Inbox
{
    public function __construct(private readonly Tables $tables)
    {
    }

    /** One INSERT; the same hint again is none, as long as the first has not been looked at. */
    public function add(Event $event): void
    {
        Tables::insist(fn (): int => $this->tables->execute(
            $this->tables->insertNew() . ' {inbox} (digest, payload, received_at) VALUES (?, ?, {now})',
            [$event->digest(), $event->payload()],
        ));
    }

    /** @return list<array{id: int, payload: string, age: int}> oldest first; the age in seconds */
    public function oldest(int $limit): array
    {
        return array_map(
            static fn (array $row): array => [
                'id' => (int) $row['id'],
                'payload' => (string) $row['payload'],
                'age' => (int) $row['age'],
            ],
            $this->tables->rows("SELECT id, payload, {now} - received_at AS age FROM {inbox} ORDER BY id LIMIT $limit"),
        );
    }

    /** @param list<int> $ids */
    public function remove(array $ids): void
    {
        $this->tables->execute('DELETE FROM {inbox} WHERE id IN (' . Tables::marks($ids) . ')', $ids);
    }

    /**
     * What nobody has read for so long: the poll has found it by now. Numbers rise with time, so the primary key
     * leads to the oldest.
     *
     * @return int rows taken away, at most so many
     */
    public function trim(int $olderThanDays, int $limit): int
    {
        return $this->tables->execute(
            'DELETE FROM {inbox} WHERE id IN (SELECT id FROM '
            . "(SELECT id, received_at FROM {inbox} ORDER BY id LIMIT $limit) AS oldest "
            . 'WHERE received_at < {now} - ?)',
            [$olderThanDays * 86400],
        );
    }

    /** @return array{waiting: int, last: int|null} */
    public function figures(): array
    {
        $row = $this->tables->row('SELECT COUNT(*) AS n, MAX(received_at) AS last FROM {inbox}') ?? [];

        return [
            'waiting' => (int) ($row['n'] ?? 0),
            'last' => isset($row['last']) ? (int) $row['last'] : null,
        ];
    }
}
