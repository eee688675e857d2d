<?php

declare(strict_types=1);

namespace Orderbridge\Settings;

use Closure;
use Orderbridge\Exception\Deadlock;
use stdClass;

use function array_intersect_key;
use function array_replace;
use function hash;
use function json_decode;
use function json_encode;
use function max;
use function substr;

use const JSON_THROW_ON_ERROR;
use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;

/** The settings document, the cursors, and when what was last seen. What the document means, only the core knows. */
final class Settings
{
    private const DOCUMENT = 'document';
    /** The part of the document that the bridge itself keeps. */
    private const KEPT = 'portal';
    /** What of it goes with what people save: whom and what they name. */
    private const NAMED = ['fields' => 1, 'users' => 1];
    private const TRIES = 5;
    private const CHECKED_BY = 'document.core';
    private const PROVED_BY = 'engine.proof';
    private const ENGINE_PROBLEM = 'engine.problem';
    private const JSON = JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES;

    public function __construct(private readonly Rows $rows)
    {
    }

    /** The time on which all machines agree. */
    public function now(): int
    {
        return $this->rows->now();
    }

    /** Reads everything anew. */
    public function refresh(): void
    {
        $this->rows->refresh();
    }

    /** @return array<string, mixed>|null objects inside stay objects, so that an empty one stays one */
    public function document(): ?array
    {
        $document = json_decode((string) $this->rows->value(self::DOCUMENT));

        return $document instanceof stdClass ? (array) $document : null;
    }

    /**
     * Changes the document as it is at that moment, so that nothing is lost of what somebody else saves meanwhile.
     *
     * @param Closure(array<string, mixed>|null): (array<string, mixed>|null) $change makes the new document from the
     *     present one, again if that has become another; null: leave it
     * @param string|null $by who does it, stored with it; null: the bridge itself
     * @return array<string, mixed>|null as it is now
     * @throws Deadlock when others were quicker each time
     */
    public function amendDocument(Closure $change, ?string $by = null): ?array
    {
        for ($try = 1; $try <= self::TRIES; $try++) {
            $this->rows->refresh();
            $stored = $this->rows->value(self::DOCUMENT);
            $document = $change($this->document());
            if ($document === null) {
                return $this->document();
            }
            $new = json_encode($document, self::JSON);
            if ($new === $stored || $this->exchanged($stored, $new, $by)) {
                // As it was stored: what the change was made with may hold arrays in the place of objects.
                return (array) json_decode($new);
            }
        }

        throw Deadlock::overtaken(self::TRIES);
    }

    /** The document and who has saved it, both or neither. */
    private function exchanged(?string $stored, string $new, ?string $by): bool
    {
        return $this->rows->together(function () use ($stored, $new, $by): bool {
            $ours = $this->rows->exchange(self::DOCUMENT, $stored, $new);
            if ($ours && $by !== null) {
                $this->saw(self::DOCUMENT, $by);
            }

            return $ours;
        });
    }

    /** Names what people have set up; what the bridge keeps in the document by itself does not count. '' before any. */
    public function revision(): string
    {
        $document = $this->document();

        return $document === null ? '' : self::revisionOf($document);
    }

    /** Changes when people mend something: the settings, or the portal's webhook. */
    public function mark(): string
    {
        return $this->revision() . ' ' . hash('sha256', (string) $this->rows->value('webhook'));
    }

    /**
     * Puts a document in the place of the one that somebody has seen, if that is still there.
     *
     * @param array<string, mixed> $document as `settings.check` has filled it up
     * @param string $seen the revision that it was made from
     * @return bool false: somebody else has changed the settings meanwhile
     */
    public function replaceDocument(array $document, string $seen, string $by): bool
    {
        $unchanged = true;
        $this->amendDocument(static function (?array $present) use ($document, $seen, &$unchanged): ?array {
            $unchanged = $present === null || self::revisionOf($present) === $seen;
            // Kept by the bridge: a page that was open for an hour knows an old one.
            $kept = (array) ($present[self::KEPT] ?? []);
            // Except for what the document names.
            $kept = array_replace($kept, array_intersect_key((array) ($document[self::KEPT] ?? []), self::NAMED));
            unset($document[self::KEPT]);

            return $unchanged ? $document + ($kept === [] ? [] : [self::KEPT => $kept]) : null;
        }, $by);

        return $unchanged;
    }

