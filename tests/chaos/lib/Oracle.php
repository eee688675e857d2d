<?php

declare(strict_types=1);

namespace Chaos;

/** Looks at shop, portal, queue, journal and logs when all is quiet, and says what is not as it should be. */
final class Oracle
{
    /** @var array<string, list<string>> findings by kind: lost, doubled, diverged */
    public array $found = ['lost' => [], 'doubled' => [], 'diverged' => []];
    /** Where a deal begins, not where it is. */
    private const ONCE = ['categoryId', 'stageId'];
    private const BURST = 50;
    private const DEAL = 2;

    public function __construct(
        private readonly Director $director,
        private readonly Plan $plan,
        private readonly string $folder,
    ) {
    }

    public function look(): void
    {
        $state = $this->director->portal->send('GET', 'state?only=deals,contacts,categories');
        $this->orders($state['deals'], array_column($state['contacts'], null, 'ID'));
        $this->people($state['deals'], $state['contacts']);
        $this->stages($state);
        $this->queue();
        $journal = $this->director->journal();
        $this->creates($journal);
        $this->rate($journal);
        $this->secrets();
    }

    /** @param list<array<string, mixed>> $deals @param array<array-key, array<string, mixed>> $contacts */
    private function orders(array $deals, array $contacts): void
    {
        $site = $this->director->site;
        $of = [];
        foreach ($deals as $deal) {
            $of[$deal['ORIGIN_ID']][] = $deal;
        }
        $core = $site->bridge->core();
        $document = $site->bridge->setup()->document();
        foreach ($site->store->all() as $id => $status) {
            $own = $of[$id] ?? [];
            if (count($own) > 1) {
                $this->say('doubled', "order $id has deals " . implode(', ', array_column($own, 'ID')));
            }
            if ($own === [] && !Plan::deletes($id)) {
                $this->say('lost', "order $id has no deal");
            }
            unset($of[$id]);
            if (count($own) !== 1 || Plan::deletes($id)) {
                continue;
            }
            $order = $site->store->order((string) $id);
            $preview = $core->ask('order.preview', ['order' => $order], $document);
            $preview = json_decode((string) json_encode($preview), true);
            $this->same($id, $preview, $own[0], $contacts[$own[0]['CONTACT_ID']] ?? null);
        }
        foreach ($of as $id => $strange) {
            $this->say('doubled', "a deal for order \"$id\", which the shop does not have");
        }
    }

    /**
     * @param array<string, mixed> $preview
     * @param array<string, mixed> $deal
     * @param array<string, mixed>|null $contact
     */
    private function same(int $id, array $preview, array $deal, ?array $contact): void
    {
        foreach ($preview['deal'] as ['name' => $name, 'value' => $value]) {
            $upper = strtoupper((string) preg_replace('/(?<=[a-z0-9])(?=[A-Z])/', '_', $name));
            $there = $deal[$upper] ?? null;
            $equal = is_numeric($value) && is_numeric($there)
                ? (float) $value === (float) $there
                : $value === (string) $there;
            if (!$equal && !in_array($name, self::ONCE, true)) {
                $this->differs("order $id: $name", $there, $value);
            }
        }
        $wanted = array_map(
            static fn (array $row): array => [$row['name'], (float) $row['price'], (float) $row['quantity']],
            $preview['rows'],
        );
        $there = array_map(
            static fn (array $row): array => [$row['productName'], (float) $row['price'], (float) $row['quantity']],
            $deal['ROWS'],
        );
        if ($wanted !== $there) {
            $this->differs("order $id: the rows", $there, $wanted);
        }
        $buyer = (int) substr(strrchr($preview['contact']['last_name'], '-') ?: '', 1);
        if (isset($this->director->merged[$buyer])) {
            return;
        }
        foreach (['phone' => 'PHONE', 'email' => 'EMAIL'] as $what => $type) {
            $value = $preview['contact'][$what];
            $known = array_filter(
                $contact['FM'] ?? [],
                static fn (array $one): bool => $one['TYPE_ID'] === $type && $one['VALUE'] === $value,
            );
            if ($value !== '' && $known === []) {
                $this->say('diverged', "order $id: its contact {$deal['CONTACT_ID']} lacks the $what");
            }
        }
    }

