<?php

/**
 * Runs PHPUnit on a version of PHP that it is older than. What PHPUnit itself does that is deprecated by now is not
 * ours; everything else that PHP says is an error of the test in which it is said.
 */

declare(strict_types=1);

const LIBRARIES = '/usr/share/php/';

set_include_path(LIBRARIES);
set_error_handler(static function (int $level, string $words, string $file, int $line): bool {
    static $convert = null;
    if (str_starts_with($file, LIBRARIES)) {
        return true;
    }
    // PHPUnit does not put its own handler in place of one that is there.
    $convert ??= new PHPUnit\Util\ErrorHandler(true, true, true, true);

    return $convert($level, $words, $file, $line);
});

require 'PHPUnit/Autoload.php';

exit((new PHPUnit\TextUI\Command())->run($argv, false));
