<?php

declare(strict_types=1);

namespace Orderbridge\Shop;

/** A {@see Shop} that knows in which currencies people can order. One that does not is not checked for them. */
interface Currencies
{
    /** @return list<string> ISO 4217, those that can be chosen now */
    public function currencies(): array;
}
