<?php

/** Messages that the module has signed, as JSON: some with two secrets, some changed on their way. */

declare(strict_types=1);

use Orderbridge\Companion\Signature;

// phpcs:disable PSR1.Files.SideEffects -- a program
require dirname(__DIR__, 4) . '/php-bridge/bitrix24/orderbridge.sync/lib/signature.php';

$cases = [];
$bodies = [
    '{"test": 2432232314}', '{}', '[]', '"текст с «кавычками» и \u20bd"', '{"data":{"FIELDS":{"ID":"7405"}}}',
    (string) json_encode(['long' => str_repeat('я😀', 2000)], JSON_UNESCAPED_UNICODE), " {\"a\":1}\n",
];
foreach ([24, 32, 64] as $length) {
    foreach ($bodies as $index => $body) {
        $secret = 'whsec_' . base64_encode(random_bytes($length));
        $secrets = $index % 2 === 0 ? [$secret] : ['whsec_' . base64_encode(random_bytes(32)), $secret];
        $headers = Signature::headers($secrets, 'msg_' . bin2hex(random_bytes(8)), time(), $body);
        $case = ['secret' => $secret, 'body' => $body, 'headers' => $headers, 'good' => true];
        $cases[] = $case;
        $cases[] = ['body' => "$body ", 'good' => false] + $case;
        $cases[] = ['headers' => ['webhook-id' => 'msg_1'] + $headers, 'good' => false] + $case;
        $cases[] = ['headers' => ['webhook-timestamp' => (string) (time() + 1)] + $headers, 'good' => false] + $case;
        $cases[] = ['secret' => 'whsec_' . base64_encode(random_bytes(32)), 'good' => false] + $case;
        $old = Signature::headers($secrets, 'msg_old', time() - 400, $body);
        $cases[] = ['headers' => $old, 'good' => false] + $case;
    }
}
echo json_encode($cases, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
