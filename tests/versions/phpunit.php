<?php

/**
 * Runs PHPUnit on a version of PHP that it is older than. What PHPUnit itself does that is deprecated by now is not
 * ours; everything else that PHP says is an error of the test in which it is said. A deprecation fails the run also
 * where the bridge catches what is thrown, as the order-save hook does, and behind an `@`.
 *
 * PHP 7.4 reads this file, too.
 */

declare(strict_types=1);

const LIBRARIES = '/usr/share/php/';

set_include_path('.' . PATH_SEPARATOR . LIBRARIES);
$deprecations = [];
set_error_handler(static function (int $level, string $words, string $file, int $line) use (&$deprecations): bool {
    static $convert = null;
    if (strpos($file, LIBRARIES) === 0) {
        return true;
    }
    if (($level & (E_DEPRECATED | E_USER_DEPRECATED)) !== 0) {
        $deprecations["$words in $file, line $line"] = true;
    }
    // PHPUnit does not put its own handler in place of one that is there.
    $convert ??= new PHPUnit\Util\ErrorHandler(true, true, true, true);

    return $convert($level, $words, $file, $line);
});

require 'PHPUnit/Autoload.php';

$code = (new PHPUnit\TextUI\Command())->run($argv, false);
foreach (array_keys($deprecations) as $deprecation) {
    echo "$deprecation\n";
    $code = 1;
}
exit($code);
