<?php

declare(strict_types=1);

namespace WordPress;

use PDO;
use RuntimeException;
use Story\Browser;
use Story\Process;
use Story\Wait;

/** A WordPress that was installed a moment ago, for this test alone: its files, its database, PHP's own server. */
final class Site
{
    public const LOGIN = 'owner';
    public const PASSWORD = 'wordpress owner 2026';
    private const PREFIX = 'shop_';
    /** What WordPress itself writes while its pages are looked at, and the WooCommerce of the test. */
    private const ITS_OWN = '/^_(site_)?transient_|^pretended_'
        . '|^(recently_activated|can_compress_scripts|fresh_site|rewrite_rules)$'
        . '|^(auto_core_update_notified|recovery_keys|nonce_(key|salt)|logged_in_(key|salt)|auth_(key|salt))$/';

    /** After the upload of a plugin, whichever it is. */
    private const ITS_OWN_EVENTS = ['upgrader_scheduled_cleanup', 'wp_delete_temp_updater_backups'];

    public readonly string $url;
    public readonly string $version;
    private readonly string $log;
    private readonly PDO $database;
    private Process $process;

    /**
     * @param string $source its files as they were given out
     * @param array{host: string, user: string, password: string, name: string} $access an empty database
     */
    public function __construct(string $source, private readonly string $folder, array $access)
    {
        mkdir(dirname($folder), 0777, true);
        Process::run(['cp', '-R', '--preserve=mode', $source, $folder])['code'] === 0
            || throw new RuntimeException("$source cannot be copied");
        $version = (string) file_get_contents("$folder/wp-includes/version.php");
        preg_match('/\$wp_version = \'([^\']+)\'/', $version, $found);
        $this->version = $found[1] ?? throw new RuntimeException("$source is no WordPress");
        $this->log = "$folder.errors";
        touch($this->log);
        $port = Process::freePort();
        $this->url = "http://127.0.0.1:$port";
        file_put_contents("$folder/wp-config.php", $this->config($access));
        $this->database = new PDO(
            'mysql:host=' . strtr($access['host'], [':' => ';port=']) . ";dbname={$access['name']};charset=utf8mb4",
            $access['user'],
            $access['password'],
        );
        $this->process = new Process('php -S', [
            PHP_BINARY,
            // Its letters go nowhere.
            ...['-d', 'sendmail_path=true', '-d', 'display_errors=1', '-d', 'upload_max_filesize=8M'],
            ...['-S', "127.0.0.1:$port", '-t', $folder],
        ], ['PHP_CLI_SERVER_WORKERS' => '2'], "$folder.server");
        Wait::until("WordPress answers at $this->url", 10, fn (): bool => is_resource(
            @stream_socket_client("tcp://127.0.0.1:$port", timeout: 1),
        ));
        $this->install();
    }

    public function browser(): Browser
    {
        return new Browser($this->url, 30);
    }

    public function stop(): void
    {
        $this->process->stop();
    }

    public function path(string $inside): string
    {
        return "$this->folder/wp-content/$inside";
    }

    /** @return list<string> what PHP complained of since it was asked last, where our plugin has any part in it */
    public function complaints(): array
    {
        $lines = (array) file($this->log, FILE_IGNORE_NEW_LINES);
        file_put_contents($this->log, '');

        return array_values(array_filter(
            $lines,
            static fn (string $line): bool => preg_match('/orderbridge|fatal|uncaught|database error/i', $line) === 1,
        ));
    }

    /** Everything in which a plugin may leave something: what two moments differ in. */
    public function state(): State
    {
        return new State(
            $this->column('SHOW TABLES'),
            array_values(array_filter(
                $this->column('SELECT option_name FROM ' . self::PREFIX . 'options ORDER BY option_name'),
                static fn (string $name): bool => preg_match(self::ITS_OWN, $name) === 0,
            )),
            $this->scheduled(),
            $this->column(
                'SELECT DISTINCT meta_key FROM ' . self::PREFIX . "usermeta WHERE meta_key LIKE '%orderbridge%'",
            ),
            $this->files(),
        );
    }

    public function option(string $name): mixed
    {
        $found = $this->database->prepare('SELECT option_value FROM ' . self::PREFIX . 'options WHERE option_name = ?');
        $found->execute([$name]);
        $value = $found->fetchColumn();

        return is_string($value) && preg_match('/^[aibds]:/', $value) === 1
            ? unserialize($value, ['allowed_classes' => false])
            : $value;
    }

