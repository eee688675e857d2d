<?php

declare(strict_types=1);

namespace Orderbridge\Cli;

use Orderbridge\Bridge;
use Orderbridge\Setup\Finding;

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
        $output->line();
        $output->say($errors === 0 ? 'doctor_fine' : 'doctor_errors', ['count' => $errors]);

        return $errors === 0 ? Application::OK : Application::ATTENTION;
    }

    public static function print(Finding $finding, Output $output): void
    {
        $output->line((self::MARKS[$finding->level] ?? '  -  ') . $finding->message);
        if ($finding->hint !== '') {
            $output->line('       → ' . $finding->hint);
        }
    }
}
