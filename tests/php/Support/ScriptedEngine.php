<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Support;

use Closure;
use Orderbridge\Core\Engine;
use Orderbridge\Core\EngineFault;

use function array_chunk;
use function array_column;
use function array_keys;
use function array_map;
use function count;
use function in_array;
use function is_array;
use function is_string;
use function json_decode;
use function json_encode;

/**
 * Stands in for the core where a test is about the host: it speaks the contract's envelope, and a protocol of its own
 * with {@see portal.php}. Search before create, fingerprint, three-way pull, poll with cursor: as the real one, small.
 */
final class ScriptedEngine implements Engine
{
    /** @var list<array{string, mixed}> what was asked */
    public array $asked = [];
    /** @var array<string, Closure(array<string, mixed>): array<string, mixed>> answers instead of the usual, by op */
    public array $instead = [];
    public int $together = 10;

    public function renew(): void
    {
    }

    public function name(): string
    {
        return 'scripted';
    }

    public function call(string $request): string
    {
        $request = json_decode($request, true, 512, JSON_THROW_ON_ERROR);
        $op = $request['op'];
        $data = $request['data'];
        $this->asked[] = [$op, $data];
        $answer = isset($this->instead[$op]) ? ($this->instead[$op])($data) : null;
        $answer ??= match ($op) {
            'core.describe' => ['version' => 'test', 'codes' => []],
            'settings.check' => ['ok' => true, 'settings' => $data['settings'], 'problems' => []],
            'inbound.read' => ['hints' => array_map(
                static fn (string $deal): array => ['deal_id' => $deal],
                (array) ($data['form']['data[FIELDS][ID]'] ?? $data['query']['ID'] ?? []),
            )],
            'batch.pack' => $this->pack($data['tasks']),
            'batch.unpack' => ['replies' => (object) $this->unpack($data)],
            'sync.start' => $this->start($data['task']),
            'sync.resume' => $this->resume($data['state'], $data['reply']),
            'order.preview' => ['deal' => ['title' => $data['order']['id']]],
            'order.explain' => ['verdict' => 'told', 'sentences' => []],
            default => throw EngineFault::because('scripted', "no such op $op"),
        };

        return json_encode(
            isset($answer['rejected'])
                ? ['v' => 1, 'outcome' => 'rejected', 'error' => $answer['rejected']]
                : ['v' => 1, 'outcome' => 'ok', 'data' => (object) $answer, 'notes' => []],
            JSON_THROW_ON_ERROR,
        );
    }

    private function start(array $task): array
    {
        switch ($task['kind']) {
            case 'push_order':
                $order = $task['order'];
                if ($order === null) {
                    return ['step' => 'done', 'result' => ['outcome' => 'deleted']];
                }
                $print = $order['total'] . $order['status'];
                $link = $task['link'];
                if (($link['deal_id'] ?? null) === null) {
                    return $this->ask(
                        ['at' => 'find', 'order' => $order['id'], 'print' => $print],
                        ['find', $order['id'], $print],
                    );
                }
                if (($link['memo']['print'] ?? '') === $print) {
                    return ['step' => 'done', 'result' => ['outcome' => 'unchanged']];
                }
                return $this->ask(
                    ['at' => 'update', 'order' => $order['id'], 'print' => $print],
                    ['update', $link['deal_id'], $print],
                );
            case 'pull_deal':
                return $this->ask(
                    ['at' => 'get', 'link' => $task['link'], 'status' => $task['order']['status']],
                    ['get', $task['link']['deal_id']],
                );
            case 'compare':
                $order = $task['order'];

                return $this->ask(
                    ['at' => 'compared', 'print' => $order === null ? '' : $order['total'] . $order['status'],
                        'link' => $task['link'], 'mend' => in_array('repair', $task['consent'], true)],
                    ['compare', $task['link']['order_id']],
                );
            case 'poll':
                if (is_array($task['cursor']) && isset($task['cursor']['updated'])) {
                    return $this->ask(['at' => 'marked'], ['marked', '']);
                }
                return $this->ask(['at' => 'moved'], ['moved', $task['cursor']['n'] ?? -1]);
            default:
                return $this->ask(['at' => 'other'], ['find', '0', '']);
        }
    }

