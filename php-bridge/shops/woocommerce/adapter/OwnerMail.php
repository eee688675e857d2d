<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use RuntimeException;

use function get_option;
use function wp_mail;

/** Letters to the shop's owner, by WordPress's own mail. */
final class OwnerMail
{
    public static function send(string $subject, string $text): void
    {
        if (!wp_mail((string) get_option('admin_email'), $subject, $text)) {
            throw new RuntimeException('the shop\'s mail has not taken the letter');
        }
    }
}
