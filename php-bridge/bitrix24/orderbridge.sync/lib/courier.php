<?php

namespace Orderbridge\Companion;

/**
 * Brings to the shops what has changed: the agent, and the program for cron. One at a time. A shop that does not
 * answer is left alone until its turn comes again, and keeps nobody else waiting.
 */
final class Courier
{
    public const AGENT = '\Orderbridge\Companion\Courier::run();';
    public const EVERY = 60;

    private const PAGE = 500;
    private const LEASE = 180;
    private const BY_CRON = ['seconds' => 20, 'messages' => 500, 'patience' => 10];
    /** Within somebody's request, and only where the administrator allows it. */
    private const BY_HIT = ['seconds' => 2, 'messages' => 1, 'patience' => 1];
    private const LOOK_EVERY = 500000;

    private float $until;
    private int $left;
    private int $patience;

    /** @param array{seconds: int, messages: int, patience: int} $measure */
    private function __construct(array $measure)
    {
        $this->until = microtime(true) + $measure['seconds'];
        $this->left = $measure['messages'];
        $this->patience = $measure['patience'];
    }

    /** The agent. The kernel calls again what it answers. */
    public static function run(): string
    {
        $cron = self::isCron();
        try {
            State::put(State::RAN, (string) time());
            State::put(State::RAN_BY_CRON, $cron ? 'Y' : 'N');
            if ($cron || Settings::mayOnHits()) {
                (new self($cron ? self::BY_CRON : self::BY_HIT))->work();
            }
        } catch (\Throwable $failure) {
            State::trouble($failure);
        }

        return self::AGENT;
    }

    /** For `tools/deliver.php`: looks twice a second, so that a change is at the shop within one. */
    public static function watch(int $seconds): void
    {
        $end = microtime(true) + $seconds;
        do {
            self::run();
            usleep(self::LOOK_EVERY);
        } while (microtime(true) < $end);
    }

    /** For the settings page: asks a shop whether it hears us, whatever waits for it. */
    public static function test(Shop $shop): Post
    {
        $answer = Post::send($shop, Message::newId(), Message::test(), self::BY_CRON['patience']);
        if ($answer->isTaken()) {
            State::forget(State::HOLD . $shop->id);
        }

        return $answer;
    }

    private static function isCron(): bool
    {
        return defined('BX_CRONTAB') ? BX_CRONTAB === true : PHP_SAPI === 'cli';
    }

    private function work(): void
    {
        $mark = State::take(State::COURIER, self::LEASE);
        if ($mark === '') {
            return;
        }
        try {
            $shops = array_filter(Settings::shops(), static function (Shop $shop): bool {
                return $shop->active;
            });
            $passed = $this->pass($shops);
            foreach ($shops as $shop) {
                $this->deliver($shop);
            }
            Changes::trim($passed);
        } finally {
            State::giveBack(State::COURIER, $mark);
        }
    }

    /**
     * Puts what is new into the queue of each shop.
     *
     * @param array<int, Shop> $shops
     * @return int the newest change that is in them
     */
    private function pass(array $shops): int
    {
        $cursor = State::number(State::CURSOR);
        $changes = Changes::after($cursor, self::PAGE);
        if ($changes === []) {
            return $cursor;
        }
        $last = (int) end($changes)['ID'];
        Tables::together(static function () use ($shops, $changes, $last): void {
            foreach ($changes as $change) {
                foreach ($shops as $shop) {
                    Pushes::want($shop, $change);
                }
            }
            State::put(State::CURSOR, (string) $last);
        });

        return $last;
    }

    private function deliver(Shop $shop): void
    {
        $hold = State::record(State::HOLD . $shop->id);
        if (($hold['until'] ?? 0) > time()) {
            return;
        }
        while (($page = Pushes::waiting($shop)) !== []) {
            $deals = Deals::of(array_map('intval', array_column($page, 'DEAL_ID')));
            foreach ($page as $push) {
                $body = Message::of($shop, $push, $deals[(int) $push['DEAL_ID']] ?? null);
                if ($body === null) {
                    Pushes::done($push);
                    continue;
                }
                if ($this->left-- <= 0 || microtime(true) >= $this->until) {
                    return;
                }
                $answer = Post::send($shop, $push['MESSAGE'], $body, $this->patience);
                if (!$this->settle($shop, $push, $answer, $hold)) {
                    return;
                }
                $hold = [];
            }
        }
    }

    /**
     * @param array<string, string> $push
     * @param array<mixed> $hold
     * @return bool whether the shop can take more
     */
    private function settle(Shop $shop, array $push, Post $answer, array $hold): bool
    {
        if (!$answer->isTaken() && !$answer->isRefused()) {
            $failures = (int) ($hold['failures'] ?? 0) + 1;
            State::put(State::HOLD . $shop->id, (string) json_encode([
                'until' => time() + Schedule::wait($failures, $answer->later),
                'failures' => $failures,
                'since' => (int) ($hold['since'] ?? time()),
                'what' => $answer->words(),
            ]));

            return false;
        }
        if ($hold !== []) {
            State::forget(State::HOLD . $shop->id);
        }
        if ($answer->isRefused()) {
            Pushes::refused($push, $answer->status);

            return true;
        }
        Pushes::done($push);
        State::put(State::DELIVERED . $shop->id, (string) time());

        return true;
    }
}