    /** @param list<array<string, mixed>> $deals @param list<array<string, mixed>> $contacts */
    private function people(array $deals, array $contacts): void
    {
        $bound = array_flip(array_merge([], ...array_column($deals, 'CONTACT_IDS')));
        $seen = [];
        foreach ($contacts as $contact) {
            foreach ($contact['FM'] as $communication) {
                $other = $seen[$communication['VALUE']] ?? null;
                if ($other !== null) {
                    $this->say('doubled', "contacts $other and {$contact['ID']} are one buyer");
                    break;
                }
                $seen[$communication['VALUE']] = $contact['ID'];
            }
            $byHand = $contact['LAST_NAME'] === 'Рукописный';
            if (!isset($bound[$contact['ID']]) && !$byHand && !$this->ofDeleted($contact)) {
                $this->say('diverged', "contact {$contact['ID']} belongs to no deal");
            }
        }
    }

    /** Whether a buyer's only orders are those whose deals a manager has deleted. */
    private function ofDeleted(array $contact): bool
    {
        $buyer = (int) substr(strrchr($contact['LAST_NAME'], '-') ?: '', 1);
        $orders = $this->director->site->store->ordersOf($buyer);

        return array_filter($orders, static fn (int $id): bool => !Plan::deletes($id)) === [];
    }

    /** @param array<string, mixed> $state */
    private function stages(array $state): void
    {
        $names = [];
        foreach ($state['categories'] as $category) {
            $names += array_column($category['STAGES'], 'NAME', 'STATUS_ID');
        }
        $means = array_combine([...Plan::STAGES, Plan::LOST], ['work', 'payment', 'shipping', 'won', 'lost']);
        $statuses = $this->director->site->store->all();
        foreach ($state['deals'] as $deal) {
            $id = (int) $deal['ORIGIN_ID'];
            $wanted = isset($this->director->moved[$id]) ? $means[$names[$deal['STAGE_ID']] ?? ''] ?? null : null;
            if ($wanted !== null && !Plan::leavesFunnel($id) && ($statuses[$id] ?? '') !== $wanted) {
                $this->say('diverged', "order $id is \"{$statuses[$id]}\", its deal {$deal['ID']} says \"$wanted\"");
            }
            if (!isset($this->director->moved[$id]) && !in_array($statuses[$id] ?? '', ['new', 'lost'], true)) {
                $this->say('diverged', "order $id is \"{$statuses[$id]}\" though nobody has moved its deal");
            }
        }
    }

    private function queue(): void
    {
        $database = $this->director->site->store->database();
        foreach ($database->query('SELECT order_id, state, lease_until, code, message FROM ob_job') as $job) {
            if ($job['state'] !== 'dead') {
                $this->say('diverged', "the job of order {$job['order_id']} is stuck: " . json_encode($job, 256));
            } elseif (!Plan::deletes((int) $job['order_id'])) {
                $this->say('diverged', "the job of order {$job['order_id']} is dead: {$job['code']} {$job['message']}");
            }
        }
    }