    private function resume(array $state, array $reply): array
    {
        if (isset($reply['failure'])) {
            return ['step' => 'wait', 'seconds' => 30, 'counts' => false, 'hold' => 30, 'stop' => false,
                'reason' => ['code' => 'portal_unreachable', 'message' => $reply['failure'], 'hint' => 'wait']];
        }
        switch ($state['at']) {
            case 'find':
                return $reply['deal'] === null
                    ? $this->ask(['at' => 'create'] + $state, ['create', $state['order'], $state['print']])
                    : $this->known($state, $reply, 'adopted');
            case 'create':
                return $this->known($state, $reply, 'created');
            case 'update':
                return $this->known($state, $reply, 'updated');
            case 'get':
                $link = $state['link'];
                if ($link['stage'] === $reply['stage']) {
                    return ['step' => 'done', 'result' => ['outcome' => 'unchanged']];
                }
                if ($state['status'] === 'at ' . $reply['stage']) {
                    return ['step' => 'done', 'result' => [],
                        'learn' => ['order_id' => $link['order_id'], 'stage' => $reply['stage']]];
                }
                return [
                    'step' => 'apply',
                    'state' => ['at' => 'applied', 'link' => $link, 'stage' => $reply['stage']],
                    'effects' => [[
                        'effect' => 'set_status',
                        'order_id' => $link['order_id'],
                        'status' => 'at ' . $reply['stage'],
                        'comment' => '',
                        'notify' => false,
                    ]],
                ];
            case 'applied':
                if (!$reply['applied'][0]['ok']) {
                    $reason = ['code' => 'shop_refused', 'message' => $reply['applied'][0]['error'], 'hint' => ''];

                    return ['step' => 'wait', 'seconds' => 5, 'counts' => true, 'hold' => 0, 'reason' => $reason];
                }
                return ['step' => 'done', 'result' => [],
                    'learn' => ['order_id' => $state['link']['order_id'], 'stage' => $state['stage']]];
            case 'compared':
                return $this->compared($state, $reply);
            case 'marked':
                $state = ['at' => 'unlinked', 'marked' => $reply['marked']];

                return ['step' => 'look', 'state' => $state, 'deals' => array_column($reply['marked'], 0)];
            case 'unlinked':
                $linked = array_column($reply['links'], 'deal_id');
                $jobs = [];
                foreach ($state['marked'] as [$deal, $order]) {
                    if (!in_array($deal, $linked, true)) {
                        $jobs[] = ['order_id' => $order, 'wants' => 'push'];
                    }
                }
                return ['step' => 'done', 'result' => ['more' => false], 'jobs' => $jobs, 'cursor' => ['page' => '']];
            case 'moved':
                $state = ['at' => 'looked', 'n' => $reply['n']];

                return ['step' => 'look', 'state' => $state, 'deals' => $reply['deals']];
            case 'looked':
                $jobs = [];
                foreach ($reply['links'] as $link) {
                    $jobs[] = ['order_id' => $link['order_id'], 'wants' => 'pull'];
                }
                return ['step' => 'done', 'result' => [], 'jobs' => $jobs, 'cursor' => ['n' => $state['n']]];
            default:
                return ['step' => 'done', 'result' => ['ok' => true, 'points' => []]];
        }
    }

    private function compared(array $state, array $reply): array
    {
        $link = $state['link'];
        $deal = $link['deal_id'] ?? null;
        $kind = match (true) {
            count($reply['deals']) > 1 => 'doubled',
            $reply['deals'] === [] => 'missing',
            $reply['deals'] !== [$deal] => 'unlinked',
            $reply['prints'] !== [$state['print']] => 'different',
            default => 'equal',
        };
        $step = ['step' => 'done', 'result' => [
            'outcome' => $kind,
            'deals' => $reply['deals'],
            'fields' => $kind === 'different' ? ['print'] : [],
        ]];
        if (!$state['mend'] || in_array($kind, ['equal', 'doubled'], true)) {
            return $step;
        }
        $learn = $kind === 'different' ? ['memo' => ['print' => '']] : ['forget' => true];

        return $step + ['learn' => ['order_id' => $link['order_id']] + $learn,
            'jobs' => [['order_id' => $link['order_id'], 'wants' => 'push']]];
    }

    private function known(array $state, array $reply, string $how): array
    {
        $learn = ['order_id' => $state['order'], 'deal_id' => $reply['deal'], 'memo' => ['print' => $state['print']]];

        return ['step' => 'done', 'result' => ['outcome' => $how],
            'learn' => $learn + ($how === 'updated' ? [] : ['stage' => $reply['stage']]),
            'journal' => [['order_id' => $state['order'], 'level' => 'info', 'code' => $how, 'message' => $how]]];
    }

    private function ask(array $state, array $call): array
    {
        return ['step' => 'call', 'state' => $state, 'calls' => [$call]];
    }

    private function pack(array $tasks): array
    {
        $requests = [];
        foreach (array_chunk($tasks, $this->together) as $some) {
            $calls = [];
            foreach ($some as $task) {
                $calls[$task['id']] = $task['calls'][0];
            }
            $requests[] = ['method' => 'batch', 'body' => json_encode($calls), 'tasks' => array_keys($calls)];
        }

        return ['requests' => $requests];
    }

    private function unpack(array $data): array
    {
        $answer = $data['answer'];
        $body = $answer['body'] ?? null;
        $body = is_string($body) ? json_decode($body, true) : $body;
        $replies = [];
        foreach ($data['tasks'] as $task) {
            $replies[$task] = match (true) {
                isset($answer['failure']) => ['failure' => $answer['failure']],
                $answer['status'] !== 200 || !isset($body[$task]) => ['failure' => 'http'],
                default => $body[$task],
            };
        }

        return $replies;
    }
}
