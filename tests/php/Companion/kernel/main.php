<?php

// phpcs:disable PSR1, Squiz.Classes -- the kernel's names, as many as the module asks for

declare(strict_types=1);

namespace Bitrix\Main\DB {

    use Orderbridge\Tests\Companion\Kernel;
    use PDO;
    use PDOStatement;
    use RuntimeException;

    class SqlQueryException extends RuntimeException
    {
    }

    final class Result
    {
        private PDOStatement $found;

        public function __construct(PDOStatement $found)
        {
            $this->found = $found;
        }

        /** @return array<string, mixed>|false */
        public function fetch()
        {
            return $this->found->fetch(PDO::FETCH_ASSOC);
        }
    }

    final class SqlHelper
    {
        public function forSql(string $text): string
        {
            return substr(Kernel::$pdo->quote($text), 1, -1);
        }
    }

    final class Connection
    {
        private int $affected = 0;

        public function getType(): string
        {
            return Kernel::$options['main']['type'] ?? 'mysql';
        }

        public function query(string $sql): Result
        {
            Kernel::$read[] = $sql;

            return new Result($this->run($sql));
        }

        public function queryExecute(string $sql): void
        {
            Kernel::$written[] = $sql;
            foreach (self::dialect($sql) as $statement) {
                $this->affected = $this->run($statement)->rowCount();
            }
        }

        public function getAffectedRowsCount(): int
        {
            return $this->affected;
        }

        public function getSqlHelper(): SqlHelper
        {
            return new SqlHelper();
        }

        public function startTransaction(): void
        {
            Kernel::$pdo->beginTransaction();
        }

        public function commitTransaction(): void
        {
            Kernel::$pdo->commit();
        }

        public function rollbackTransaction(): void
        {
            Kernel::$pdo->rollBack();
        }

        private function run(string $sql): PDOStatement
        {
            try {
                Kernel::breaks('sql');

                return Kernel::$pdo->query($sql);
            } catch (RuntimeException $failure) {
                throw new SqlQueryException($failure->getMessage());
            }
        }

        /**
         * A box has MySQL; SQLite writes the same tables in other words.
         *
         * @return list<string>
         */
        private static function dialect(string $sql): array
        {
            $sqlite = Kernel::$pdo->getAttribute(PDO::ATTR_DRIVER_NAME) === 'sqlite';
            if (!$sqlite || strpos($sql, 'CREATE TABLE') !== 0) {
                return [$sql];
            }
            preg_match('/CREATE TABLE IF NOT EXISTS (\w+)/', $sql, $table);
            $more = [];
            if (strpos($sql, 'AUTO_INCREMENT') !== false) {
                $sql = str_replace('BIGINT NOT NULL AUTO_INCREMENT', 'INTEGER PRIMARY KEY AUTOINCREMENT', $sql);
                $sql = (string) preg_replace('/,\s*PRIMARY KEY \(ID\)/', '', $sql);
            }
            $sql = (string) preg_replace('/UNIQUE KEY \w+/', 'UNIQUE', $sql);
            $sql = (string) preg_replace_callback(
                '/,\s*KEY (\w+) (\([^)]+\))/',
                static function (array $key) use (&$more, $table): string {
                    $more[] = "CREATE INDEX IF NOT EXISTS $key[1] ON $table[1] $key[2]";

                    return '';
                },
                $sql,
            );

            return [$sql, ...$more];
        }
    }
}

namespace Bitrix\Main\Config {

    use Orderbridge\Tests\Companion\Kernel;

    final class Option
    {
        public static function get(string $module, string $name, string $default = ''): string
        {
            Kernel::breaks('options');

            return Kernel::$options[$module][$name] ?? $default;
        }

        public static function set(string $module, string $name, string $value): void
        {
            Kernel::$options[$module][$name] = $value;
        }

        public static function delete(string $module): void
        {
            unset(Kernel::$options[$module]);
        }
    }
}

namespace Bitrix\Main\Localization {

