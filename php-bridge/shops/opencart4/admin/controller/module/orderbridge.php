<?php

declare(strict_types=1);

namespace Opencart\Admin\Controller\Extension\Orderbridge\Module;

use Opencart\System\Engine\Controller;
use Orderbridge\Core\Rejected;
use Orderbridge\Exception\NotConnected;
use Orderbridge\Exception\WebhookUrlRefused;
use Orderbridge\Shops\OpenCart4\Boot;
use Orderbridge\Shops\OpenCart4\Desk;
use Throwable;

/** The module's page, its installation and removal. */
final class Orderbridge extends Controller
{
    private const ROUTE = 'extension/orderbridge/module/orderbridge';
    private const CODE = 'orderbridge';
    private const SETTING = 'module_orderbridge';

    /**
     * `?` is one character: 4.0 writes a slash where 4.1 writes a dot.
     * Trigger => action; patterns are anchored at the start only, hence the endings.
     */
    private const EVENTS = [
        'catalog/model/checkout/order?addHistory/after' => 'extension/orderbridge/event/order.history',
        'catalog/model/checkout/order?editOrder/after' => 'extension/orderbridge/event/order.edited',
        'catalog/model/checkout/order?deleteOrder/after' => 'extension/orderbridge/event/order.history',
        'admin/model/sale/order?deleteOrder/after' => 'extension/orderbridge/event/order.deleted',
        'admin/view/common/column_left/before' => 'extension/orderbridge/event/menu.entry',
    ];

    /** Texts that the page's script uses too, beside all `js_`. */
    private const PAGE_TEXTS = [
        'text_connected', 'text_disabled', 'text_keep', 'text_not_connected',
        'column_categories', 'column_comment', 'column_notify', 'column_pick', 'column_users',
    ];

    public function index(): void
    {
        $this->language();
        $this->document->setTitle($this->language->get('heading_title'));

        $token = 'user_token=' . $this->session->data['user_token'];
        $extensions = $this->url->link('marketplace/extension', $token . '&type=module', true);
        $data = ['page' => '{}', 'fatal' => '', 'can_modify' => $this->mayModify(), 'back' => $extensions];
        $data['breadcrumbs'] = [
            ['text' => $this->language->get('text_home'), 'href' => $this->url->link('common/dashboard', $token, true)],
            ['text' => $this->language->get('text_extension'), 'href' => $extensions],
            ['text' => $this->language->get('heading_title'), 'href' => $this->url->link(self::ROUTE, $token, true)],
        ];
        foreach (['connection', 'statuses', 'managers', 'ledger', 'health'] as $tab) {
            $data['tabs'][$tab] = $this->language->get('tab_' . $tab);
        }
        foreach (['cron', 'tick', 'monitor'] as $entry) {
            $data['entries'][$entry] = $this->language->get('entry_' . $entry);
        }
        $data['script'] = HTTP_CATALOG . 'extension/orderbridge/admin/view/javascript/orderbridge.js?v='
            . $this->version();
        try {
            $this->rememberAdminAddress();
            $this->catchUp();
            // What goes into a <script> must not be able to leave it.
            $data['page'] = $this->json($this->page(), JSON_HEX_TAG | JSON_HEX_AMP);
        } catch (Throwable $fault) {
            $data['fatal'] = $this->trouble($fault);
            $data['script'] = '';
        }
        foreach (['header', 'column_left', 'footer'] as $part) {
            $data[$part] = $this->load->controller('common/' . $part);
        }
        // A view prints all loaded texts and those parts loaded theirs: ours have the last word.
        $this->language();

        $this->response->setOutput($this->load->view(self::ROUTE, $data));
    }

    public function save(): void
    {
        $this->act(function (Desk $desk, object $body): array {
            if (!is_object($body->settings ?? null)) {
                return ['error' => $this->language->get('error_body')];
            }
            $connected = $this->connect($desk, $body);
            if (!$connected['ok']) {
                return ['error' => ['points' => $connected['points']]];
            }
            $problems = $desk->save((array) $body->settings);
            foreach ($problems as $problem) {
                if (((array) $problem)['level'] === 'error') {
                    return ['error' => ['problems' => $problems]];
                }
            }
            $this->remember((bool) ($body->enabled ?? false));

            return [
                'success' => $this->language->get('text_success'),
                'warnings' => $problems,
                'page' => $this->page(),
            ];
        });
    }

    /** With an address in the field that one is tried, and kept when the portal lets us in. */
    public function test(): void
    {
        $this->act(function (Desk $desk, object $body): array {
            $result = $this->connect($desk, $body, true);

            return ['points' => $result['points'], 'page' => $this->page()];
        });
    }

