<?php

declare(strict_types=1);

namespace Piala\Store;

use Piala\Delivery;
use Piala\Payment;

/** Who buys and how it gets there: the part of an order that both the buyer and the admin fill in. */
final class OrderDetails
{
    public function __construct(
        public readonly string $lastName,
        public readonly string $firstName,
        public readonly string $secondName,
        public readonly string $phone,
        public readonly string $email,
        public readonly Delivery $delivery,
        public readonly string $address,
        public readonly Payment $payment,
        public readonly string $comment,
    ) {
    }

    /** @param array<string, string> $form */
    public static function fromForm(array $form): self
    {
        $text = static fn (string $name, int $limit): string => mb_substr(trim($form[$name] ?? ''), 0, $limit);
        $line = static fn (string $name): string => (string) preg_replace('/\s+/u', ' ', $text($name, 100));

        return new self(
            $line('last_name'),
            $line('first_name'),
            $line('second_name'),
            mb_substr($line('phone'), 0, 64),
            $line('email'),
            Delivery::tryFrom($form['delivery'] ?? '') ?? Delivery::Courier,
            $text('address', 500),
            Payment::tryFrom($form['payment'] ?? '') ?? Payment::Cash,
            $text('comment', 2000),
        );
    }

    /** @return array<string, string> the columns, which are also the names of the form's fields */
    public function columns(): array
    {
        return [
            'last_name' => $this->lastName,
            'first_name' => $this->firstName,
            'second_name' => $this->secondName,
            'phone' => $this->phone,
            'email' => $this->email,
            'delivery' => $this->delivery->value,
            'address' => $this->address,
            'payment' => $this->payment->value,
            'comment' => $this->comment,
        ];
    }

    public function fullName(): string
    {
        return trim("$this->lastName $this->firstName $this->secondName") === '' ? 'Без имени'
            : trim((string) preg_replace('/ +/', ' ', "$this->lastName $this->firstName $this->secondName"));
    }
}
