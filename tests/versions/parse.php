<?php

/**
 * Compiles every file that it is given the name of, without running it. Whatever PHP has to say of one, be it a
 * deprecation, is a fault: `<file>: <words>` a line, and at the end `N passed, N failed`.
 *
 * PHP 7.4 reads this file, too.
 */

declare(strict_types=1);

$passed = 0;
$failed = 0;
foreach (array_slice($argv, 1) as $file) {
    // Before 8.5 opcache prints what the compiler says and asks no error handler.
    ob_start();
    try {
        $words = opcache_compile_file($file) ? '' : 'not compiled';
    } catch (Throwable $failure) {
        $words = $failure->getMessage() . ' in line ' . $failure->getLine();
    }
    $words .= trim((string) ob_get_clean());
    if ($words === '') {
        $passed++;
    } else {
        $failed++;
        echo "$file: $words\n";
    }
}
echo "$passed passed, $failed failed\n";
