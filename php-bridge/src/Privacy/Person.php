<?php

declare(strict_types=1);

namespace Orderbridge\Privacy;

use function array_filter;
use function array_intersect;
use function array_map;
use function array_values;
use function is_string;
use function mb_strlen;
use function mb_strtolower;
use function preg_match;
use function preg_quote;
use function preg_replace;
use function str_contains;
use function strlen;
use function substr;
use function trim;

/**
 * One buyer, as far as he has to be recognised: in an order of the shop, and in a text that quotes him in whatever
 * spelling. Phones are told apart by their last ten digits, for the first ones are written in many ways.
 */
final class Person
{
    private const DIGITS = 10;
    /** A shorter number or name stands in too many texts that have nothing to do with him. */
    private const SHORTEST = 6;
    private const SHORTEST_NAME = 3;

    /**
     * @param list<string> $phones digits
     * @param list<string> $emails in small letters
     * @param list<list<string>> $names the parts of each, in small letters
     */
    private function __construct(
        private array $phones = [],
        private array $emails = [],
        private array $names = [],
    ) {
    }

    public static function reachedBy(string $phone, string $email): self
    {
        $person = new self();
        $person->add($phone, $email);

        return $person;
    }

    public function isKnown(): bool
    {
        return $this->phones !== [] || $this->emails !== [];
    }

    /** @param array<string, mixed>|null $order of the shop, in the canonical form */
    public function placed(?array $order): bool
    {
        $buyer = (array) ($order['buyer'] ?? []);
        $text = static fn (string $key): string => is_string($buyer[$key] ?? null) ? $buyer[$key] : '';
        $other = self::reachedBy($text('phone'), $text('email'));

        return array_intersect($this->phones, $other->phones) !== []
            || array_intersect($this->emails, $other->emails) !== [];
    }

    /**
     * Learns how else he can be recognised.
     *
     * @param array<string, mixed>|null $order of his
     */
    public function learn(?array $order): void
    {
        $buyer = (array) ($order['buyer'] ?? []);
        $text = static fn (string $key): string => is_string($buyer[$key] ?? null) ? trim($buyer[$key]) : '';
        $this->add($text('phone'), $text('email'));
        foreach ([[$text('last_name'), $text('first_name')], [$text('full_name')]] as $parts) {
            $parts = array_values(array_filter(
                array_map(static fn (string $part): string => mb_strtolower($part, 'UTF-8'), $parts),
                static fn (string $part): bool => mb_strlen($part, 'UTF-8') >= self::SHORTEST_NAME,
            ));
            // A first name alone is many people's.
            if ($parts !== [] && ($text('full_name') !== '' || $text('last_name') !== '')) {
                $this->names[] = $parts;
            }
        }
    }

    /** Whether a text speaks of him. */
    public function isIn(string $text): bool
    {
        $small = mb_strtolower($text, 'UTF-8');
        $digits = (string) preg_replace('/\D+/', '', $text);
        foreach ($this->phones as $phone) {
            if (str_contains($digits, $phone)) {
                return true;
            }
        }
        foreach ($this->emails as $email) {
            if (str_contains($small, $email)) {
                return true;
            }
        }
        foreach ($this->names as $parts) {
            if (self::areIn($parts, $small)) {
                return true;
            }
        }

        return false;
    }

    private function add(string $phone, string $email): void
    {
        $digits = (string) preg_replace('/\D+/', '', $phone);
        if (strlen($digits) >= self::SHORTEST) {
            $this->phones[] = substr($digits, -self::DIGITS);
        }
        $email = mb_strtolower(trim($email), 'UTF-8');
        if (str_contains($email, '@')) {
            $this->emails[] = $email;
        }
    }

    /** @param list<string> $parts each has to be there, as a word */
    private static function areIn(array $parts, string $text): bool
    {
        foreach ($parts as $part) {
            if (preg_match('/(?<!\pL)' . preg_quote($part, '/') . '(?!\pL)/u', $text) !== 1) {
                return false;
            }
        }

        return true;
    }
}
