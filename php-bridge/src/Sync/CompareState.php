<?php

declare(strict_types=1);

namespace Orderbridge\Sync;

use Orderbridge\Link\Differences;
use Orderbridge\Settings\Settings;

use function array_fill_keys;
use function is_array;
use function json_decode;
use function json_encode;

/**
 * How far the comparison has come, so that any worker goes on where another was killed; and what people ask of it.
 * Their wishes stand apart: whoever writes one down must not undo a page that has just been stored.
 *
 * @phpstan-type Run array{at: int, whole: bool, part: string, cursor: string, deals: mixed, ids: list<string>,
 *     from: string, to: string, counts: array<string, int>}
 */
final class CompareState
{
    private const STATE = 'compare';
    private const ASKED = 'compare.asked';
    private const MEND = 'compare.mend';

    public function __construct(private readonly Settings $settings)
    {
    }

    /**
     * Somebody wants to know now.
     *
     * @param string $from only orders placed on this day or later, `2026-11-23`; '' from the usual beginning
     * @param string $to and on this day or before
     */
    public function ask(string $from = '', string $to = '', string $orderId = ''): void
    {
        $this->settings->storeCursor(self::ASKED, ['from' => $from, 'to' => $to, 'order' => $orderId]);
    }

    /** @return array{from: string, to: string, order: string}|null */
    public function asked(): ?array
    {
        return $this->read(self::ASKED);
    }

    public function answerAsked(): void
    {
        $this->settings->forgetCursor(self::ASKED);
    }

    public function wishMending(): void
    {
        $this->settings->storeCursor(self::MEND, true);
    }

    public function mends(): bool
    {
        return $this->settings->cursor(self::MEND) === true;
    }

    public function mended(): void
    {
        $this->settings->forgetCursor(self::MEND);
    }

    /** @return Run|null null: none is under way */
    public function run(): ?array
    {
        return $this->state()['run'];
    }

    /** @return array{at: int, until: int, counts: array<string, int>}|null the last one that came to its end */
    public function last(): ?array
    {
        return $this->state()['last'];
    }

    /** @param Run $run */
    public function storeRun(array $run): void
    {
        $this->store(['run' => $run]);
    }

    /** @param Run $run */
    public function end(array $run): void
    {
        $last = ['at' => $run['at'], 'until' => $this->settings->now(), 'counts' => $run['counts']];
        $this->store(['run' => null] + ($run['whole'] ? ['last' => $last] : []));
    }

    /** @return array<string, int> */
    public static function noCounts(): array
    {
        return array_fill_keys(['compared', 'equal', 'passed', ...Differences::KINDS], 0);
    }

    /** @param array<string, mixed> $change */
    private function store(array $change): void
    {
        $this->settings->storeCursor(self::STATE, $change + $this->state());
    }

    /** @return array{run: Run|null, last: array<string, mixed>|null} */
    private function state(): array
    {
        return ($this->read(self::STATE) ?? []) + ['run' => null, 'last' => null];
    }

    /** @return array<string, mixed>|null */
    private function read(string $name): ?array
    {
        $stored = json_decode((string) json_encode($this->settings->cursor($name)), true);

        return is_array($stored) ? $stored : null;
    }
}