    /**
     * Changes the part of the document that the bridge itself keeps; what somebody saves meanwhile stays as it is.
     *
     * @param Closure(array<string, mixed>): array<string, mixed> $known made of the document: members to be replaced
     */
    public function keep(Closure $known): void
    {
        $this->amendDocument(static function (?array $present) use ($known): ?array {
            if ($present !== null) {
                $present[self::KEPT] = $known($present) + (array) ($present[self::KEPT] ?? []);
            }

            return $present;
        });
    }

    /** @param array<string, mixed> $document */
    private static function revisionOf(array $document): string
    {
        unset($document[self::KEPT]);

        return substr(hash('sha256', json_encode($document, self::JSON)), 0, 16);
    }

    /** Version of the core that has seen the document last; another one has to check it again. */
    public function checkedBy(): string
    {
        return $this->rows->value(self::CHECKED_BY) ?? '';
    }

    public function setCheckedBy(string $version): void
    {
        $this->rows->put(self::CHECKED_BY, $version, 0);
    }

    /** Which core, on which engine, has passed its self-test here. */
    public function provedBy(): string
    {
        return $this->rows->value(self::PROVED_BY) ?? '';
    }

    public function setProvedBy(string $what): void
    {
        $this->rows->put(self::PROVED_BY, $what, 0);
    }

    /** What is wrong with the engine, as a worker has found it; '' when nothing is. */
    public function engineProblem(): string
    {
        return $this->rows->value(self::ENGINE_PROBLEM) ?? '';
    }

    public function setEngineProblem(string $problem): void
    {
        if ($problem !== $this->engineProblem()) {
            $this->rows->put(self::ENGINE_PROBLEM, $problem);
        }
    }

    /** Seconds by which the database's clock is ahead of this machine's. */
    public function databaseAhead(): int
    {
        return $this->rows->ahead();
    }

    /** For large things that only pages ask for. */
    public function shelf(): Shelf
    {
        return new Shelf($this->rows);
    }

    /** @return mixed null: none yet */
    public function cursor(string $name): mixed
    {
        return json_decode($this->rows->value("cursor.$name") ?? 'null');
    }

    public function storeCursor(string $name, mixed $cursor): void
    {
        $this->rows->put("cursor.$name", json_encode($cursor, self::JSON), 0);
    }

    /**
     * Stores a cursor unless another process has moved it since it was read.
     *
     * @param mixed $seen as {@see cursor()} gave it
     * @param mixed $cursor another one than that
     */
    public function moveCursor(string $name, mixed $seen, mixed $cursor): bool
    {
        $before = $seen === null ? null : json_encode($seen, self::JSON);

        return $this->rows->exchange("cursor.$name", $before, json_encode($cursor, self::JSON));
    }

    public function forgetCursor(string $name): void
    {
        $this->rows->remove("cursor.$name");
    }

    /** Whether it is time for something that is done every so many seconds. */
    public function isDue(string $name, int $every): bool
    {
        $next = $this->rows->moment("due.$name");
        $now = $this->rows->now();

        // Further ahead than it was ever put: the clock has been put back.
        return $next <= $now || $next > $now + 2 * $every + 3600;
    }

    public function setDue(string $name, int $seconds): void
    {
        $this->rows->put("due.$name", '', $seconds);
    }

    /** When something is due next, seconds since 1970; null: nobody has said yet. */
    public function due(string $name): ?int
    {
        return $this->rows->has("due.$name") ? $this->rows->moment("due.$name") : null;
    }

    /** Remembers that something has happened now. */
    public function saw(string $name, string $what = ''): void
    {
        $this->rows->put("seen.$name", $what, 0);
    }

    /** @return int|null when it was seen last */
    public function seen(string $name): ?int
    {
        return $this->rows->has("seen.$name") ? $this->rows->moment("seen.$name") : null;
    }

    public function seenWhat(string $name): string
    {
        return $this->rows->value("seen.$name") ?? '';
    }

    /** Seconds since something was seen, for people; null: never. */
    public function ago(string $name): ?int
    {
        $seen = $this->seen($name);

        return $seen === null ? null : max(0, $this->rows->now() - $seen);
    }

    public function count(string $name): void
    {
        $this->rows->count("count.$name");
    }

    public function forgetCount(string $name): void
    {
        if ($this->counted($name) > 0) {
            $this->rows->remove("count.$name");
        }
    }

    public function counted(string $name): int
    {
        return $this->rows->moment("count.$name");
    }
}
