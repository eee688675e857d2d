<?php

declare(strict_types=1);

namespace Piala\Pages;

use Orderbridge\Bridge;
use Orderbridge\Core\EngineFault;
use Orderbridge\Core\Rejected;
use Orderbridge\Exception\BridgeException;
use Orderbridge\Exception\WebhookUrlRefused;
use Orderbridge\Text\Texts;
use Piala\Http\Request;
use Piala\Http\Response;
use Piala\Http\Session;
use Piala\Status;
use Piala\Store\Catalogue;
use Piala\Store\Database;
use Piala\Store\Order;
use Piala\Store\Orders;
use Piala\View;

/**
 * The module's page in the shop's admin: connect, set up, map, and see what travels between orders and deals.
 *
 * Everything on it is asked of the bridge; the page only shows it and keeps the last look at the portal, so that
 * opening the page does not wait for Bitrix24.
 */
final class ModulePage
{
    private const LEDGER = 50;
    private const SNAPSHOT = 'snapshot';
    private const POINTS = 'points';
    private const PLAN = 'plan';

    public function __construct(
        private readonly Bridge $bridge,
        private readonly Orders $orders,
        private readonly Catalogue $catalogue,
        private readonly Database $database,
        private readonly Session $session,
        private readonly View $view,
    ) {
    }

    public function show(): Response
    {
        $health = $this->bridge->health();
        $connected = (bool) $health['portal']['connected'];
        $document = $connected ? self::plain($this->bridge->setup()->document()) : null;
        $orders = $this->orders->page(null, 1, self::LEDGER);

        return $this->view->admin('orderbridge', 'Orderbridge', [
            'health' => $health,
            'connected' => $connected,
            'points' => $this->session->take(self::POINTS),
            'plan' => $this->session->take(self::PLAN),
            'document' => $document,
            'funnel' => $this->funnel($document),
            'users' => $this->recalled()['users'] ?? [],
            'roots' => $this->catalogue->children(null),
            'inbound' => $connected ? $this->bridge->inboundUrl() : '',
            'orders' => $orders,
            'deals' => $this->deals($orders),
            'journal' => $this->bridge->journal()->latest(20),
        ]);
    }

    public function act(string $action, Request $request): ?Response
    {
        $known = true;
        try {
            match ($action) {
                'connect' => $this->connect(trim($request->form('webhook'))),
                'check' => $this->checked($this->bridge->setup()->preflight()),
                'plan' => $this->provision([]),
                'provision' => $this->provision(['create', 'change']),
                'statuses' => $this->saveStatuses($request->map('status_of'), $request->map('notify_of')),
                'responsible' => $this->saveManagers($request->map('manager_of'), $request->form('fallback')),
                'renew' => $this->renew(),
                'resend' => $this->resend($request->form('order')),
                default => $known = false,
            };
        } catch (WebhookUrlRefused $refused) {
            $reason = (new Texts())->reason("webhook_$refused->reason");
            $this->view->flash('error', "Вебхук не принят: $reason->message; $reason->hint");
        } catch (Rejected $rejected) {
            $this->view->flash('error', $rejected->getMessage() . ' ' . $rejected->hint);
        } catch (BridgeException | EngineFault $problem) {
            $this->view->flash('error', $problem->getMessage());
        }

        return $known ? Response::redirect('/admin/orderbridge') : null;
    }

    /**
     * How each order stands with Bitrix24.
     *
     * @param list<Order> $orders
     * @return array<int, array{deal: ?string, stage: ?string, state: string, text: string, hint: string}> by order id
     */
    public function deals(array $orders): array
    {
        $ids = array_map(static fn (Order $order): string => (string) $order->id, $orders);
        $links = $this->bridge->links()->ofOrders($ids);
        $dead = array_column($this->bridge->outbox()->dead(500), null, 'order_id');
        $waiting = array_column($this->bridge->outbox()->waiting(500), null, 'order_id');
        $deals = [];
        foreach ($orders as $order) {
            $link = $links[$order->id] ?? null;
            $problem = $dead[$order->id] ?? $waiting[$order->id] ?? null;
            $deal = $link['deal_id'] ?? null;
            $deals[$order->id] = [
                'deal' => $deal,
                'stage' => $link['stage'] ?? null,
                'state' => match (true) {
                    isset($dead[$order->id]) => 'error',
                    $problem !== null || $deal === null => 'wait',
                    default => 'ok',
                },
                'text' => match (true) {
                    $problem !== null => (string) $problem['message'],
                    $deal === null => 'В очереди',
                    default => 'Передан',
                },
                'hint' => $problem === null ? '' : (string) $problem['hint'],
            ];
        }

        return $deals;
    }

    /** @return array{deal: ?string, stage: ?string, state: string, text: string, hint: string} */
    public function of(Order $order): array
    {
        return $this->deals([$order])[$order->id];
    }

    /**
     * The very deal that the order becomes, as the core computes it, with `notes` and the names of its `manager`
     * and of the `category` that chose him; null when it cannot be told yet.
     *
     * @return array<string, mixed>|null
     */
    public function preview(Order $order): ?array
    {
        try {
            $preview = $this->bridge->setup()->preview((string) $order->id);
        } catch (Rejected | EngineFault | BridgeException) {
            return null;
        }
        if ($preview === null) {
            return null;
        }
        $preview = self::plain($preview);
        $names = array_column($this->recalled()['users'] ?? [], 'name', 'id');
        $category = (int) ($preview['responsible']['category'] ?? 0);

        return [
            ...$preview,
            'manager' => $names[$preview['responsible']['user']] ?? $preview['responsible']['user'],
            'category' => $this->catalogue->categories()[$category]['name'] ?? '',
            'notes' => $this->bridge->core()->notes(),
        ];
    }