    /** @return array{ok: bool, points: list<mixed>} */
    private function connect(Desk $desk, object $body, bool $always = false): array
    {
        $webhook = trim((string) ($body->webhook ?? ''));
        if ($webhook === '' && !$always) {
            return ['ok' => true, 'points' => []];
        }
        return $desk->connect($webhook);
    }

    public function snapshot(): void
    {
        $this->act(static function (Desk $desk): array {
            $snapshot = $desk->snapshot();

            return isset($snapshot['problem']) ? $snapshot : ['snapshot' => $snapshot];
        });
    }

    public function plan(): void
    {
        $this->act(static fn (Desk $desk): array => $desk->provision([]));
    }

    public function provision(): void
    {
        $this->act(static fn (Desk $desk): array => $desk->provision(['create', 'change']));
    }

    public function resend(): void
    {
        $this->act(function (Desk $desk, object $body): array {
            $desk->resend((string) (int) ($body->order_id ?? 0));
            Boot::kickAfterResponse($this->registry);

            return ['ledger' => $desk->ledger()];
        });
    }

    public function run(): void
    {
        $this->act(function (Desk $desk): array {
            if (Boot::isOn($this->registry)) {
                $desk->run();
            }

            return ['ledger' => $desk->ledger()];
        });
    }

    public function install(): void
    {
        // Granted in this very request: the right on this route is not known to the user object yet.
        if (!$this->user->hasPermission('modify', 'extension/module')) {
            return;
        }
        $this->boot();
        Boot::bridge($this->registry)->install();

        $this->load->model('setting/event');
        $this->model_setting_event->deleteEventByCode(self::CODE);
        foreach (self::EVENTS as $trigger => $action) {
            $this->model_setting_event->addEvent([
                'code' => self::CODE,
                'description' => 'Orderbridge: Bitrix24',
                'trigger' => $trigger,
                'action' => $action,
                'status' => 1,
                'sort_order' => 0,
            ]);
        }
        $this->load->model('setting/cron');
        $this->model_setting_cron->deleteCronByCode(self::CODE);
        $this->model_setting_cron->addCron(
            self::CODE,
            'Orderbridge: sends what waits, fetches changed deals',
            'hour',
            'extension/orderbridge/cron/orderbridge',
            true,
        );
        $this->remember(true);
    }

    public function uninstall(): void
    {
        if (!$this->user->hasPermission('modify', 'extension/module')) {
            return;
        }
        $this->load->model('setting/event');
        $this->model_setting_event->deleteEventByCode(self::CODE);
        $this->load->model('setting/cron');
        $this->model_setting_cron->deleteCronByCode(self::CODE);
        $this->load->model('setting/setting');
        $this->model_setting_setting->deleteSetting(self::SETTING);
        $this->load->model('user/user_group');
        foreach ($this->model_user_user_group->getUserGroups() as $group) {
            foreach (['access', 'modify'] as $right) {
                $this->model_user_user_group->removePermission((int) $group['user_group_id'], $right, self::ROUTE);
            }
        }
        try {
            $this->boot();
            Boot::bridge($this->registry)->uninstall();
        } catch (Throwable $fault) {
            // A module that cannot be removed is worse than a table left behind.
            $this->trouble($fault);
        }
    }

    /** @param callable(Desk, object): array<string, mixed> $work */
    private function act(callable $work): void
    {
        $this->language();
        try {
            if (!$this->mayModify()) {
                $answer = ['error' => $this->language->get('error_permission')];
            } else {
                // The admin's request class HTML-escapes form fields: a JSON body comes through whole.
                $body = json_decode((string) file_get_contents('php://input'));
                $answer = is_object($body)
                    ? $work($this->desk(), $body)
                    : ['error' => $this->language->get('error_body')];
                if (isset($answer['problem'])) {
                    $answer = ['error' => ['points' => [['level' => 'error'] + (array) $answer['problem']]]];
                }
            }
        } catch (WebhookUrlRefused $refused) {
            $answer = ['error' => ['webhook' => $this->language->get('error_webhook_' . $refused->reason)]];
        } catch (NotConnected) {
            $answer = ['error' => $this->language->get('text_not_connected')];
        } catch (Rejected $rejected) {
            $answer = ['error' => trim($rejected->getMessage() . ' ' . $rejected->hint)];
        } catch (Throwable $fault) {
            $answer = ['error' => $this->trouble($fault)];
        }
        $this->response->addHeader('Content-Type: application/json');
        $this->response->setOutput($this->json($answer));
    }

