<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

use mysqli;

/** The part of WordPress's database class that the adapter touches: its connection, and opening it again. */
final class FakeWpdb
{
    public ?mysqli $dbh;
    public int $opened = 0;
    public string $prefix = 'wp_';

    public function __construct(
        private readonly string $host,
        private readonly int $port,
        private readonly string $user,
        private readonly string $password,
        private readonly string $name,
    ) {
        $this->open();
    }

    // phpcs:ignore PSR1.Methods.CamelCapsMethodName -- WordPress's
    public function check_connection(bool $mayEndTheRequest): bool
    {
        if ($mayEndTheRequest) {
            throw new \LogicException('WordPress would end the request here');
        }
        $this->open();

        return true;
    }

    /** As a server does that is restarted, or tired of waiting. */
    public function cut(): void
    {
        $other = new mysqli($this->host, $this->user, $this->password, $this->name, $this->port);
        $other->query('KILL ' . $this->dbh->thread_id);
        $other->close();
    }

    private function open(): void
    {
        mysqli_report(MYSQLI_REPORT_OFF);
        $this->dbh = new mysqli($this->host, $this->user, $this->password, $this->name, $this->port);
        $this->dbh->set_charset('utf8mb4');
        $this->opened++;
    }
}
