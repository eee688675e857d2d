<?php

declare(strict_types=1);

namespace Piala;

enum Payment: string
{
    case Cash = 'cash';
    case Card = 'card';
    case Link = 'link';

    public function label(): string
    {
        return match ($this) {
            self::Cash => 'Наличными при получении',
            self::Card => 'Картой при получении',
            self::Link => 'По ссылке (СБП), после звонка менеджера',
        };
    }
}
