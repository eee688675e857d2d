<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Support;

use PDO;

use function bin2hex;
use function explode;
use function getenv;
use function random_bytes;

/**
 * A database of the test's own on the server of ORDERBRIDGE_TEST_MYSQL, for shops whose tables have no prefix. Its
 * name begins with that of the database which the variable names.
 */
trait MariadbOfOurOwn
{
    private ?PDO $server = null;
    private string $ownDatabase = '';

    /** @return array{string, string, string} DSN, user and password */
    protected function createDatabase(): array
    {
        $address = (string) getenv('ORDERBRIDGE_TEST_MYSQL');
        if ($address === '') {
            $this->markTestSkipped('ORDERBRIDGE_TEST_MYSQL is not set: "host;port;user;password;database"');
        }
        [$host, $port, $user, $password, $name] = explode(';', $address);
        $this->server = new PDO("mysql:host=$host;port=$port", $user, $password, [
            PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
        ]);
        $this->ownDatabase = "{$name}_" . bin2hex(random_bytes(4));
        $this->server->exec("CREATE DATABASE `$this->ownDatabase` CHARACTER SET utf8mb4");

        return ["mysql:host=$host;port=$port;dbname=$this->ownDatabase;charset=utf8mb4", $user, $password];
    }

    /** @after */
    public function dropDatabase(): void
    {
        if ($this->ownDatabase !== '') {
            $this->server->exec("DROP DATABASE `$this->ownDatabase`");
        }
        $this->ownDatabase = '';
        $this->server = null;
    }
}
