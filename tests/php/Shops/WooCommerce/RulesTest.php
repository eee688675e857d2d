<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Shops\WooCommerce;

use PHPUnit\Framework\TestCase;

/**
 * The rules of WordPress's directory that can be told from the files: those of Plugin Check that have ever mattered
 * here. Plugin Check itself is run by hand, see the adapter's README.md; it looks past `vendor/`, and so do we.
 */
final class RulesTest extends TestCase
{
    private const SHOP = __DIR__ . '/../../../../php-bridge/shops/woocommerce';
    /** What WordPress has a way of its own for, what no plugin may do, and what is meant for looking for faults. */
    private const FORBIDDEN = [
        'eval', 'create_function', 'str_rot13', 'exec', 'shell_exec', 'system', 'passthru', 'popen', 'proc_open',
        'dl', 'move_uploaded_file', 'ini_set', 'ini_alter', 'set_time_limit', 'error_reporting', 'base64_decode',
        'goto', 'json_encode', 'parse_url', 'strip_tags', 'date', 'rand', 'mt_rand', 'srand', 'unlink', 'rename',
        'rmdir', 'mkdir', 'chmod', 'touch', 'fopen', 'fwrite', 'fputs', 'file_put_contents', 'readfile', 'curl_init',
        'curl_exec', 'mysqli_connect', 'mysqli_query', 'var_dump', 'var_export', 'print_r', 'debug_print_backtrace',
        'error_log', 'query_posts', 'get_page_by_title', 'extract', 'unserialize', 'wp_redirect',
    ];
    private const FIELDS = [
        'Contributors', 'Tags', 'Requires at least', 'Tested up to', 'Requires PHP', 'Stable tag', 'License',
        'License URI',
    ];
    private const ESCAPING = ['esc_html__', 'esc_html', 'esc_attr', 'esc_attr__', 'esc_url', 'wp_json_encode'];

    /** @dataProvider files */
    public function testNothingForbiddenIsCalled(string $file): void
    {
        $tokens = self::tokens($file);
        foreach ($tokens as $at => $token) {
            self::assertFalse($token->is('`'), "$file:$token->line runs a program");
            self::assertFalse($token->is(T_OPEN_TAG_WITH_ECHO), "$file:$token->line a short tag");
            $isName = $token->is([T_STRING, T_NAME_FULLY_QUALIFIED, T_EVAL, T_GOTO, T_PRINT]);
            if (!$isName || !in_array(ltrim(strtolower($token->text), '\\'), self::FORBIDDEN, true)) {
                continue;
            }
            $isCalled = ($tokens[$at + 1] ?? null)?->is('(') === true;
            $isMethod = ($tokens[$at - 1] ?? null)?->is([T_OBJECT_OPERATOR, T_DOUBLE_COLON, T_FUNCTION]) === true;
            if ($isCalled && !$isMethod) {
                self::assertTrue(self::excused($file, $token->line), "$file:$token->line calls $token->text");
            }
        }
        self::assertNotSame([], $tokens);
    }

    /** Called by its address a file does nothing: it holds a class, returns an array, or leaves at once. */
    public function testNoFileDoesAnythingWhenItIsCalledDirectly(): void
    {
        foreach (self::files() as [$file]) {
            $code = self::code($file);
            $isGuarded = preg_match('/^defined\(\'(ABSPATH|WP_UNINSTALL_PLUGIN)\'\) \|\| exit;$/m', $code) === 1;
            $isClass = preg_match('/^namespace [\w\\\\]+;\n(?:\s*use [^;]+;.*\n|\s|\/\*\*(?:[^*]|\*(?!\/))*\*\/)*'
                . 'final (readonly )?class \w+[^{]*\{.*^\}\n\z/ms', $code) === 1;
            $isData = preg_match('/^<\?php\n\nreturn \[.*^\];\n\z/ms', $code) === 1;
            self::assertTrue($isGuarded || $isClass || $isData, "$file can be called");
        }
    }

    /** @dataProvider files */
    public function testAllThatIsPrintedIsEscaped(string $file): void
    {
        $tokens = self::tokens($file);
        foreach ($tokens as $at => $token) {
            if ($token->is([T_PRINT, T_INLINE_HTML])) {
                self::fail("$file:$token->line prints without echo");
            }
            if ($token->is(T_STRING) && in_array($token->text, ['printf', 'vprintf', '_e', 'wp_die'], true)) {
                self::fail("$file:$token->line prints with $token->text");
            }
            if ($token->is(T_ECHO) && !self::excused($file, $token->line)) {
                foreach (self::parts(array_slice($tokens, $at + 1)) as $part) {
                    $isText = count($part) === 1 && $part[0]->is(T_CONSTANT_ENCAPSED_STRING);
                    self::assertTrue(
                        $isText || in_array($part[0]->text, self::ESCAPING, true),
                        "$file:$token->line prints {$part[0]->text} as it is",
                    );
                }
            }
        }
        self::assertNotSame([], $tokens);
    }

