<?php

declare(strict_types=1);

namespace Orderbridge\Shop;

use DateTimeImmutable;
use DateTimeZone;
use Exception;
use InvalidArgumentException;

use function array_filter;
use function checkdate;
use function is_scalar;
use function preg_match;
use function strlen;

use const DATE_ATOM;

/** Which of a shop's orders are meant: by the time they were placed at, by id, or, with nothing said, all of them. */
final class OrderRange
{
    private const TIME = '/^(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?$/D';
    private const DAY = 10;

    /**
     * @param DateTimeImmutable|null $from placed then or later
     * @param DateTimeImmutable|null $before placed earlier than that
     * @param int|null $fromId with this id or a greater one
     * @param int|null $toId with this id or a smaller one
     * @throws InvalidArgumentException when nothing can be in it
     */
    public function __construct(
        public readonly ?DateTimeImmutable $from = null,
        public readonly ?DateTimeImmutable $before = null,
        public readonly ?int $fromId = null,
        public readonly ?int $toId = null,
    ) {
        if (
            ($from !== null && $before !== null && $from >= $before)
            || ($fromId !== null && $toId !== null && $fromId > $toId)
        ) {
            throw new InvalidArgumentException('it ends before it begins');
        }
    }

    /**
     * From what people write: `from`, `to` as 2026-01-31 (that whole day) or 2026-01-31 12:00, `from_id`, `to_id`;
     * what is absent or empty does not limit.
     *
     * @param array<string, mixed> $words
     * @param DateTimeZone $zone of times that do not name theirs
     * @throws InvalidArgumentException naming the word that is not understood
     */
    public static function of(array $words, DateTimeZone $zone): self
    {
        $said = array_filter($words, static fn (mixed $word): bool => is_scalar($word) && (string) $word !== '');

        return new self(
            isset($said['from']) ? self::moment((string) $said['from'], $zone, false) : null,
            isset($said['to']) ? self::moment((string) $said['to'], $zone, true) : null,
            isset($said['from_id']) ? self::id((string) $said['from_id']) : null,
            isset($said['to_id']) ? self::id((string) $said['to_id']) : null,
        );
    }

    /** @param array<string, mixed> $stored as {@see toArray()} gave it */
    public static function stored(array $stored): self
    {
        $moment = static fn (mixed $text): ?DateTimeImmutable => $text === null
            ? null
            : new DateTimeImmutable((string) $text);
        $id = static fn (mixed $id): ?int => $id === null ? null : (int) $id;

        return new self(
            $moment($stored['from'] ?? null),
            $moment($stored['before'] ?? null),
            $id($stored['from_id'] ?? null),
            $id($stored['to_id'] ?? null),
        );
    }

    /** @return array{from: string|null, before: string|null, from_id: int|null, to_id: int|null} */
    public function toArray(): array
    {
        return [
            'from' => $this->from?->format(DATE_ATOM),
            'before' => $this->before?->format(DATE_ATOM),
            'from_id' => $this->fromId,
            'to_id' => $this->toId,
        ];
    }

    /** @param bool $ends a day without an hour is in the range to its end */
    private static function moment(string $word, DateTimeZone $zone, bool $ends): DateTimeImmutable
    {
        if (preg_match(self::TIME, $word, $part) !== 1 || !checkdate((int) $part[2], (int) $part[3], (int) $part[1])) {
            throw new InvalidArgumentException($word);
        }
        try {
            $moment = new DateTimeImmutable($word, $zone);
        } catch (Exception) {
            throw new InvalidArgumentException($word);
        }

        return $ends && strlen($word) === self::DAY ? $moment->modify('+1 day') : $moment;
    }

    private static function id(string $word): int
    {
        return preg_match('/^\d{1,18}$/D', $word) === 1 ? (int) $word : throw new InvalidArgumentException($word);
    }
}
