<?php

declare(strict_types=1);

namespace WordPress;

use PDO;
use RuntimeException;
use Story\Process;

/** A MariaDB with one empty database for each site: the one of the tests if it runs, else one of our own. */
final class Server
{
    /** @var list<string> host, port, user, password, database */
    private readonly array $access;
    private readonly bool $own;

    public function __construct(private readonly string $folder)
    {
        $given = (string) getenv('ORDERBRIDGE_TEST_MYSQL');
        $this->own = $given === '';
        if ($this->own) {
            $started = Process::run(['tests/php/mariadb', 'start', $folder]);
            $given = (string) preg_replace('/.*\n/', '', trim($started['output']));
        }
        $this->access = explode(';', $given);
        if (count($this->access) !== 5) {
            throw new RuntimeException("MariaDB does not start: $given");
        }
    }

    /** @return array{host: string, user: string, password: string, name: string} of an empty database */
    public function create(string $name): array
    {
        [$host, $port, $user, $password, $base] = $this->access;
        $name = "{$base}_wordpress_$name";
        $pdo = new PDO("mysql:host=$host;port=$port", $user, $password);
        $pdo->exec("DROP DATABASE IF EXISTS `$name`");
        $pdo->exec("CREATE DATABASE `$name` CHARACTER SET utf8mb4");

        return ['host' => "$host:$port", 'user' => $user, 'password' => $password, 'name' => $name];
    }

    public function stop(): void
    {
        if ($this->own) {
            Process::run(['tests/php/mariadb', 'stop', $this->folder]);
        }
    }
}
