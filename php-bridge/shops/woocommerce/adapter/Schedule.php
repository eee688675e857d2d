<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use Throwable;

use function add_action;
use function as_has_scheduled_action;
use function as_schedule_recurring_action;
use function as_unschedule_all_actions;
use function function_exists;
use function is_admin;
use function time;
use function wp_doing_cron;

/**
 * The recurring job, in Action Scheduler: it brings retries, sweep and poll, whatever became of the kick. WordPress
 * runs it with page views, or by the minute where the system's cron calls wp-cron.php.
 */
final class Schedule
{
    public const HOOK = 'orderbridge_work';
    private const GROUP = 'orderbridge';
    private const EVERY = 60;
    /** Action Scheduler gives all jobs of one run together half a minute. */
    private const SECONDS = 20.0;

    public static function attach(): void
    {
        add_action(self::HOOK, self::work(...));
        add_action('init', self::ensure(...), 30);
    }

    /** Never throws: a job that fails five times in a row is not scheduled again. */
    public static function work(): void
    {
        try {
            Boot::bridge()->worker()->run(self::SECONDS, 'cron');
        } catch (Throwable $fault) {
            WooLog::fault('the scheduled job', $fault);
        }
    }

    /** Somebody may have cancelled it in the list of scheduled actions; shop pages are not burdened with the question. */
    private static function ensure(): void
    {
        if (!function_exists('as_has_scheduled_action') || !(is_admin() || wp_doing_cron())) {
            return;
        }
        if (!as_has_scheduled_action(self::HOOK, null, self::GROUP)) {
            as_schedule_recurring_action(time(), self::EVERY, self::HOOK, [], self::GROUP, true);
        }
    }

    public static function stop(): void
    {
        if (function_exists('as_unschedule_all_actions')) {
            as_unschedule_all_actions(self::HOOK, [], self::GROUP);
        } else {
            // WooCommerce went first and has left its tables; when it comes back, it would call nobody every minute.
            self::erase();
        }
    }

    /** Its rows too; WooCommerce, and Action Scheduler with it, may be gone already. */
    public static function erase(): void
    {
        global $wpdb;
        $table = $wpdb->prefix . 'actionscheduler_';
        // phpcs:disable WordPress.DB.DirectDatabaseQuery -- rows of a plugin that is gone, asked for once
        if ($wpdb->get_var($wpdb->prepare('SHOW TABLES LIKE %s', $wpdb->esc_like($table . 'actions'))) === null) {
            return;
        }
        $wpdb->query($wpdb->prepare(
            'DELETE a, l FROM %i a LEFT JOIN %i l ON l.action_id = a.action_id WHERE a.hook = %s',
            $table . 'actions',
            $table . 'logs',
            self::HOOK,
        ));
        $wpdb->query($wpdb->prepare('DELETE FROM %i WHERE slug = %s', $table . 'groups', self::GROUP));
        // phpcs:enable
    }
}