    use Orderbridge\Tests\Companion\Kernel;
    use RuntimeException;

    final class Loc
    {
        /** @var array<string, array<string, string>> */
        private static array $texts = [];

        public static function loadMessages(string $file): void
        {
            $folder = Kernel::folder();
            $MESS = [];
            include "$folder/lang/" . Kernel::$lang . substr($file, strlen($folder));
            self::$texts[Kernel::$lang] = $MESS + (self::$texts[Kernel::$lang] ?? []);
        }

        /** @param array<string, string>|null $values */
        public static function getMessage(string $code, ?array $values = null): string
        {
            $text = self::$texts[Kernel::$lang][$code] ?? null;
            if ($text === null) {
                throw new RuntimeException("no text $code");
            }

            return strtr($text, $values ?? []);
        }
    }
}

namespace Bitrix\Main {

    use Orderbridge\Tests\Companion\Kernel;

    final class Event
    {
        public string $module;
        public string $name;
        /** @var array<string, mixed> */
        private array $parameters;

        /** @param array<string, mixed> $parameters */
        public function __construct(string $module, string $name, array $parameters)
        {
            $this->module = $module;
            $this->name = $name;
            $this->parameters = $parameters;
        }

        /** @return mixed */
        public function getParameter(string $name)
        {
            return $this->parameters[$name] ?? null;
        }
    }

    final class EventManager
    {
        public static function getInstance(): self
        {
            return new self();
        }

        public function registerEventHandlerCompatible(
            string $from,
            string $event,
            string $to,
            string $class,
            string $method
        ): void {
            Kernel::$handlers[] = [$from, $event, $to, $class, $method, 1];
        }

        public function registerEventHandler(
            string $from,
            string $event,
            string $to,
            string $class,
            string $method
        ): void {
            Kernel::breaks('handlers');
            Kernel::$handlers[] = [$from, $event, $to, $class, $method, 2];
        }

        public function unRegisterEventHandler(
            string $from,
            string $event,
            string $to,
            string $class,
            string $method
        ): void {
            $gone = [$from, $event, $to, $class, $method];
            Kernel::$handlers = array_values(array_filter(
                Kernel::$handlers,
                static fn (array $handler): bool => array_slice($handler, 0, 5) !== $gone,
            ));
        }
    }

    final class ModuleManager
    {
        public static function isModuleInstalled(string $module): bool
        {
            return isset(Kernel::$modules[$module]);
        }

        public static function registerModule(string $module): void
        {
            Kernel::$modules[$module] = true;
        }

        public static function unRegisterModule(string $module): void
        {
            unset(Kernel::$modules[$module]);
        }
    }

    final class Loader
    {
        /** @var array<string, string>|null */
        private static ?array $classes = null;

        public static function includeModule(string $module): bool
        {
            if (isset(Kernel::$modules[$module]) && $module === Kernel::MODULE) {
                include_once Kernel::folder() . '/include.php';
            }

            return isset(Kernel::$modules[$module]);
        }

        /** @param array<string, string> $classes */
        public static function registerAutoLoadClasses(string $module, array $classes): void
        {
            if (self::$classes === null) {
                spl_autoload_register(static function (string $class): void {
                    if (isset(self::$classes[$class])) {
                        require_once Kernel::folder() . '/' . self::$classes[$class];
                    }
                });
            }
            self::$classes = $classes;
        }
    }

    final class Request
    {
        public function isPost(): bool
        {
            return Kernel::$post !== null;
        }

        public function getPostList(): self
        {
            return $this;
        }

        /** @return array<string, mixed> */
        public function toArray(): array
        {
            return Kernel::$post ?? [];
        }
    }

    final class Application
    {
        private static ?DB\Connection $connection = null;

        public static function getInstance(): self
        {
            return new self();
        }

        public static function getConnection(): DB\Connection
        {
            return self::$connection ??= new DB\Connection();
        }

        public function getContext(): self
        {
            return $this;
        }

        public function getRequest(): Request
        {
            return new Request();
        }
    }
}
