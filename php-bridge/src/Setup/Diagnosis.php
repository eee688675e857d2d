<?php

declare(strict_types=1);

namespace Orderbridge\Setup;

use Orderbridge\Store\Tables;
use Orderbridge\Wiring;
use stdClass;

use function array_combine;
use function array_diff_key;
use function array_flip;
use function array_keys;
use function array_map;
use function extension_loaded;
use function get_object_vars;
use function gmdate;
use function in_array;
use function ini_get;
use function is_array;
use function is_int;
use function is_string;
use function json_encode;
use function mb_strlen;
use function preg_match;

use const JSON_INVALID_UTF8_SUBSTITUTE;
use const JSON_PRETTY_PRINT;
use const JSON_THROW_ON_ERROR;
use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;
use const PHP_OS_FAMILY;
use const PHP_SAPI;
use const PHP_VERSION;

/**
 * What a developer wants to know of a shop that is not his, in a file that may be mailed: no secret, no buyer, no
 * text that a person or a portal has written. Ids of orders and deals are in it, they mean nothing to a stranger.
 */
final class Diagnosis
{
    private const LINES = 200;
    private const EXTENSIONS = ['curl', 'json', 'mbstring', 'pdo_mysql', 'mysqli', 'pdo_sqlite', 'openssl', 'sodium'];
    /** Of the settings: people's names, and nothing but texts that may hold anything. */
    private const PERSONAL = ['portal', 'shop', 'fields', 'responsible'];
    /** Of the rest, the texts that are ids or words of ours; of any other only its length is told. */
    private const PLAIN = [
        'id', 'stage', 'status', 'order_field', 'order_field_item', 'source', 'preset', 'ambiguous', 'name_order',
        'gone', 'deleted', 'refund', 'closed', 'conflict', 'guarded', 'categories', 'currencies',
    ];
    private const ID = '/^[\w:.\-]{0,64}$/D';
    private const PREFERENCES = ['ca_file', 'proxy', 'alert_mail', 'telegram_chat'];

    public function __construct(private readonly Wiring $wiring)
    {
    }

    /** @return array{name: string, file: string} */
    public function file(): array
    {
        $at = gmdate('Y-m-d\TH:i:s\Z');

        return ['name' => 'orderbridge-' . gmdate('Ymd-His') . '.json', 'file' => json_encode(
            ['at' => $at] + $this->known(),
            JSON_THROW_ON_ERROR | JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE
                | JSON_INVALID_UTF8_SUBSTITUTE,
        ) . "\n"];
    }

    /** @return array<string, mixed> */
    private function known(): array
    {
        $wiring = $this->wiring;
        $rows = [];
        foreach (Tables::NAMES as $table) {
            $rows[$table] = (int) ($wiring->tables()->row("SELECT COUNT(*) AS n FROM {{$table}}")['n'] ?? 0);
        }
        $without = static fn (string $sql): array => $wiring->tables()->rows($sql);

        return [
            'php' => [
                'version' => PHP_VERSION,
                'sapi' => PHP_SAPI,
                'os' => PHP_OS_FAMILY,
                'memory_limit' => (string) ini_get('memory_limit'),
                'max_execution_time' => (string) ini_get('max_execution_time'),
                'extensions' => array_combine(self::EXTENSIONS, array_map(extension_loaded(...), self::EXTENSIONS)),
            ],
            'database' => $wiring->tables()->isMysql() ? 'mysql' : 'sqlite',
            'health' => $wiring->health()->toMonitor(),
            'options' => $this->options(),
            'preferences' => array_diff_key($wiring->preferences()->toArray(), array_flip(self::PREFERENCES)),
            'settings' => self::plain(array_diff_key(
                (array) $wiring->settings()->document(),
                array_flip(self::PERSONAL),
            )),
            'tables' => $rows,
            'jobs' => $without(
                'SELECT order_id, wants, lane, state, attempts, not_before, lease_until, code, created_at, updated_at '
                . 'FROM {job} ORDER BY updated_at DESC, id DESC LIMIT ' . self::LINES,
            ),
            'journal' => $without(
                'SELECT at, level, code, order_id, deal_id FROM {journal} ORDER BY id DESC LIMIT ' . self::LINES,
            ),
        ];
    }

    /** @return array<string, mixed> how the shop has made its bridge; of addresses and secrets only whether they are there */
    private function options(): array
    {
        $options = $this->wiring->options;

        return [
            'lang' => $options->lang,
            'keyed' => $options->key !== null && $options->key !== '',
            'roles' => array_keys($options->roles),
            'plain_http' => $options->plainHttp,
            'private_network' => $options->privateNetwork,
            'rate' => $options->rate,
            'burst' => $options->burst,
            'request_seconds' => $options->requestSeconds,
            'sweep_every' => $options->sweepEvery,
            'group' => $options->group,
            'kick_seconds' => $options->kickSeconds,
            'mail' => $options->notify !== null,
            'monitor' => $options->monitorUrl !== '',
            'ca_file' => $this->wiring->preferences()->caFile() !== null,
            'proxy' => $this->wiring->preferences()->proxy() !== '',
        ];
    }

    /** Texts that a person has written become their length: templates, names and conditions may hold anything. */
    private static function plain(mixed $value, string $name = ''): mixed
    {
        if ($value instanceof stdClass || is_array($value)) {
            $plain = [];
            foreach ($value instanceof stdClass ? get_object_vars($value) : $value as $key => $inner) {
                $plain[$key] = self::plain($inner, is_int($key) ? $name : $key);
            }

            return $plain;
        }

        return is_string($value) && !(in_array($name, self::PLAIN, true) && preg_match(self::ID, $value) === 1)
            ? mb_strlen($value) . ' characters'
            : $value;
    }
}
