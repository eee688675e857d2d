<?php

declare(strict_types=1);

namespace Chaos;

/** Buyer number N: everything about them follows from the number. */
final class Buyer
{
    public static function phone(int $buyer): string
    {
        // Some leave only an address; with every fourth order the same number is written in another way.
        return $buyer % 7 === 0 ? '' : sprintf('+79%09d', 100_000_000 + $buyer);
    }

    public static function email(int $buyer): string
    {
        return $buyer % 7 !== 0 && $buyer % 5 === 0 ? '' : "buyer$buyer@mail.example";
    }

    /** @return array<string, string> as order number N has it */
    public static function inOrder(int $buyer, int $order): array
    {
        $phone = self::phone($buyer);
        if ($phone !== '' && $order % 4 === 0) {
            $phone = '8 (' . substr($phone, 2, 3) . ') ' . substr($phone, 5, 3) . '-' . substr($phone, 8);
        }

        return [
            'first_name' => 'Иван',
            'last_name' => "Покупатель-$buyer",
            'phone' => $phone,
            'email' => self::email($buyer),
        ];
    }
}
