<?php

/**
 * Compiles every file that it is given the name of, without running it, and loads what is a class of the bridge, for
 * PHP looks at a parent only then. Whatever PHP has to say of one, be it a deprecation, is a fault: `<file>: <words>`
 * a line, and at the end `N passed, N failed`.
 *
 * PHP 7.4 reads this file, too.
 */

declare(strict_types=1);

// phpcs:disable PSR1.Files.SideEffects -- a program of one file

/** What is wrong with the file, '' when nothing is. */
function complaint(string $file): string
{
    // Before 8.5 opcache prints what the compiler says and asks no error handler.
    ob_start();
    try {
        $words = opcache_compile_file($file) ? '' : 'not compiled';
        if (preg_match('~/php-bridge/src/(.*[A-Z]\w+)\.php$~', $file, $found) === 1) {
            $class = 'Orderbridge\\' . str_replace('/', '\\', $found[1]);
            $words .= class_exists($class) || interface_exists($class) || trait_exists($class) ? '' : "no $class";
        }
    } catch (Throwable $failure) {
        $words = $failure->getMessage() . ' in line ' . $failure->getLine();
    }

    return $words . trim((string) ob_get_clean());
}

$passed = 0;
$failed = 0;
if (PHP_VERSION_ID >= 80100) {
    require dirname(__DIR__, 2) . '/php-bridge/autoload.php';
}
foreach (array_slice($argv, 1) as $file) {
    $words = complaint($file);
    if ($words === '') {
        $passed++;
    } else {
        $failed++;
        echo "$file: $words\n";
    }
}
echo "$passed passed, $failed failed\n";
