<?php

declare(strict_types=1);

namespace Shops;

/** Somebody who buys: his e-mail and phone are nobody else's, his name is one that careless code breaks. */
final class Person
{
    public const PASSWORD = 'Orderbridge-7-try';

    private function __construct(
        public readonly string $firstName,
        public readonly string $lastName,
        public readonly string $email,
        public readonly string $phone,
        public readonly string $street,
        public readonly string $city,
        public readonly string $postcode,
    ) {
    }

    public static function new(string $firstName, string $lastName): self
    {
        $mark = bin2hex(random_bytes(4));

        return self::known(
            $firstName,
            "$lastName-$mark",
            "try-$mark@example.com",
            sprintf('+7 9%02d %03d-%02d-%02d', ...array_map(random_int(...), [0, 0, 0, 0], [99, 999, 99, 99])),
        );
    }

    /** Somebody whom the shop has noted: what of him is not asked for is anything. */
    public static function known(string $firstName, string $lastName, string $email, string $phone): self
    {
        return new self($firstName, $lastName, $email, $phone, 'Тверская, 1, кв. 5', 'Москва', '125009');
    }

    public function digits(): string
    {
        return (string) preg_replace('/\D/', '', $this->phone);
    }
}
