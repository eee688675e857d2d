<?php

declare(strict_types=1);

namespace Story;

use PDO;
use RuntimeException;

/** A MariaDB server of our own, with one empty database for the shop. */
final class Mariadb
{
    private Process $process;
    /** @var list<string> */
    private readonly array $command;
    private readonly int $port;

    public function __construct(private readonly string $folder)
    {
        $server = Process::find('mariadbd', 'mysqld');
        $install = Process::find('mariadb-install-db', 'mysql_install_db');
        if ($server === null || $install === null) {
            throw new RuntimeException('DB=mariadb needs the package mariadb-server.');
        }
        $user = posix_geteuid() === 0 ? ['--user=root'] : [];
        $made = Process::run([
            $install,
            '--no-defaults',
            "--datadir=$folder/mariadb",
            '--auth-root-authentication-method=normal',
            '--skip-test-db',
            ...$user,
        ]);
        if ($made['code'] !== 0) {
            throw new RuntimeException("mariadb-install-db failed: {$made['output']}");
        }
        $this->port = Process::freePort();
        // The socket's path may be longer than a socket allows, so it is TCP.
        $this->command = [
            $server,
            '--no-defaults',
            "--datadir=$folder/mariadb",
            '--bind-address=127.0.0.1',
            "--port=$this->port",
            '--socket=',
            "--pid-file=$folder/mariadb.pid",
            '--innodb-buffer-pool-size=32M',
            // Nothing here has to outlive the machine, so commits need not wait for the disk.
            '--innodb-flush-log-at-trx-commit=2',
            ...$user,
        ];
        $this->start();
    }

    private function start(): void
    {
        $this->process = new Process('mariadbd', $this->command, [], "$this->folder/mariadb.log");
        Wait::until('MariaDB answers', 30, function (): bool {
            try {
                $this->create('shop');

                return true;
            } catch (\PDOException) {
                return false;
            }
        });
    }

    /** An empty database beside `shop`, if there is none of that name. */
    public function create(string $name): void
    {
        $pdo = new PDO("mysql:host=127.0.0.1;port=$this->port", 'root', '');
        $pdo->exec("CREATE DATABASE IF NOT EXISTS $name CHARACTER SET utf8mb4");
    }

    /** @return array<string, string> */
    public function environment(): array
    {
        return [
            'SHOP_DSN' => "mysql:host=127.0.0.1;port=$this->port;dbname=shop;charset=utf8mb4",
            'SHOP_DB_USER' => 'root',
        ];
    }

    /** As a power cut does; comes back at the same address. */
    public function restart(): void
    {
        $this->process->stop(SIGKILL);
        $this->start();
    }

    public function stop(): void
    {
        $this->process->stop();
    }
}