    /**
     * A deal is created only after a search that found nothing, and once more only after another one.
     *
     * @param list<array<string, mixed>> $journal
     */
    private function creates(array $journal): void
    {
        $searched = [];
        foreach ($journal as $entry) {
            $answered = $entry['status'] === 200 && $entry['fault'] === null && $entry['error'] === null;
            $commands = $entry['method'] === 'batch' ? $entry['commands'] : [$entry];
            $here = [];
            foreach ($commands as $command) {
                $params = $command['params'];
                // A create that the portal is to refuse when the search has found something says 000002.
                if ((int) ($params['entityTypeId'] ?? 0) !== self::DEAL) {
                    continue;
                }
                if ($command['method'] === 'crm.item.list' && isset($params['filter']['=originId'])) {
                    $here[$params['filter']['=originId']] = $command['error'] === null && ($command['ran'] ?? true);
                    if ($answered && $here[$params['filter']['=originId']]) {
                        $searched[$params['filter']['=originId']] = true;
                    }
                } elseif ($command['method'] === 'crm.item.add') {
                    $order = (string) ($params['fields']['originId'] ?? '');
                    // The portal itself looks at what the search before it has found.
                    $guarded = (string) $params['entityTypeId'] !== '2' && ($here[$order] ?? false);
                    if (!isset($searched[$order]) && !$guarded) {
                        $this->say('diverged', "entry {$entry['n']}: the deal of order $order was created blind");
                    }
                    unset($searched[$order]);
                }
            }
            // What was cut off before it took effect was sent all the same.
            foreach ($entry['commands'] === [] ? (array) ($entry['params']['cmd'] ?? []) : [] as $command) {
                if (str_starts_with((string) $command, 'crm.item.add?')) {
                    parse_str(substr((string) strstr((string) $command, '?'), 1), $params);
                    // A contact's mark is no order's number.
                    unset($searched[$params['fields']['originId'] ?? '']);
                }
            }
        }
    }

    /**
     * The bucket of Bitrix24's cloud, by the simulated clock.
     *
     * @param list<array<string, mixed>> $journal
     */
    private function rate(array $journal): void
    {
        if ($this->plan->rate === 0) {
            return;
        }
        $level = $last = $ahead = 0.0;
        $highest = 0.0;
        $leaps = $this->director->leaps;
        usort($journal, static fn (array $a, array $b): int => $a['at'] <=> $b['at']);
        foreach ($journal as $entry) {
            if ($entry['method'] === 'crm.entity.mergeBatch') {
                continue;
            }
            while ($leaps !== [] && $leaps[0][0] <= $entry['at']) {
                $ahead += array_shift($leaps)[1];
            }
            $at = $entry['at'] + $ahead;
            $level = max(0.0, $level - ($at - $last) * $this->plan->rate) + 1;
            $last = $at;
            $highest = max($highest, $level);
        }
        if ($highest > self::BURST) {
            $this->say('diverged', sprintf('%.1f requests in the portal\'s bucket of %d', $highest, self::BURST));
        }
    }

    private function secrets(): void
    {
        $bridge = $this->director->site->bridge;
        $secrets = [
            (string) parse_url($this->director->portal->webhook, PHP_URL_PATH),
            $bridge->secrets()->inbound(),
        ];
        $said = '';
        foreach (['bridge.log', 'worker.out', 'door.out'] as $log) {
            // PHP's own server writes down each address it is asked for, as no web server of a shop should.
            $text = (string) @file_get_contents("$this->folder/$log");
            $said .= preg_replace('/^.*\[\d{3}\]: POST .*$/m', '', $text);
        }
        foreach (['SELECT message, hint FROM ob_journal', 'SELECT message, hint FROM ob_job'] as $sql) {
            foreach ($this->director->site->store->database()->query($sql) as $row) {
                $said .= "\n{$row['message']} {$row['hint']}";
            }
        }
        foreach ($secrets as $secret) {
            if (str_contains($said, trim($secret, '/')) || str_contains($said, basename($secret))) {
                $this->say('diverged', 'a log holds a secret');
            }
        }
        foreach (['/[\w.]+@mail\.example/', '/\+7\d{10}|8 \(9\d\d\)/'] as $pattern) {
            if (preg_match($pattern, $said, $match) === 1) {
                $this->say('diverged', "a log holds a buyer's $match[0]");
            }
        }
        if (preg_match('/^PHP (?:Fatal|Warning|Notice|Deprecated).*/m', $said, $match) === 1) {
            $this->say('diverged', "PHP complains: $match[0]");
        }
    }

    private function differs(string $what, mixed $there, mixed $wanted): void
    {
        $words = static fn (mixed $value): string => (string) json_encode($value, JSON_UNESCAPED_UNICODE);
        $this->say('diverged', "$what is {$words($there)}, wanted {$words($wanted)}");
    }

    private function say(string $kind, string $what): void
    {
        $this->found[$kind][] = $what;
    }
}
