<?php

declare(strict_types=1);

namespace Piala\Store;

/** Somebody saved the order while another was editing it. */
final class OrderChanged extends \RuntimeException
{
    public function __construct()
    {
        parent::__construct('Заказ тем временем изменился. Посмотрите, что стало новым, и внесите правку ещё раз.');
    }
}