    /** What comes from outside has WordPress's backslashes in it, and is cleaned or said to be meant for machines. */
    public function testWhatComesFromOutsideIsUnslashed(): void
    {
        $seen = 0;
        foreach (self::files() as [$file]) {
            foreach (self::lines($file) as $number => $line) {
                if (preg_match('/\$_(GET|POST|REQUEST|COOKIE|SERVER|FILES)\b/', $line) !== 1) {
                    continue;
                }
                $seen++;
                self::assertStringContainsString('wp_unslash(', $line, "$file:$number");
                self::assertTrue(
                    preg_match('/\bsanitize_\w+\(/', $line) === 1 || self::excused($file, $number),
                    "$file:$number takes in what it gets",
                );
            }
        }
        self::assertGreaterThan(0, $seen);
    }

    public function testEveryStatementPastWordPressSaysWhy(): void
    {
        $seen = 0;
        foreach (self::files() as [$file]) {
            foreach (self::lines($file) as $number => $line) {
                if (preg_match('/\$wpdb->(query|get_(var|row|col|results)|insert|update|delete)\(/', $line) === 1) {
                    $seen++;
                    self::assertStringContainsString('->prepare(', $line, "$file:$number");
                    self::assertTrue(self::excused($file, $number, 'DirectDatabaseQuery'), "$file:$number");
                }
            }
        }
        self::assertGreaterThan(0, $seen);
    }

    /** Texts are whole, of our own domain; those with a place for a value tell the translator what comes there. */
    public function testTextsCanBeTranslated(): void
    {
        $texts = 0;
        foreach (self::files() as [$file]) {
            $lines = self::lines($file);
            foreach ($lines as $number => $line) {
                $calls = preg_match_all('/\b(__|_x|_n|esc_html__|esc_attr__)\(/', $line);
                $whole = preg_match_all(
                    '/\b(__|esc_html__)\(\'(?:[^\'\\\\]|\\\\.)+\', \'orderbridge\'\)/',
                    $line,
                    $found,
                );
                self::assertSame($calls, $whole, "$file:$number is no literal text of ours");
                foreach ($found[0] as $call) {
                    $texts++;
                    if (preg_match('/%(\d\$)?[sd]/', $call) === 1) {
                        self::assertStringContainsString('translators:', $lines[$number - 1] ?? '', "$file:$number");
                    }
                }
            }
        }
        self::assertGreaterThan(5, $texts);
    }

    /** Whoever changes something has a right and a nonce. */
    public function testEveryCallOfTheAdminIsGuarded(): void
    {
        $all = implode("\n", array_map(static fn (array $file): string => self::code($file[0]), self::files()));
        preg_match_all('/\'(wp_ajax_|admin_post_)(nopriv_)?/', $all, $doors);
        self::assertSame(["'wp_ajax_"], $doors[0], 'one door, and none for strangers');

        $page = self::code('adapter/AdminPage.php');
        preg_match('/function answer\(\): never\n    \{\n(.*?)\n    \}\n/s', $page, $answer);
        $asks = '!current_user_can(self::RIGHT) || wp_verify_nonce($nonce, self::NONCE) === false';
        $guard = strpos($answer[1] ?? '', $asks);
        $work = strpos($answer[1] ?? '', 'Boot::bridge');
        self::assertIsInt($guard);
        self::assertIsInt($work);
        self::assertLessThan($work, $guard, 'it asks first');
    }

    /** Then there is nothing in the buyers' pages whose size, place or haste could be wrong. */
    public function testNothingIsPutIntoTheShopsPages(): void
    {
        foreach (self::files() as [$file]) {
            self::assertDoesNotMatchRegularExpression(
                '/wp_(enqueue|register)_|[\'"]wp_(head|footer|print_)|the_content|add_shortcode/',
                self::code($file),
                $file,
            );
        }
    }

