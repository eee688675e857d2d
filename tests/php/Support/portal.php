<?php

/**
 * The other side of ScriptedEngine: keeps deals in memory, answers batches, and misbehaves when told to.
 *
 * GET /state shows everything; POST /move {deal, stage}; POST /set {deal, of}: makes or changes a deal as a person
 * does, or deletes it when `of` is null; POST /fault {kind, times}: cut (does the work, then closes
 * without an answer), busy (503, does nothing), deaf (closes without doing anything),
 * hang (does nothing and keeps the connection).
 */

declare(strict_types=1);

use Orderbridge\Tests\Support\HttpServer;

require __DIR__ . '/../bootstrap.php';

$state = ['deals' => [], 'moves' => [], 'requests' => 0, 'most' => 0];
$faults = [];

$one = static function (array $call) use (&$state): array {
    [$what, $of] = $call;
    switch ($what) {
        case 'find':
            foreach ($state['deals'] as $id => $deal) {
                if ($deal['order'] === $of) {
                    return ['deal' => (string) $id, 'stage' => $deal['stage']];
                }
            }
            return ['deal' => null];
        case 'create':
            $id = max([0, ...array_keys($state['deals'])]) + 1;
            $state['deals'][$id] = ['order' => $of, 'print' => $call[2], 'stage' => 'NEW'];
            return ['deal' => (string) $id, 'stage' => 'NEW'];
        case 'update':
            $state['deals'][$of]['print'] = $call[2];
            return ['deal' => (string) $of];
        case 'compare':
            $found = array_filter($state['deals'], static fn (array $deal): bool => $deal['order'] === $of);

            return ['deals' => array_map('strval', array_keys($found)), 'prints' => array_column($found, 'print')];
        case 'marked':
            $orders = array_column($state['deals'], 'order');

            return ['marked' => array_map(null, array_map('strval', array_keys($state['deals'])), $orders)];
        case 'get':
            return ['stage' => $state['deals'][$of]['stage']];
        default:
            return ['n' => count($state['moves']) - 1, 'deals' => array_slice($state['moves'], $of + 1)];
    }
};

$answer = static function (string $method, string $path, array $headers, string $body) use (&$state, &$faults, $one) {
    $told = json_decode($body, true) ?? [];
    switch ($path) {
        case '/state':
            return HttpServer::answer((string) json_encode($state));
        case '/move':
            $state['deals'][$told['deal']]['stage'] = $told['stage'];
            $state['moves'][] = (string) $told['deal'];
            return HttpServer::answer('{}');
        case '/set':
            $state['deals'][$told['deal']] = $told['of'];
            $state['deals'] = array_filter($state['deals']);
            return HttpServer::answer('{}');
        case '/fault':
            $faults = [...$faults, ...array_fill(0, $told['times'], $told['kind'])];
            return HttpServer::answer('{}');
    }
    $state['requests']++;
    $state['most'] = max($state['most'], count($told));
    $fault = array_shift($faults);
    if ($fault === 'hang') {
        return null;
    }
    if ($fault === 'deaf') {
        return [''];
    }
    if ($fault === 'busy') {
        return HttpServer::answer('{"error":"QUERY_LIMIT_EXCEEDED"}', 503);
    }
    $answer = (string) json_encode(array_map($one, $told));

    return $fault === 'cut' ? [''] : HttpServer::answer($answer);
};

(new HttpServer())->serve($answer);