    /** @return array<string, mixed> all that the page's script needs */
    private function page(): array
    {
        $desk = $this->desk();
        $token = 'user_token=' . $this->session->data['user_token'];
        $urls = ['order' => $this->url->link('sale/order.info', $token, true) . '&order_id='];
        foreach (['save', 'test', 'snapshot', 'plan', 'provision', 'resend', 'run'] as $action) {
            $urls[$action] = $this->url->link(self::ROUTE . '.' . $action, $token, true);
        }
        $texts = [];
        foreach (array_keys($this->language->all()) as $key) {
            if (str_starts_with((string) $key, 'js_') || in_array($key, self::PAGE_TEXTS, true)) {
                $texts[$key] = $this->language->get($key);
            }
        }
        $page = $desk->page();
        $endpoint = $page['endpoint'];
        $monitor = $page['monitor'];
        unset($page['endpoint'], $page['monitor']);
        $catalog = HTTP_CATALOG . 'index.php?route=' . self::ROUTE;
        $library = DIR_EXTENSION . 'orderbridge/system/library/orderbridge/';

        return [
            'enabled' => (bool) $this->setting('status', '1'),
            'can_modify' => $this->mayModify(),
            'urls' => array_map(static fn (string $url): string => html_entity_decode($url), $urls),
            'texts' => $texts,
            'addresses' => [
                // Whoever may only look sees the page, not the addresses that are passwords.
                'endpoint' => $this->mayModify() ? $endpoint : '',
                'monitor' => $this->mayModify() ? $monitor : '',
                'cron' => "* * * * * php {$library}bridge/bin/orderbridge --boot {$library}cli.php work",
                'tick' => $this->mayModify() ? $catalog . '.tick&key=' . $this->setting('tick_key', '') : '',
            ],
        ] + $page;
    }

    private function desk(): Desk
    {
        $this->boot();

        return new Desk(Boot::bridge($this->registry), Boot::prefix(), $this->language->get(...));
    }

    /** The group is replaced whole, so everything is written every time. */
    private function remember(bool $enabled): void
    {
        $settings = [
            self::SETTING . '_status' => $enabled ? 1 : 0,
            self::SETTING . '_admin_url' => HTTP_SERVER,
            self::SETTING . '_tick_key' => $this->setting('tick_key', '') ?: bin2hex(random_bytes(16)),
        ];
        $this->load->model('setting/setting');
        $this->model_setting_setting->editSetting(self::SETTING, $settings);
        foreach ($settings as $name => $value) {
            $this->config->set($name, $value);
        }
    }

    /** Deals link to the order in this admin; only the admin itself knows where it lives. */
    private function rememberAdminAddress(): void
    {
        if ($this->setting('admin_url', '') !== HTTP_SERVER && $this->mayModify()) {
            $this->remember((bool) $this->setting('status', '1'));
        }
    }

    /** The shop does not tell a module that its files are new ones: whoever looks after the update brings the tables up. */
    private function catchUp(): void
    {
        $this->boot();
        $bridge = Boot::bridge($this->registry);
        if ($this->mayModify() && !$bridge->migrations()->complete()) {
            $bridge->install();
        }
    }

    private function setting(string $name, string $default): string
    {
        return (string) ($this->config->get(self::SETTING . '_' . $name) ?? $default);
    }

    private function mayModify(): bool
    {
        return $this->user->hasPermission('modify', self::ROUTE);
    }

    /** English first: this shop's version does not fall back, and an absent text prints as its name. */
    private function language(): void
    {
        $this->load->language(self::ROUTE, '', 'en-gb');
        $this->load->language(self::ROUTE);
    }

    private function trouble(Throwable $fault): string
    {
        $this->log->write(
            'Orderbridge admin: ' . $fault::class . ' in ' . basename($fault->getFile()) . ':' . $fault->getLine(),
        );

        return sprintf($this->language->get('error_internal'), (new \ReflectionClass($fault))->getShortName());
    }

    private function json(array $data, int $flags = 0): string
    {
        return (string) json_encode(
            $data,
            JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE
                | JSON_THROW_ON_ERROR | $flags,
        );
    }

    private function version(): string
    {
        $install = json_decode((string) file_get_contents(DIR_EXTENSION . 'orderbridge/install.json'), true);

        return rawurlencode((string) ($install['version'] ?? '0'));
    }

    private function boot(): void
    {
        require_once DIR_EXTENSION . 'orderbridge/system/library/orderbridge/boot.php';
    }
}
