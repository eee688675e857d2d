<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Closure;

/**
 * Names the moments between two lasting effects. Whoever kills a worker at any of them must find, after the next
 * run, the same state as without; tests hook in here to do so.
 */
final class Points
{
    /** Jobs are leased; nothing has been asked. */
    public const CLAIMED = 'claimed';
    /** A request is packed and about to be posted. */
    public const PACKED = 'packed';
    /** The portal has answered; nothing of it is stored. */
    public const ANSWERED = 'answered';
    /** What the answer taught is stored. */
    public const LEARNED = 'learned';
    /** An effect has been done in the shop; the core does not know yet. */
    public const APPLIED = 'applied';
    /** The tasks have ended; their jobs are still leased. */
    public const ENDED = 'ended';
    /** Jobs are settled. */
    public const FINISHED = 'finished';
    /** Hints were read and are not yet jobs. */
    public const READ = 'inbox_read';
    /** Hints have become jobs. */
    public const TAKEN = 'inbox_taken';
    /** A poll has been answered; its jobs and cursor are not stored. */
    public const POLLED = 'polled';
    /** A poll's jobs and cursor are stored. */
    public const POLL_STORED = 'poll_stored';
    /** A page of the sweep was read; nothing is stored. */
    public const SWEPT = 'swept';
    /** A page of the sweep and its cursor are stored. */
    public const SWEEP_STORED = 'sweep_stored';

    /** A page of a backfill was read; nothing is stored. */
    public const LISTED = 'backfill_listed';
    /** A page of a backfill is stored: its jobs, and where it ended. */
    public const LIST_STORED = 'backfill_stored';
    /** A page of a comparison has been answered; nothing of it is stored. Not among all: it comes once a night. */
    public const COMPARED = 'compared';

    public const ALL = [
        self::CLAIMED, self::PACKED, self::ANSWERED, self::LEARNED, self::APPLIED, self::ENDED, self::FINISHED,
        self::READ, self::TAKEN, self::POLLED, self::POLL_STORED, self::SWEPT, self::SWEEP_STORED,
        self::LISTED, self::LIST_STORED,
    ];

    /** @param Closure(string): void|null $onPoint */
    public function __construct(private readonly ?Closure $onPoint = null)
    {
    }

    public function reach(string $name): void
    {
        if ($this->onPoint !== null) {
            ($this->onPoint)($name);
        }
    }
}
