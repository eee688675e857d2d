<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

use Orderbridge\Outbox\Reason;
use Orderbridge\Settings\Shelf;
use stdClass;

use function array_filter;
use function array_map;
use function array_values;
use function time;
use function trim;

/** The portal: letting us in, what it has, setting it up. */
final class Connecting extends Desk
{
    private const SNAPSHOT = 'snapshot';
    private const SNAPSHOT_SECONDS = 600;

    /** @return array<string, mixed> */
    public function test(Params $params): array
    {
        $webhook = trim($params->text('webhook'));
        $setup = $this->wiring->setup();
        $result = $webhook === '' ? $setup->preflight() : $setup->connect($webhook, $params->flag('another'));
        if ($webhook !== '' && $result['ok']) {
            $this->shelf()->remove(self::SNAPSHOT);
            $this->wiring->kick()->want();
        }

        return [
            'ok' => $result['ok'],
            'points' => array_values((array) ($result['points'] ?? [])),
            'connection' => (new Portals($this->wiring))->connection(),
            'settings' => (new Documents($this->wiring))->stored(),
        ];
    }

    /** @return array<string, mixed> */
    public function close(): array
    {
        $this->wiring->secrets()->disconnect();
        $this->shelf()->remove(self::SNAPSHOT);

        return ['connection' => (new Portals($this->wiring))->connection()];
    }

    /** @return array<string, mixed> */
    public function snapshot(Params $params): array
    {
        $kept = $this->shelf()->get(self::SNAPSHOT);
        if ($params->flag('fresh') || !$kept instanceof stdClass || $kept->until < time()) {
            $kept = $this->fresh();
        }

        return (array) $kept->snapshot;
    }

    /** @return array<string, mixed> */
    public function plan(): array
    {
        return $this->provisioned([]);
    }

    /** @return array<string, mixed> */
    public function provision(Params $params): array
    {
        $consent = array_values(array_filter(
            $params->texts('consent'),
            static fn (string $word): bool => $word === 'create' || $word === 'change',
        ));
        $result = $this->provisioned($consent);
        // The portal has something new.
        $this->shelf()->remove(self::SNAPSHOT);

        return $result + ['settings' => (new Documents($this->wiring))->stored()];
    }

    /**
     * @param list<string> $consent
     * @return array<string, mixed>
     */
    private function provisioned(array $consent): array
    {
        $result = $this->wiring->setup()->provision($consent);
        if (isset($result['problem'])) {
            throw $this->problem((array) $result['problem']);
        }

        return ['plan' => (array) ($result['plan'] ?? []), 'complete' => (bool) ($result['complete'] ?? false)];
    }

    private function fresh(): stdClass
    {
        $snapshot = $this->wiring->setup()->snapshot();
        if (isset($snapshot['problem'])) {
            throw $this->problem((array) $snapshot['problem']);
        }
        $fields = ['deal' => [], 'contact' => [], 'company' => []];
        foreach ((array) ($snapshot['fields'] ?? []) as $field) {
            $field = (array) $field;
            $fields[(string) $field['of']][] = [
                'name' => $field['name'] ?? '',
                'upper_name' => $field['upper_name'] ?? '',
                'title' => $field['title'] ?? '',
                'type' => $field['kind'] ?? '',
                'multiple' => $field['multiple'] ?? false,
                'read_only' => $field['read_only'] ?? false,
                'items' => array_values((array) ($field['items'] ?? [])),
            ];
        }
        $kept = (object) ['until' => time() + self::SNAPSHOT_SECONDS, 'snapshot' => [
            'at' => self::moment(time()),
            'funnels' => array_map($this->funnel(...), array_values((array) ($snapshot['funnels'] ?? []))),
            'users' => array_values((array) ($snapshot['users'] ?? [])),
            'currencies' => array_values((array) ($snapshot['currencies'] ?? [])),
            'fields' => $fields,
        ]];
        $this->shelf()->put(self::SNAPSHOT, $kept);

        return $kept;
    }

    /** @return array<string, mixed> */
    private function funnel(mixed $funnel): array
    {
        $funnel = (array) $funnel;

        return [
            'id' => (string) $funnel['id'],
            'name' => (string) $funnel['name'],
            'stages' => array_map(static fn (mixed $stage): array => [
                'id' => (string) ((array) $stage)['id'],
                'name' => (string) ((array) $stage)['name'],
                'color' => (string) ((array) $stage)['color'],
                'semantics' => (string) ((array) $stage)['semantics'],
                'sort' => (int) (((array) $stage)['sort'] ?? 0),
            ], array_values((array) ($funnel['stages'] ?? []))),
        ];
    }

    private function shelf(): Shelf
    {
        return $this->wiring->settings()->shelf();
    }

    /** @param array<string, mixed> $problem of the core's */
    private function problem(array $problem): Refusal
    {
        return new Refusal(Refusal::REFUSED, Reason::of(
            (string) $problem['code'],
            (string) $problem['message'],
            (string) $problem['hint'],
        ));
    }
}
