<?php

declare(strict_types=1);

namespace Piala;

enum Delivery: string
{
    case Courier = 'courier';
    case Pickup = 'pickup';

    private const COURIER_PRICE = 35000;
    private const COURIER_FREE_FROM = 700000;
    public const VAT_RATE = 20;
    public const PICKUP_ADDRESS = 'Москва, ул. Чайная, 12';

    public function label(): string
    {
        return match ($this) {
            self::Courier => 'Курьер',
            self::Pickup => 'Самовывоз',
        };
    }

    public function hint(): string
    {
        return match ($this) {
            self::Courier => 'Завтра или послезавтра, бесплатно от ' . Money::human(self::COURIER_FREE_FROM),
            self::Pickup => self::PICKUP_ADDRESS . ', ежедневно с 10 до 21',
        };
    }

    /** Price for goods that cost $goods after the discount. */
    public function price(int $goods): int
    {
        return $this === self::Courier && $goods < self::COURIER_FREE_FROM ? self::COURIER_PRICE : 0;
    }
}