    public function testTheReadmeIsWhatTheDirectoryWants(): void
    {
        $readme = self::code('readme.txt');
        preg_match_all('/^([A-Z][A-Za-z ]+): (.+)$/m', strstr($readme, "\n\n", true) ?: '', $found);
        $head = array_combine($found[1], $found[2]);
        preg_match_all('/^ \* ([A-Z][\w ]+): +(.+)$/m', self::code('orderbridge.php'), $found);
        $plugin = array_combine($found[1], $found[2]);

        self::assertStringStartsWith("=== {$plugin['Plugin Name']} ===\n", $readme);
        self::assertSame(self::FIELDS, array_keys($head));
        self::assertMatchesRegularExpression('/^\d+\.\d+\.\d+$/', $head['Stable tag'], 'a version, not trunk');
        self::assertMatchesRegularExpression('/^\d+\.\d$/', $head['Tested up to'], 'without the third number');
        self::assertTrue(version_compare($head['Tested up to'], $head['Requires at least'], '>='));
        foreach (['License', 'License URI', 'Requires at least', 'Requires PHP'] as $field) {
            self::assertSame($plugin[$field], $head[$field]);
        }
        self::assertLessThanOrEqual(5, count(explode(',', $head['Tags'])));
        self::assertDoesNotMatchRegularExpression('/\b(wordpress|plugin)\b/i', $head['Tags'] . $plugin['Plugin Name']);

        $short = explode("\n", explode("\n\n", $readme)[1])[0];
        self::assertLessThanOrEqual(150, mb_strlen($short));
        self::assertStringNotContainsString('<', $readme, 'no HTML');
        $sections = ['Description', 'Installation', 'Frequently Asked Questions', 'Screenshots', 'Changelog'];
        foreach ($sections as $section) {
            self::assertStringContainsString("\n== $section ==\n\n", $readme);
        }
        self::assertLessThan(10_000, strlen($readme));
        self::assertMatchesRegularExpression('#bitrix24\.com/privacy.*telegram\.org/privacy#', $readme);
    }

    /** In code and readme alike. */
    public function testWhatIsNeededIsTheSameEverywhere(): void
    {
        $head = self::code('orderbridge.php');
        $code = self::code('adapter/Requirements.php');
        preg_match('/WORDPRESS = \'([\d.]+)\'/', $code, $press);
        preg_match('/WOOCOMMERCE = \'([\d.]+)\'/', $code, $woo);

        self::assertMatchesRegularExpression('/Requires at least: +' . preg_quote($press[1]) . '$/m', $head);
        self::assertMatchesRegularExpression('/WC requires at least: +' . preg_quote($woo[1]) . '$/m', $head);
    }

    /** @return array<string, array{string}> every file of PHP that is ours, as the package has it */
    public static function files(): array
    {
        $files = [];
        foreach (['*.php', 'adapter/*.php', 'languages/*.php'] as $pattern) {
            foreach ((array) glob(self::SHOP . "/$pattern") as $path) {
                $name = substr((string) $path, strlen(self::SHOP) + 1);
                $files[$name] = [$name];
            }
        }

        return $files;
    }

    private static function code(string $file): string
    {
        return (string) file_get_contents(self::SHOP . "/$file");
    }

    /** @return array<int, string> by the number of the line */
    private static function lines(string $file): array
    {
        $lines = explode("\n", self::code($file));

        return array_combine(range(1, count($lines)), $lines);
    }

    /** @return list<\PhpToken> without spaces and comments */
    private static function tokens(string $file): array
    {
        return array_values(array_filter(
            \PhpToken::tokenize(self::code($file)),
            static fn (\PhpToken $token): bool => !$token->isIgnorable(),
        ));
    }

    /** Whether the line, the one above or the part around it says that the rule is broken on purpose, and why. */
    private static function excused(string $file, int $number, string $rule = ''): bool
    {
        $lines = self::lines($file);
        $why = '[\w.]*' . preg_quote($rule) . '[\w.]* -- \w';
        if (
            preg_match("/phpcs:ignore WordPress\\.$why/", $lines[$number]) === 1
            || preg_match("#^\s*// phpcs:ignore WordPress\\.$why#", $lines[$number - 1] ?? '') === 1
        ) {
            return true;
        }
        $above = implode("\n", array_slice($lines, 0, $number - 1));
        $off = strrpos($above, '// phpcs:disable');

        return $off !== false
            && preg_match("/phpcs:disable WordPress\\.$why/", substr($above, $off)) === 1
            && !str_contains(substr($above, $off), '// phpcs:enable');
    }

    /**
     * @param list<\PhpToken> $tokens after an echo
     * @return list<non-empty-list<\PhpToken>> what is printed one after the other
     */
    private static function parts(array $tokens): array
    {
        $parts = [[]];
        $depth = 0;
        foreach ($tokens as $token) {
            $depth += $token->is(['(', '[']) ? 1 : ($token->is([')', ']']) ? -1 : 0);
            if ($depth === 0 && $token->is(';')) {
                break;
            }
            if ($depth === 0 && $token->is([',', '.'])) {
                $parts[] = [];
            } else {
                $parts[count($parts) - 1][] = $token;
            }
        }

        return array_values(array_filter($parts));
    }
}
