<?php

declare(strict_types=1);

namespace Orderbridge\Setup;

use Closure;
use Orderbridge\Bitrix24\Portal;
use Orderbridge\Core\Core;
use Orderbridge\Exception\NotConnected;
use Orderbridge\Exception\WebhookUrlRefused;
use Orderbridge\Link\Links;
use Orderbridge\Options;
use Orderbridge\Outbox\Outbox;
use Orderbridge\Settings\Changes;
use Orderbridge\Settings\PortalHold;
use Orderbridge\Settings\Secrets;
use Orderbridge\Settings\Settings;
use Orderbridge\Shop\Currencies;
use Orderbridge\Shop\Shop;
use Orderbridge\Sync\Compare;
use Orderbridge\Sync\Deadline;
use Orderbridge\Sync\Line;
use Orderbridge\Sync\Outcome;
use Orderbridge\Sync\Task;
use Orderbridge\Text\Texts;
use SensitiveParameter;

use function array_column;
use function array_diff_key;
use function array_intersect_key;
use function ctype_digit;
use function get_object_vars;
use function in_array;
use function is_string;
use function parse_url;
use function preg_replace;

use const PHP_URL_HOST;
use const PHP_URL_PORT;

/** What a person does once: connect a portal, set it up, look at what an order will become, change the settings. */
final class Setup
{
    private const SECONDS = 60.0;
    /** What of the portal is remembered from the last snapshot. */
    private const PORTAL = 'portal';

    /**
     * @param Closure(): (Line|null) $line to the connected portal
     * @param Closure(Portal): Line $lineTo to a portal that is being tried
     */
    public function __construct(
        private readonly Shop $shop,
        private readonly Core $core,
        private readonly Settings $settings,
        private readonly Secrets $secrets,
        private readonly PortalHold $hold,
        private readonly Outbox $outbox,
        private readonly Closure $line,
        private readonly Closure $lineTo,
        private readonly Options $options,
        private readonly Links $links,
        private readonly Texts $texts,
        private readonly Facts $facts,
    ) {
    }

