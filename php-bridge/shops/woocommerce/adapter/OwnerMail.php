<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use RuntimeException;

use function get_option;
use function wp_mail;

/** Letters to the shop's owner, by WordPress's own mail. */
final class OwnerMail
{
    /** @param string $address that the owner has chosen; '' for the one in WordPress's settings */
    public static function send(string $subject, string $text, string $address = ''): void
    {
        if (!wp_mail($address !== '' ? $address : (string) get_option('admin_email'), $subject, $text)) {
            throw new RuntimeException('the shop\'s mail has not taken the letter');
        }
    }
}
