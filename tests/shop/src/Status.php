<?php

declare(strict_types=1);

namespace Piala;

/** The shop's order statuses. */
enum Status: string
{
    case New = 'new';
    case Processing = 'processing';
    case AwaitingPayment = 'awaiting_payment';
    case Shipped = 'shipped';
    case Completed = 'completed';
    case Cancelled = 'cancelled';
    case Refunded = 'refunded';

    public function label(): string
    {
        return match ($this) {
            self::New => 'Новый',
            self::Processing => 'В обработке',
            self::AwaitingPayment => 'Ожидает оплаты',
            self::Shipped => 'Отправлен',
            self::Completed => 'Выполнен',
            self::Cancelled => 'Отменён',
            self::Refunded => 'Возврат',
        };
    }

    /** What it means, in words for the buyer. */
    public function explanation(): string
    {
        return match ($this) {
            self::New => 'Мы получили заказ и скоро его разберём.',
            self::Processing => 'Менеджер проверяет наличие и собирает заказ.',
            self::AwaitingPayment => 'Всё готово, ждём оплату.',
            self::Shipped => 'Заказ передан в доставку.',
            self::Completed => 'Заказ у вас. Спасибо, что выбрали нас!',
            self::Cancelled => 'Заказ отменён. Если это ошибка, позвоните нам.',
            self::Refunded => 'Деньги возвращены.',
        };
    }

    /** @return list<self> the way of an order that goes well, in order */
    public static function path(): array
    {
        return [self::New, self::Processing, self::AwaitingPayment, self::Shipped, self::Completed];
    }
}
