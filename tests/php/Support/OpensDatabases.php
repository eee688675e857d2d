<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Support;

use Orderbridge\Shop\PdoDatabase;

use function array_map;
use function bin2hex;
use function explode;
use function file_exists;
use function getenv;
use function random_bytes;
use function sys_get_temp_dir;
use function unlink;

/** Real databases for tests: SQLite in a file, and MariaDB when ORDERBRIDGE_TEST_MYSQL names one. */
trait OpensDatabases
{
    protected string $prefix = '';
    protected string $file = '';
    protected ?PdoDatabase $database = null;

    /** @return array<string, array{string}> */
    public function databases(): array
    {
        return ['SQLite' => ['sqlite'], 'MariaDB' => ['mysql']];
    }

    /** @return list<string> words from which another process opens the same database, see {@see reopen()} */
    protected function open(string $kind): array
    {
        $this->prefix = 't' . bin2hex(random_bytes(4)) . '_';
        if ($kind === 'sqlite') {
            $this->file = sys_get_temp_dir() . "/orderbridge-$this->prefix.sqlite";
            $words = ["sqlite:$this->file", '', '', $this->prefix];
        } else {
            $server = (string) getenv('ORDERBRIDGE_TEST_MYSQL');
            if ($server === '') {
                $this->markTestSkipped('ORDERBRIDGE_TEST_MYSQL is not set: "host;port;user;password;database"');
            }
            [$host, $port, $user, $password, $name] = explode(';', $server);
            $words = ["mysql:host=$host;port=$port;dbname=$name", $user, $password, $this->prefix];
        }
        $this->database = self::reopen($words);

        return $words;
    }

    /** @param list<string> $words */
    public static function reopen(array $words): PdoDatabase
    {
        return PdoDatabase::connect($words[0], $words[1], $words[2]);
    }

    /** @after */
    public function removeDatabase(): void
    {
        if ($this->database !== null && $this->file === '') {
            $tables = $this->database->query(
                'SELECT table_name AS name FROM information_schema.tables WHERE table_name LIKE ?',
                [$this->prefix . '%'],
            );
            array_map(fn (array $row): int => $this->database->execute("DROP TABLE `{$row['name']}`"), $tables);
        }
        $this->database = null;
        foreach (['', '-wal', '-shm'] as $end) {
            if ($this->file !== '' && file_exists($this->file . $end)) {
                unlink($this->file . $end);
            }
        }
        $this->file = '';
    }
}
