<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Orderbridge\Cli\Application;
use WP_CLI;

/**
 * Orders to Bitrix24: queue, sweep, backfill, health.
 *
 * `wp orderbridge` alone lists the commands. A value follows its option after `=`: `--from=2026-11-23`.
 */
final class CommandLine
{
    /**
     * @param list<string> $operands
     * @param array<string, string|true> $options as WP-CLI has read them
     */
    public function __invoke(array $operands, array $options): void
    {
        $words = $operands;
        foreach ($options as $name => $value) {
            // WP-CLI itself reads --json as --format=json.
            [$name, $value] = $name === 'format' && $value === 'json' ? ['json', true] : [$name, $value];
            $words[] = $value === true ? "--$name" : "--$name=$value";
        }
        WP_CLI::halt(Application::standard()->run($words, Boot::bridge()));
    }
}
