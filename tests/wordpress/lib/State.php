<?php

declare(strict_types=1);

namespace WordPress;

/** What is there at a moment, by names. */
final class State
{
    /**
     * @param list<string> $tables
     * @param list<string> $options
     * @param list<string> $events
     * @param list<string> $users
     * @param list<string> $files
     */
    public function __construct(
        public readonly array $tables,
        public readonly array $options,
        public readonly array $events,
        public readonly array $users,
        public readonly array $files,
    ) {
    }

    /** @return list<string> what is here and was not there, or the other way round; `files` only if they matter */
    public function differences(self $before, bool $files = true): array
    {
        $found = [];
        foreach (get_object_vars($this) as $kind => $names) {
            if ($kind === 'files' && !$files) {
                continue;
            }
            foreach (array_diff($names, $before->$kind) as $name) {
                $found[] = "+ $kind: $name";
            }
            foreach (array_diff($before->$kind, $names) as $name) {
                $found[] = "- $kind: $name";
            }
        }

        return $found;
    }
}
