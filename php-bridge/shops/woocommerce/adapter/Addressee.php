<?php

declare(strict_types=1);

namespace Orderbridge\Shops\WooCommerce;

use function array_map;
use function array_values;
use function get_userdata;
use function implode;
use function preg_match;
use function translate_user_role;
use function trim;
use function WC;
use function wp_roles;

/** Who ordered, and where it goes: out of an order's two addresses, of which a shop may ask either. */
final class Addressee
{
    /**
     * @param object $order WooCommerce's WC_Order
     * @param array<string, string> $extra fields that plugins have added
     * @return array<string, mixed>
     */
    public static function buyer(object $order, array $extra): array
    {
        $name = self::name($order);
        $customer = (int) $order->get_customer_id();

        return Plain::told([
            'id' => $customer > 0 ? (string) $customer : '',
            ...$name,
            'phone' => trim((string) ($order->get_billing_phone() ?: $order->get_shipping_phone())),
            'email' => trim((string) $order->get_billing_email()),
            'group' => self::role($customer),
            'company' => self::company($order, $extra),
        ]);
    }

    /**
     * A shop may ask for the shipping address only.
     *
     * @param object $order WooCommerce's WC_Order
     * @return array{last_name: string, first_name: string}
     */
    public static function name(object $order): array
    {
        $billing = [
            'last_name' => Plain::typed($order->get_billing_last_name()),
            'first_name' => Plain::typed($order->get_billing_first_name()),
        ];

        return $billing['last_name'] . $billing['first_name'] !== '' ? $billing : [
            'last_name' => Plain::typed($order->get_shipping_last_name()),
            'first_name' => Plain::typed($order->get_shipping_first_name()),
        ];
    }

    /** The role's name, as the shop's admin shows it; a guest has none. */
    private static function role(int $customer): string
    {
        $user = $customer > 0 ? get_userdata($customer) : false;
        $role = $user === false ? null : (array_values((array) $user->roles)[0] ?? null);

        return $role === null ? '' : Plain::name(translate_user_role(wp_roles()->role_names[$role] ?? $role));
    }

    /**
     * WooCommerce knows a company's name only; its numbers are in fields that a plugin has added.
     *
     * @param array<string, string> $extra
     * @return array<string, string>
     */
    private static function company(object $order, array $extra): array
    {
        $company = ['name' => Plain::name($order->get_billing_company() ?: $order->get_shipping_company())];
        $numbers = ['inn' => '\d{10}|\d{12}', 'kpp' => '\w{9}', 'ogrn' => '\d{13}|\d{15}'];
        foreach ($extra as $name => $value) {
            foreach ($numbers as $number => $shape) {
                if (preg_match("~(?:^|[_/-])$number$~i", (string) $name) && preg_match("~^(?:$shape)$~D", $value)) {
                    $company[$number] = $value;
                }
            }
        }

        return Plain::told($company);
    }

    /**
     * The shipping address, or the billing one where the shop asks for no other.
     *
     * @param object $order WooCommerce's WC_Order
     * @return array<string, string>
     */
    public static function delivery(object $order): array
    {
        $methods = array_values($order->get_shipping_methods());
        $pickup = $place = '';
        foreach ($methods as $method) {
            // The block checkout's own pickup.
            $place = Plain::name($method->get_meta('pickup_location'));
            $pickup = Plain::name($method->get_meta('pickup_address'));
        }
        $of = $order->get_shipping_address_1() . $order->get_shipping_city() . $order->get_shipping_postcode() === ''
            ? 'billing'
            : 'shipping';
        $said = static fn (string $part): string => Plain::name($order->{"get_{$of}_$part"}());
        $country = $said('country');
        $states = $country === '' ? [] : (WC()->countries->get_states($country) ?: []);
        $parts = [
            'postcode' => $said('postcode'),
            'country' => Plain::name(WC()->countries->get_countries()[$country] ?? $country),
            'region' => Plain::name($states[$said('state')] ?? $said('state')),
            'city' => $said('city'),
        ];
        $whole = implode(', ', Plain::told([...array_values($parts), $said('address_1'), $said('address_2')]));
        $recipient = Plain::typed($order->get_shipping_first_name() . ' ' . $order->get_shipping_last_name());
        $name = self::name($order);
        $buyer = trim("$name[first_name] $name[last_name]");

        return Plain::told([
            'code' => implode(' ', array_map(
                static fn (object $of): string => trim($of->get_method_id() . ':' . $of->get_instance_id(), ':'),
                $methods,
            )),
            'name' => Plain::name($order->get_shipping_method()),
            ...($pickup . $place === ''
                ? $parts + ['address' => $whole]
                : ['address' => implode(', ', Plain::told([$place, $pickup]))]),
            'recipient' => $recipient === $buyer ? '' : $recipient,
        ]);
    }
}
