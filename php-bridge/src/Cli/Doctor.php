<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;
use Orderbridge\Setup\Finding;

use function array_map;
use function escapeshellarg;
use function getcwd;
use function implode;
use function preg_match;
use function realpath;
use function strtr;

use const PHP_BINARY;

/** Looks at everything and says what to do. */
final class Doctor implements Command
{
    private const MARKS = [Finding::OK => '  ok ', Finding::WARNING => '  !  ', Finding::ERROR => '  x  '];

    public function run(Bridge $bridge, Arguments $arguments, Output $output): int
    {
        $errors = 0;
        foreach ($bridge->checkup() as $finding) {
            self::print($finding, $output);
            $errors += $finding->level === Finding::ERROR ? 1 : 0;
        }
        if (!$bridge->health()['cron_seen']) {
            $output->line();
            $output->say('cron_line', ['line' => self::cron($arguments)]);
        }
        $output->line();
        $output->say($errors === 0 ? 'doctor_fine' : 'doctor_errors', ['count' => $errors]);

        return $errors === 0 ? Application::OK : Application::ATTENTION;
    }

    /** To be copied as it is: cron starts in another folder and knows no PATH. */
    private static function cron(Arguments $arguments): string
    {
        $program = (string) ($_SERVER['argv'][0] ?? '');
        $boot = $arguments->value('boot', getcwd() . '/orderbridge.php');
        $words = [PHP_BINARY, realpath($program) ?: $program, '--boot', realpath($boot) ?: $boot, 'work'];
        $quoted = array_map(
            static fn (string $word): string => preg_match('~^[\w./+:@-]+$~D', $word) === 1
                ? $word
                : escapeshellarg($word),
            $words,
        );

        // Cron takes a percent sign for the end of the line.
        return '* * * * * ' . strtr(implode(' ', $quoted), ['%' => '\%']);
    }

    public static function print(Finding $finding, Output $output): void
    {
        $output->line((self::MARKS[$finding->level] ?? '  -  ') . $finding->message);
        if ($finding->hint !== '') {
            $output->line('       → ' . $finding->hint);
        }
    }
}
