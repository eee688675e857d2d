<?php

declare(strict_types=1);

namespace Orderbridge\Settings;

use Orderbridge\Outbox\Reason;

use function is_array;
use function json_decode;
use function json_encode;
use function max;

use const JSON_THROW_ON_ERROR;
use const JSON_UNESCAPED_UNICODE;

/**
 * While the portal is known not to answer, or a person has to mend something first, nobody asks it anything: all
 * workers read this row. When the time is over it stays until something has worked, so that one job goes ahead as a
 * probe and not fifty.
 */
final class PortalHold
{
    private const NAME = 'hold';

    public function __construct(private readonly Rows $rows)
    {
    }

    public function current(): ?Hold
    {
        $held = json_decode((string) $this->rows->value(self::NAME), true);
        if (!is_array($held)) {
            return null;
        }
        $until = $this->rows->moment(self::NAME);
        $now = $this->rows->now();

        return new Hold(
            $until,
            // Not longer than it was meant to last, whatever happened to the clock.
            $now < $until && $until - $now <= (int) ($held['seconds'] ?? 0),
            (bool) ($held['stop'] ?? false),
            (int) ($held['since'] ?? $until),
            Reason::fromCore($held),
        );
    }

    public function isActive(): bool
    {
        return $this->current()?->active ?? false;
    }

    /** @return bool whether this is news: the portal was not being held for this reason already */
    public function place(int $seconds, bool $stop, Reason $reason): bool
    {
        $before = $this->current();
        $now = $this->rows->now();
        if ($before !== null && $before->active && $before->until >= $now + $seconds && $before->stopped === $stop) {
            return false;
        }
        $this->rows->put(self::NAME, json_encode([
            'seconds' => max(1, $seconds),
            'stop' => $stop,
            'since' => $before?->since ?? $now,
            'code' => $reason->code,
            'message' => $reason->message,
            'hint' => $reason->hint,
        ], JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE), max(1, $seconds));

        return $before === null || $before->reason->code !== $reason->code;
    }

    /**
     * Something has worked, or a person has mended what was wrong.
     *
     * @return bool whether the portal was being held
     */
    public function lift(): bool
    {
        $held = $this->rows->has(self::NAME);
        if ($held) {
            $this->rows->remove(self::NAME);
        }

        return $held;
    }
}
