<?php

declare(strict_types=1);

namespace Orderbridge\Settings;

use function json_decode;
use function json_encode;

use const JSON_THROW_ON_ERROR;
use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;

/** Large things that only pages ask for, kept so that they cost workers and the checkout nothing. */
final class Shelf
{
    public function __construct(private readonly Rows $rows)
    {
    }

    /** @return mixed null: there is none */
    public function get(string $name): mixed
    {
        return json_decode($this->rows->read(Rows::LARGE . $name)[Rows::LARGE . $name] ?? 'null');
    }

    public function put(string $name, mixed $what): void
    {
        $this->rows->put(
            Rows::LARGE . $name,
            json_encode($what, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES),
        );
    }

    public function remove(string $name): void
    {
        $this->rows->remove(Rows::LARGE . $name);
    }
}