    /**
     * Tries a webhook and keeps it if the portal lets us in.
     *
     * Another address may be another portal, where our deals' ids belong to strangers, or the same one renamed. Only
     * a person knows; until told that it is another, links and settings stay.
     *
     * @param bool $another forget the former portal's deals, cursor and funnel
     * @return array<string, mixed> the preflight's result: `ok`, `points`
     * @throws WebhookUrlRefused
     */
    public function connect(#[SensitiveParameter] string $webhook, bool $another = false): array
    {
        $portal = Portal::fromWebhook($webhook, $this->options->plainHttp);
        if (!$this->options->privateNetwork && $portal->isPrivate()) {
            throw WebhookUrlRefused::because('private', 'the address leads into a private network');
        }
        $this->document();
        $result = $this->checked(($this->lineTo)($portal));
        if ($result['ok']) {
            $before = $this->secrets->lastAddress();
            if ($another) {
                $this->forgetPortal();
            } elseif ($before !== '' && $before !== $portal->address) {
                $result['points'][] = ['level' => 'warning'] + get_object_vars(
                    $this->texts->reason('portal_changed', ['before' => $before, 'now' => $portal->address]),
                );
            }
            $this->secrets->connect($portal);
            $this->secrets->prepareMonitor();
            $this->settings->saw('connected');
            $this->settings->keep(static fn (): array => ['owner' => (string) ($result['user_id'] ?? '')]);
            $this->mended();
        }

        return $result;
    }

    /** @return array<string, mixed> `ok`, `points` with code, level, message, hint */
    public function preflight(): array
    {
        return $this->checked($this->line());
    }

    /** @return array<string, mixed> funnels, stages, users, currencies, fields; `problem` when it did not come off */
    public function snapshot(): array
    {
        $snapshot = $this->result($this->line(), Task::ofSetup('snapshot'));
        if (isset($snapshot['funnels'])) {
            $this->settings->shelf()->put(self::PORTAL, Inventory::of($snapshot));
            $this->note($snapshot);
        }

        return $snapshot;
    }

    /**
     * Finds or creates the funnel, its stages, the hidden field.
     *
     * @param list<string> $consent `create`, `change`; none: only the plan
     * @return array<string, mixed> `plan`, `complete`; `problem` when it did not come off
     */
    public function provision(array $consent): array
    {
        $task = Task::ofSetup('provision', ['consent' => $consent, 'roles' => (object) $this->options->roles]);
        $before = $this->document();
        $result = $this->result($this->line(), $task, $before);
        if ($consent !== [] && isset($result['settings'])) {
            // It did not know of the new funnel.
            $this->settings->shelf()->remove(self::PORTAL);
            $made = (array) $result['settings'];
            $this->keep(static fn (array $present): array => Changes::onto($present, $before, $made));
            $this->outbox->requeueDead();
            $this->mended();
            $this->snapshot();
        }

        return $result;
    }

    /** @return array<string, mixed>|null what the order will become; null: there is no such order */
    public function preview(string $orderId): ?array
    {
        $order = $this->shop->order($orderId);

        return $order === null ? null : $this->core->ask('order.preview', ['order' => $order], $this->document());
    }

    /**
     * Why an order is not in Bitrix24, or why it has the status it has.
     *
     * @return array<string, mixed> `verdict`, `sentences` with code, message, hint, the most important first
     */
    public function explain(string $orderId): array
    {
        return $this->core->ask('order.explain', $this->facts->of($orderId), $this->document());
    }

    /**
     * Says what is wrong with a settings document, and fills in what it leaves out.
     *
     * @param array<string, mixed> $document
     * @return array<string, mixed> `ok`, `settings`, `problems`
     */
    public function check(array $document): array
    {
        return $this->core->ask('settings.check', [
            'settings' => (object) $document,
            'statuses' => $this->shop->statuses(),
            'categories' => Inventory::categories($this->shop->categories(), $document),
            'currencies' => $this->shop instanceof Currencies ? $this->shop->currencies() : [],
            'portal' => Inventory::for($this->settings->shelf()->get(self::PORTAL), $document),
            'links' => $this->links->count(),
            'shop_id' => (string) ($this->settings->document()['shop']->id ?? ''),
        ]);
    }

    /**
     * Keeps what a person has made of the document with that revision. What had died of the old settings gets another
     * chance.
     *
     * @param array<string, mixed> $document
     * @return array<string, mixed>|null as {@see check()}; null: somebody else has changed the settings meanwhile
     */
    public function replace(array $document, string $revision, string $by): ?array
    {
        $answer = $this->check($document);
        if (!($answer['ok'] ?? false)) {
            return $answer;
        }
        if (!$this->settings->replaceDocument((array) $answer['settings'], $revision, $by)) {
            return null;
        }
        $this->outbox->requeueDead();
        $this->mended();

        return $answer;
    }

    /** @return array<string, mixed> the settings; a fresh document for this shop at the first time */
    public function document(): array
    {
        return $this->settings->document() ?? (array) $this->settings->amendDocument(
            fn (?array $present): array => $present
                ?? (array) $this->check(['shop' => ['id' => $this->shopId()]])['settings'],
        );
    }

    /** A person has mended something: the portal need not be left alone any longer. */
    public function mended(): void
    {
        $this->hold->lift();
        $this->settings->setDue('poll', 0);
    }

    private function forgetPortal(): void
    {
        $this->links->forgetAll();
        $this->settings->forgetCursor('poll');
        $this->settings->forgetCursor(Compare::NAME);
        $this->settings->shelf()->remove(self::PORTAL);
        $ofThePortal = ['funnel' => 1, 'funnels' => 1, 'portal' => 1, 'statuses' => 1];
        $this->keep(static fn (array $present): array => array_diff_key($present, $ofThePortal));
    }

    /**
     * Who works in the portal, for the core passes over those who have left; what its stages are called; what the
     * fields take that the settings fill.
     *
     * @param array<string, mixed> $snapshot
     */
    private function note(array $snapshot): void
    {
        $this->settings->keep(static function (array $document) use ($snapshot): array {
            $funnels = [(array) ($document['funnel'] ?? [])];
            foreach ((array) ($document['funnels'] ?? []) as $funnel) {
                $funnels[] = (array) $funnel;
            }
            $ours = array_column($funnels, 'id');
            $stages = [];
            foreach ((array) $snapshot['funnels'] as $funnel) {
                $funnel = (array) $funnel;
                foreach (in_array($funnel['id'], $ours, true) ? (array) $funnel['stages'] : [] as $stage) {
                    $stages[] = array_intersect_key((array) $stage, ['id' => 1, 'name' => 1, 'semantics' => 1]);
                }
            }

            return [
                'users' => Inventory::people((array) ($snapshot['users'] ?? []), $document),
                'stages' => $stages,
                'fields' => Inventory::filled((array) ($snapshot['fields'] ?? []), $document),
            ];
        });
    }

    /**
     * Changes a document that need not be finished yet, as long as it can be read afterwards.
     *
     * @param Closure(array<string, mixed>): array<string, mixed> $change
     */
    private function keep(Closure $change): void
    {
        $this->settings->amendDocument(function (?array $present) use ($change): ?array {
            $settings = $this->check($change($present ?? []))['settings'] ?? null;

            return $settings === null ? null : (array) $settings;
        });
    }

    private function line(): Line
    {
        return ($this->line)() ?? throw NotConnected::yet();
    }

    /** @return array<string, mixed> */
    private function checked(Line $line): array
    {
        $result = $this->result($line, Task::ofSetup('preflight'));
        if (isset($result['problem'])) {
            $result = ['ok' => false, 'points' => [['level' => 'error'] + (array) $result['problem']]];
        }
        $result['ok'] = (bool) ($result['ok'] ?? false);
        $this->settings->saw('preflight', $result['ok'] ? 'ok' : 'failed');
        if (isset($result['clock_skew'])) {
            $this->settings->saw('skew', (string) $result['clock_skew']);
        }

        return $result;
    }

    /**
     * @param array<string, mixed>|null $document null: the one that is stored
     * @return array<string, mixed>
     */
    private function result(Line $line, Task $task, ?array $document = null): array
    {
        $outcome = $line->tasks->one($task, $document ?? $this->document(), Deadline::in(self::SECONDS));
        if ($outcome->is(Outcome::DONE)) {
            return (array) ($outcome->step['result'] ?? []);
        }

        return ['problem' => [
            'code' => $outcome->reason->code,
            'message' => $outcome->reason->message,
            'hint' => $outcome->reason->hint,
        ]];
    }

    /** Marks our deals in the portal. Made of the shop's address, so that it is the same after a new installation. */
    private function shopId(): string
    {
        $url = $this->shop->endpointUrl();
        $host = parse_url($url, PHP_URL_HOST);
        $port = parse_url($url, PHP_URL_PORT);
        $id = preg_replace('/[^a-z0-9.\-]/i', '-', is_string($host) ? $host : 'shop');

        return (ctype_digit((string) $id) ? "shop-$id" : $id) . ($port === null || $port === false ? '' : "-$port");
    }
}
