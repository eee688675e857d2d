<?php

/** Compares what all think of the same messages, and lets the shop's door judge what the others have signed. */

declare(strict_types=1);

use Orderbridge\Inbox\Signature;

// phpcs:disable PSR1.Files.SideEffects -- a program
require dirname(__DIR__, 4) . '/php-bridge/autoload.php';

$judge = static fn (array $headers, array $case): bool => ($signature = Signature::of($headers)) !== null
    && $signature->fits($case['body'], [$case['secret']])
    && $signature->isFresh(time());
$read = static fn (string $file): array => json_decode((string) file_get_contents($file), true, 8, JSON_THROW_ON_ERROR);
$cases = $read($argv[1]);
$results = ['passed' => 0, 'failed' => 0];
$check = static function (bool $right, string $what) use (&$results): void {
    $results[$right ? 'passed' : 'failed']++;
    if (!$right) {
        echo "failed: $what\n";
    }
};
foreach ($cases as $number => $case) {
    $check($judge($case['headers'], $case) === $case['good'], "our own, case $number");
}
foreach (['npm' => $argv[2], 'PyPI' => $argv[3]] as $name => $file) {
    foreach ($read($file) as $number => $other) {
        $case = $cases[$number];
        $check($other['good'] === $case['good'], "what $name thinks of case $number");
        $check($judge($other['signed'], $case), "what $name has signed, case $number");
        $check(!$judge($other['signed'], ['body' => $case['body'] . 'x'] + $case), "changed after $name, case $number");
    }
}
echo "{$results['passed']} passed, {$results['failed']} failed\n";
exit($results['failed'] === 0 && $results['passed'] > 0 ? 0 : 1);