    private function connect(string $webhook): void
    {
        $result = $this->bridge->setup()->connect($webhook);
        $this->checked($result);
        if ($result['ok']) {
            $this->look();
        }
    }

    /** @param array<string, mixed> $result of a preflight */
    private function checked(array $result): void
    {
        $this->session->set(self::POINTS, self::plain((array) ($result['points'] ?? [])));
        $result['ok']
            ? $this->view->flash('ok', 'Портал отвечает.')
            : $this->view->flash('error', 'Связи с порталом нет или не хватает прав. Что исправить, написано ниже.');
    }

    /** @param list<string> $consent */
    private function provision(array $consent): void
    {
        $result = self::plain($this->bridge->setup()->provision($consent));
        if (isset($result['problem'])) {
            $this->view->flash('error', "{$result['problem']['message']} {$result['problem']['hint']}");

            return;
        }
        if ($consent === []) {
            $this->session->set(self::PLAN, $result['plan']);

            return;
        }
        $users = $this->look()['users'] ?? [];
        $this->save(static function (array $document) use ($users): array {
            $document['portal']['users'] = $users;

            return $document;
        }, $result['complete'] ? 'Воронка, стадии и поле готовы.' : 'Сделано не всё, повторите.');
    }

    /**
     * Looks at the portal once and keeps what is there for the tables of this page.
     *
     * @return array<string, mixed>
     */
    private function look(): array
    {
        $snapshot = self::plain($this->bridge->setup()->snapshot());
        if (!isset($snapshot['problem'])) {
            $value = json_encode($snapshot, JSON_THROW_ON_ERROR);
            $this->database->run('DELETE FROM module_memory WHERE name = ?', [self::SNAPSHOT]);
            $this->database->insert('module_memory', ['name' => self::SNAPSHOT, 'value' => $value]);
        }

        return $snapshot;
    }

    /**
     * @param array<array-key, string> $statuses by stage
     * @param array<array-key, string> $notify by stage
     */
    private function saveStatuses(array $statuses, array $notify): void
    {
        $rows = [];
        foreach ($statuses as $stage => $status) {
            if (Status::tryFrom($status) !== null) {
                $rows[] = [
                    'stage' => (string) $stage,
                    'status' => $status,
                    'notify' => isset($notify[$stage]),
                    'comment' => '',
                ];
            }
        }
        $this->save(static function (array $document) use ($rows): array {
            $document['statuses']['from_stage'] = $rows;

            return $document;
        }, 'Стадии и статусы сохранены.');
    }

    /** @param array<array-key, string> $managers by category */
    private function saveManagers(array $managers, string $fallback): void
    {
        $rules = [];
        foreach ($managers as $category => $user) {
            if ($user !== '') {
                $rules[] = ['when' => ['categories' => [(string) $category]], 'users' => [$user], 'pick' => 'first'];
            }
        }
        $this->save(static function (array $document) use ($rules, $fallback): array {
            $document['responsible']['rules'] = $rules;
            $document['responsible']['fallback'] = $fallback;

            return $document;
        }, 'Ответственные сохранены.');
    }

    /**
     * Changes the settings. The core judges them: errors keep the old ones, warnings are told.
     *
     * @param callable(array<string, mixed>): array<string, mixed> $change
     */
    private function save(callable $change, string $done): void
    {
        $setup = $this->bridge->setup();
        $answer = self::plain($setup->save($change(self::plain($setup->document()))));
        $words = '';
        foreach ($answer['problems'] as $problem) {
            if ($answer['ok'] || $problem['level'] === 'error') {
                $words .= " {$problem['message']} {$problem['hint']}";
            }
        }
        match (true) {
            !$answer['ok'] => $this->view->flash('error', "Не сохранено.$words"),
            $words !== '' => $this->view->flash('warning', $done . $words),
            default => $this->view->flash('ok', $done),
        };
    }

    private function renew(): void
    {
        $this->bridge->secrets()->renewInbound();
        $this->view->flash('ok', 'Новый адрес ниже, впишите его в Битрикс24. Прежний действует до следующей смены.');
    }

    private function resend(string $orderId): void
    {
        $this->bridge->orderSaved($orderId);
        $this->view->flash('ok', 'Заказ снова в очереди.');
    }

    /**
     * Our funnel as it was at the last look.
     *
     * @param array<string, mixed>|null $document
     * @return array{name: string, stages: list<array<string, mixed>>}|null
     */
    private function funnel(?array $document): ?array
    {
        foreach ($this->recalled()['funnels'] ?? [] as $funnel) {
            if ($funnel['id'] === ($document['funnel']['id'] ?? '')) {
                return $funnel;
            }
        }

        return null;
    }

    /** @return array<string, mixed> */
    private function recalled(): array
    {
        $value = $this->database->value('SELECT value FROM module_memory WHERE name = ?', [self::SNAPSHOT]);

        return is_string($value) ? json_decode($value, true, 16, JSON_THROW_ON_ERROR) : [];
    }

    /** @param array<array-key, mixed> $value @return array<array-key, mixed> arrays all the way down */
    private static function plain(array $value): array
    {
        return json_decode(json_encode($value, JSON_THROW_ON_ERROR), true, 32, JSON_THROW_ON_ERROR);
    }
}
