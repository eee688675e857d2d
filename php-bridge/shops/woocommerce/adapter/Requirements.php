<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use function __;
use function class_exists;
use function constant;
use function defined;
use function get_bloginfo;
use function get_user_locale;
use function is_wp_version_compatible;
use function sprintf;
use function version_compare;

/**
 * What the plugin cannot do without. WordPress keeps us off where it is missing, but WooCommerce can be deleted from
 * under us, or an old one put in its place: then we do nothing at all, and say why.
 */
final class Requirements
{
    /** As in the head of orderbridge.php. */
    public const WORDPRESS = '6.5';
    public const WOOCOMMERCE = '9.0';

    public static function met(): bool
    {
        return is_wp_version_compatible(self::WORDPRESS)
            && version_compare(self::wooCommerce(), self::WOOCOMMERCE, '>=');
    }

    /** @return string what is missing and what to do, for the owner; plain text */
    public static function missing(): string
    {
        if (!is_wp_version_compatible(self::WORDPRESS)) {
            return self::oldWordPress();
        }
        /* translators: %s: a version number */
        $none = __('Orderbridge needs WooCommerce %s or newer: install and activate it under Plugins.', 'orderbridge');
        /* translators: 1: the version number that is needed, 2: the one that is installed */
        $old = __('Orderbridge needs WooCommerce %1$s or newer, this shop has %2$s: update it.', 'orderbridge');
        $found = self::wooCommerce();

        return sprintf($found === '' ? $none : $old, self::WOOCOMMERCE, $found)
            . ' ' . __('Until then no orders are sent; settings and queue are kept.', 'orderbridge');
    }

    /** A WordPress before 6.5 does not read our translations, so both languages are here. */
    private static function oldWordPress(): string
    {
        $text = Boot::languageOf(get_user_locale()) === 'ru'
            ? 'Для Orderbridge нужен WordPress %1$s или новее, а здесь %2$s: обновите его в разделе '
                . '«Консоль → Обновления». До этого Orderbridge ничего не делает.'
            : 'Orderbridge needs WordPress %1$s or newer, this site has %2$s: update it under Dashboard, Updates. '
                . 'Until then Orderbridge does nothing.';

        return sprintf($text, self::WORDPRESS, get_bloginfo('version'));
    }

    /** @return string its version; '' when it is not there */
    private static function wooCommerce(): string
    {
        return class_exists('WooCommerce', false) && defined('WC_VERSION') ? (string) constant('WC_VERSION') : '';
    }
}
