<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use InvalidArgumentException;
use Orderbridge\Shop\OrderRange;

use function array_search;
use function is_int;

/** Sending the orders that the shop had before. */
final class Backfilling extends Desk
{
    /** @return array<string, mixed> */
    public function status(): array
    {
        return self::shown($this->wiring->backfill()->status());
    }

    /** @return array<string, mixed> */
    public function count(Params $params): array
    {
        return ['total' => $this->wiring->shop->countIn($this->range($params))];
    }

    /** @return array<string, mixed> */
    public function start(Params $params): array
    {
        $status = $this->wiring->backfill()->start($this->range($params));
        $this->wiring->kick()->want();

        return self::shown($status);
    }

    /** @return array<string, mixed> */
    public function pause(): array
    {
        return self::shown($this->wiring->backfill()->pause());
    }

    /** @return array<string, mixed> */
    public function resume(): array
    {
        $status = $this->wiring->backfill()->resume();
        $this->wiring->kick()->want();

        return self::shown($status);
    }

    /** @return array<string, mixed> */
    public function cancel(): array
    {
        return self::shown($this->wiring->backfill()->cancel());
    }

    private function range(Params $params): OrderRange
    {
        $said = $params->some(['from', 'to', 'from_id', 'to_id']);
        try {
            return OrderRange::of($said, $this->wiring->shop->now()->getTimezone());
        } catch (InvalidArgumentException $refused) {
            $name = array_search($refused->getMessage(), $said, true);
            throw new WrongParam($name === false ? 'to' : $name);
        }
    }

    /**
     * @param array<string, mixed> $status
     * @return array<string, mixed>
     */
    private static function shown(array $status): array
    {
        $status += ['total' => 0, 'done' => 0, 'rate' => null, 'remaining' => null];
        foreach (['started', 'ended'] as $when) {
            $status[$when] = is_int($status[$when] ?? null) ? self::moment($status[$when]) : null;
        }
        if (isset($status['held']['until'])) {
            $status['held']['until'] = self::moment((int) $status['held']['until']);
        }
        $status['remaining_seconds'] = $status['remaining'];
        unset($status['remaining']);

        return $status;
    }
}
