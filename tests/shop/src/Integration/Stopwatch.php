<?php

declare(strict_types=1);

namespace Piala\Integration;

use Piala\App;
use Piala\Config;

/**
 * For `make bench` alone, which names a file in SHOP_BENCH: what the save hook takes, and beside it, in the same
 * transaction, a bare INSERT into a table `bench_bare`. A request may leave the hook out with `bench=bare`, or the
 * work after its response with `bench=quiet`.
 */
final class Stopwatch
{
    /** @param callable(): void $hook */
    public static function around(App $app, string $orderId, callable $hook): void
    {
        $file = Config::env('SHOP_BENCH', '');
        if ($file === '') {
            $hook();

            return;
        }
        if (!self::wants('hook')) {
            return;
        }
        $times = [];
        $insert = static function () use ($app, $orderId, &$times): void {
            $start = hrtime(true);
            $app->database->pdo->prepare('INSERT INTO bench_bare (order_id, wants, created_at) VALUES (?, 1, ?)')
                ->execute([$orderId, time()]);
            $times['insert'] = (hrtime(true) - $start) / 1e6;
        };
        $watched = static function () use ($hook, &$times): void {
            $start = hrtime(true);
            $hook();
            $times['hook'] = (hrtime(true) - $start) / 1e6;
        };
        // Whoever goes second finds the connection warm, so they take turns.
        foreach ((int) $orderId % 2 === 0 ? [$insert, $watched] : [$watched, $insert] as $work) {
            $work();
        }
        file_put_contents($file, json_encode(['order' => $orderId] + $times) . "\n", FILE_APPEND | LOCK_EX);
    }

    /** @param string $what hook or kick */
    public static function wants(string $what): bool
    {
        if (Config::env('SHOP_BENCH', '') === '') {
            return true;
        }

        return match ($_GET['bench'] ?? '') {
            'bare' => false,
            'quiet' => $what === 'hook',
            default => true,
        };
    }
}
