<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Companion;

use PDO;
use RuntimeException;

use function array_merge;
use function dirname;

/**
 * What the stand-ins in `kernel/` share: a box of Bitrix24 as far as the companion module touches it. They do what
 * the vendor documents of the kernel's own (events, their arguments, agents, options, the database), and a little of
 * what old boxes are seen doing: updates that change nothing have events, too.
 */
final class Kernel
{
    public const MODULE = 'orderbridge.sync';

    public static PDO $pdo;
    public static string $lang = 'ru';
    /** @var array<string, array<string, string>> by module */
    public static array $options = [];
    /** @var array<string, true> */
    public static array $modules = [];
    /** @var list<array{string, string, string, string, string, int}> from, event, to, class, method, version */
    public static array $handlers = [];
    /** @var array<string, array{string, string, int}> module, period, interval by call */
    public static array $agents = [];
    /** @var array<int, array<string, string>> */
    public static array $deals = [];
    public static int $lastDeal = 0;
    /** @var array<string, array<string, mixed>> user fields of deals */
    public static array $fields = [];
    /** @var list<int> that the present user may not read */
    public static array $hidden = [];
    public static bool $mayRead = true;
    public static int $user = 1;
    public static string $right = 'W';
    public static bool $sessid = true;
    /** @var array<string, mixed>|null what was posted; null: a GET */
    public static ?array $post = null;
    /** @var list<string> what the module complains of */
    public static array $thrown = [];
    /** @var list<string> pages of the kernel that were shown */
    public static array $pages = [];
    /** @var list<array<string, mixed>> */
    public static array $messages = [];
    /** @var list<string> statements that changed something */
    public static array $written = [];
    /** @var list<string> statements that read */
    public static array $read = [];
    /** What breaks: `sql`, `orm`, `options`, `fields`; '' for nothing. */
    public static string $broken = '';
    /** @var list<array{string, array<string, mixed>, array<string, string>, string}> url, options, headers, body */
    public static array $posted = [];
    /** @var list<array{int, array<string, string>}|string> answers to come; a text: an error; none: a real request */
    public static array $answers = [];
    /** @var list<array<string, mixed>> options of streams */
    public static array $streams = [];

    public static function boot(PDO $pdo): void
    {
        self::load();
        self::$pdo = $pdo;
        self::$lang = 'ru';
        self::$options = self::$handlers = self::$agents = self::$deals = self::$fields = self::$hidden = [];
        self::$thrown = self::$pages = self::$messages = self::$written = self::$read = self::$posted = [];
        self::$answers = self::$streams = [];
        self::$modules = ['main' => true, 'crm' => true, 'rest' => true];
        self::$lastDeal = 0;
        self::$mayRead = self::$sessid = true;
        self::$user = 1;
        self::$right = 'W';
        self::$post = null;
        self::$broken = '';
        $GLOBALS['APPLICATION'] = new \CMain();
        $GLOBALS['USER'] = new \CUser();
        $GLOBALS['USER_FIELD_MANAGER'] = new \CUserTypeManager();
        $GLOBALS['step'] = null;
    }

    public static function load(): void
    {
        foreach (['main', 'http', 'crm', 'classic'] as $file) {
            require_once __DIR__ . "/kernel/$file.php";
        }
    }

    public static function folder(): string
    {
        return dirname(__DIR__, 3) . '/php-bridge/bitrix24/orderbridge.sync';
    }

    public static function module(): \orderbridge_sync
    {
        require_once self::folder() . '/install/index.php';

        return new \orderbridge_sync();
    }

    public static function breaks(string $what): void
    {
        if (self::$broken === $what) {
            throw new RuntimeException("$what is broken");
        }
    }

    /**
     * As `ExecuteModuleEventEx` does: the handler's module first, then its method.
     *
     * @param array<mixed> $arguments of an old event; of a new one its parameters
     * @return list<mixed> what the handlers answered
     */
    public static function send(string $from, string $event, array $arguments): array
    {
        $answers = [];
        foreach (self::$handlers as [$of, $name, $module, $class, $method, $version]) {
            if ($of !== $from || $name !== $event || !\Bitrix\Main\Loader::includeModule($module)) {
                continue;
            }
            // An old-fashioned handler gets what is passed, a new-fashioned one an object; both orders exist.
            $passed = $version === 1 ? $arguments : [new \Bitrix\Main\Event($from, $event, $arguments)];
            $answers[] = $class::$method(...$passed);
        }

        return $answers;
    }

    /** The kernel calls what an agent answers the next time; an agent that answers nothing is gone. */
    public static function runAgents(): void
    {
        foreach (self::$agents as $call => [$module, $period, $interval]) {
            \Bitrix\Main\Loader::includeModule($module);
            unset(self::$agents[$call]);
            $next = eval("return $call");
            if ($next !== '') {
                self::$agents = array_merge(self::$agents, [$next => [$module, $period, $interval]]);
            }
        }
    }
}