    /**
     * Past all of WordPress's questions, as a restored backup or another plugin does.
     *
     * @param string|list<string>|null $value null takes it away
     */
    public function setOption(string $name, string|array|null $value): void
    {
        $options = self::PREFIX . 'options';
        $this->database->prepare("DELETE FROM $options WHERE option_name = ?")->execute([$name]);
        if ($value !== null) {
            $this->database
                ->prepare("INSERT INTO $options (option_name, option_value, autoload) VALUES (?, ?, 'yes')")
                ->execute([$name, is_array($value) ? serialize($value) : $value]);
        }
    }

    /** @return list<string> ours */
    public function tables(): array
    {
        return $this->column("SHOW TABLES LIKE '%orderbridge%'");
    }

    /** An order waits to be sent. */
    public function enqueue(string $order): void
    {
        $this->database
            ->prepare('INSERT INTO ' . self::PREFIX
                . 'orderbridge_job (order_id, wants, created_at, updated_at) VALUES (?, 1, 0, 0)')
            ->execute([$order]);
    }

    /** @return list<string> the orders that wait */
    public function waiting(): array
    {
        return $this->column('SELECT order_id FROM ' . self::PREFIX . 'orderbridge_job');
    }

    /** @return list<string> */
    private function column(string $query): array
    {
        return array_map(strval(...), $this->database->query($query)->fetchAll(PDO::FETCH_COLUMN));
    }

    /** @return list<string> names of the events that WordPress's own clock knows */
    private function scheduled(): array
    {
        $names = [];
        foreach ((array) $this->option('cron') as $events) {
            $names = [...$names, ...(is_array($events) ? array_keys($events) : [])];
        }
        $names = array_diff($names, self::ITS_OWN_EVENTS);
        sort($names);

        return array_values(array_unique($names));
    }

    /** @return list<string> */
    private function files(): array
    {
        $names = [];
        $folder = $this->path('');
        $inside = new \RecursiveDirectoryIterator($folder, \FilesystemIterator::SKIP_DOTS);
        foreach (new \RecursiveIteratorIterator($inside, \RecursiveIteratorIterator::SELF_FIRST) as $file) {
            $names[] = substr($file->getPathname(), strlen($folder));
        }
        // WordPress makes these for the first upload of a plugin, and keeps them.
        $names = preg_grep('#^(upgrade|uploads)(/|-|$)#', $names, PREG_GREP_INVERT);
        sort($names);

        return $names;
    }

    private function install(): void
    {
        $page = $this->browser()->post('/wp-admin/install.php?step=2', http_build_query([
            'weblog_title' => 'Пиала',
            'user_name' => self::LOGIN,
            'admin_password' => self::PASSWORD,
            'admin_password2' => self::PASSWORD,
            'admin_email' => 'owner@example.ru',
            'blog_public' => '0',
            'language' => '',
        ]));
        if ($page->status !== 200 || $this->option('siteurl') !== $this->url) {
            throw new RuntimeException('WordPress could not be installed: ' . strip_tags($page->body));
        }
    }

    /** @param array{host: string, user: string, password: string, name: string} $access */
    private function config(array $access): string
    {
        $constants = [
            'DB_HOST' => $access['host'],
            'DB_USER' => $access['user'],
            'DB_PASSWORD' => $access['password'],
            'DB_NAME' => $access['name'],
            'DB_CHARSET' => 'utf8mb4',
            'DB_COLLATE' => '',
            'FS_METHOD' => 'direct',
            // Nobody is asked outside, nothing runs by itself.
            'WP_HTTP_BLOCK_EXTERNAL' => true,
            'DISABLE_WP_CRON' => true,
            'AUTOMATIC_UPDATER_DISABLED' => true,
            'WP_DEBUG' => true,
            'WP_DEBUG_DISPLAY' => false,
            'WP_DEBUG_LOG' => $this->log,
        ];
        foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $what) {
            $constants["{$what}_KEY"] = $constants["{$what}_SALT"] = hash('sha256', $what . $access['name']);
        }
        $lines = '';
        foreach ($constants as $name => $value) {
            $lines .= "define('$name', " . var_export($value, true) . ");\n";
        }

        return "<?php\n$lines\$table_prefix = '" . self::PREFIX . "';\n"
            . "defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');\nrequire_once ABSPATH . 'wp-settings.php';\n";
    }
}
