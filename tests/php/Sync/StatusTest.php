<?php

declare(strict_types=1);

namespace Orderbridge\Tests\Sync;

use Orderbridge\Outbox\Job;
use Orderbridge\Tests\Support\BridgeTestCase;

use function array_column;
use function array_filter;
use function array_values;
use function count;
use function json_decode;
use function json_encode;

/** What the core needs for statuses both ways, and what it asks for. */
final class StatusTest extends BridgeTestCase
{
    /** @dataProvider databases */
    public function testAPullSeesTheWholeOrder(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        $bridge->outbox()->enqueue('1', Job::PULL);

        $bridge->worker()->run(5);

        $task = $this->tasks('pull_deal')[0];
        self::assertSame($this->shop->order('1'), $task['order'], 'a comment of the status table may name anything');
        self::assertSame('', $task['code']);
    }

    /** @dataProvider databases */
    public function testWhatTheCoreWantsLookedAtNextIsLookedAt(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        $asked = [];
        $this->engine->instead['sync.start'] = static function (array $data) use (&$asked): ?array {
            $asked[] = $data['task']['kind'];

            return match (true) {
                $data['task']['kind'] === 'pull_deal' && count($asked) < 3 => [
                    'step' => 'done', 'result' => [], 'jobs' => [['order_id' => '1', 'wants' => 'push']],
                ],
                $data['task']['kind'] === 'push_order' && count($asked) < 4 => [
                    'step' => 'done', 'result' => [], 'jobs' => [['order_id' => '1', 'wants' => 'pull']],
                ],
                default => ['step' => 'done', 'result' => []],
            };
        };
        $bridge->outbox()->enqueue('1', Job::PULL);

        $bridge->worker()->run(5);

        self::assertSame(['pull_deal', 'push_order', 'pull_deal'], $asked);
        self::assertSame(0, $bridge->outbox()->figures()['ready']);
    }

    /** @dataProvider databases */
    public function testAnOrderThatRestsKnowsWhyUntilAPersonBringsItBack(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->shop->place(1);
        $this->engine->instead['sync.start'] = static fn (array $data): ?array => match ($data['task']['kind']) {
            'push_order' => [
                'step' => 'wait', 'seconds' => 600, 'counts' => false, 'hold' => 0, 'stop' => false,
                'reason' => ['code' => 'loop_stopped', 'message' => 'in a circle', 'hint' => ''],
            ],
            default => null,
        };
        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        self::assertSame('loop_stopped', $bridge->outbox()->waiting()[0]['code']);

        $bridge->orderSaved('1');
        $bridge->worker()->run(5);
        $bridge->outbox()->requeue('1');
        $bridge->worker()->run(5);

        self::assertSame(['', 'loop_stopped', ''], array_column($this->tasks('push_order'), 'code'));
    }

    /** @dataProvider databases */
    public function testKnowsWhoWeAreAndWhatOurStagesAreCalled(string $kind): void
    {
        $bridge = $this->bridge($kind);
        $this->engine->instead['sync.start'] = static fn (array $data): array => [
            'step' => 'done',
            'result' => match ($data['task']['kind']) {
                'preflight' => ['ok' => true, 'points' => [], 'user_id' => '1'],
                'provision' => ['complete' => true, 'settings' => [
                    'shop' => ['id' => 's'],
                    'funnel' => ['id' => '5'],
                    'funnels' => [['id' => '7']],
                    'fields' => [['of' => 'deal', 'field' => 'ufCrmWay']],
                    'portal' => ['owner' => '1'],
                ]],
                default => ['fields' => [
                    ['of' => 'deal', 'name' => 'ufCrmWay', 'kind' => 'enumeration'],
                    ['of' => 'contact', 'name' => 'ufCrmWay', 'kind' => 'string'],
                ], 'users' => [['id' => '6', 'name' => 'Мария', 'active' => true]], 'funnels' => [
                    ['id' => '0', 'stages' => [['id' => 'NEW', 'name' => 'Новая', 'semantics' => 'process']]],
                    ['id' => '5', 'stages' => [
                        ['id' => 'C5:NEW', 'name' => 'Новый заказ', 'semantics' => 'process', 'color' => '#fff'],
                    ]],
                    ['id' => '7', 'stages' => [['id' => 'C7:WON', 'name' => 'Ура', 'semantics' => 'success']]],
                ]],
            },
        ];

        $bridge->setup()->connect($this->portal->webhook());
        self::assertSame('1', $this->known($bridge->setup()->document())['owner']);
        $bridge->setup()->provision(['create']);

        self::assertSame(
            [
                'users' => [['id' => '6', 'name' => 'Мария', 'active' => true]],
                'stages' => [
                    ['id' => 'C5:NEW', 'name' => 'Новый заказ', 'semantics' => 'process'],
                    ['id' => 'C7:WON', 'name' => 'Ура', 'semantics' => 'success'],
                ],
                'fields' => [['of' => 'deal', 'name' => 'ufCrmWay', 'kind' => 'enumeration']],
                'owner' => '1',
            ],
            $this->known($bridge->setup()->document()),
        );
    }

    /** @return list<array<string, mixed>> the tasks of a kind that the core was given */
    private function tasks(string $kind): array
    {
        $starts = array_filter($this->engine->asked, static fn (array $asked): bool => $asked[0] === 'sync.start');
        $tasks = array_column(array_column($starts, 1), 'task');

        return array_values(array_filter($tasks, static fn (array $task): bool => $task['kind'] === $kind));
    }

    /**
     * @param array<string, mixed> $document
     * @return array<string, mixed>
     */
    private function known(array $document): array
    {
        return json_decode((string) json_encode($document['portal']), true);
    }
}
