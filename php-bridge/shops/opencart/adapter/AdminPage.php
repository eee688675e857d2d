<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use Orderbridge\Admin\Api;
use Orderbridge\Admin\Visitor;
use Orderbridge\Inbox\Request;
use ReflectionClass;
use Throwable;

use function basename;
use function hash_file;
use function html_entity_decode;
use function http_response_code;
use function is_file;
use function json_encode;
use function preg_replace;
use function sprintf;
use function str_starts_with;

use const JSON_UNESCAPED_SLASHES;
use const JSON_UNESCAPED_UNICODE;

/**
 * The module's page: mounts the settings app, hands on what the app asks for, and has the one switch that is not the
 * app's. Who may see it and the token of the address are the shop's affair; who may change things is asked here.
 */
final class AdminPage
{
    private const TEXTS = [
        'heading_title', 'text_on', 'text_off', 'text_no_cron', 'text_tick', 'button_on', 'button_off', 'button_back',
    ];

    public function __construct(private readonly object $registry)
    {
    }

    /** @return string the page */
    public function show(): string
    {
        $this->texts();
        $this->get('document')->setTitle($this->text('heading_title'));
        $edition = Boot::edition();
        $installation = new Installation($this->registry);
        $extensions = $this->link('marketplace/extension', '&type=module');
        $data = [
            'breadcrumbs' => [
                ['text' => $this->text('text_home'), 'href' => $this->link('common/dashboard')],
                ['text' => $this->text('text_extension'), 'href' => $extensions],
                ['text' => $this->text('heading_title'), 'href' => $this->link($edition->page())],
            ],
            'back' => $extensions,
            'can_modify' => $this->mayModify(),
            'enabled' => $installation->isOn(),
            'switch' => $this->link($edition->action('status')),
            'fatal' => '',
            'tick' => '',
            'mount' => $this->mount(),
            'script' => $this->asset('app.js'),
        ];
        try {
            if ($this->mayModify()) {
                $installation->catchUp();
                $data['tick'] = $installation->tickUrl();
            }
        } catch (Throwable $fault) {
            $data['fatal'] = $this->trouble($fault);
        }
        foreach (['header', 'column_left', 'footer'] as $part) {
            $data[$part] = $this->get('load')->controller('common/' . $part);
        }
        // A view prints all loaded texts in 4 and those parts loaded theirs: ours have the last word.
        $this->texts();
        foreach (self::TEXTS as $name) {
            $data[$name] = $this->text($name);
        }

        return $this->get('load')->view($edition->page(), $data);
    }

    /** What the app asks for; `php-bridge/admin/README.md` is the contract. */
    public function api(): void
    {
        // The admin's request class HTML-escapes form fields: a JSON body comes through whole.
        $body = Request::body(Api::LARGEST_BODY);
        $answer = Boot::bridge($this->registry)->admin()->handle(
            $body,
            new Visitor($this->mayModify(), (string) $this->get('user')->getUserName()),
        );
        $response = $this->get('response');
        foreach ($answer->headers() as $name => $value) {
            $response->addHeader("$name: $value");
        }
        http_response_code($answer->status);
        $response->setOutput($answer->body);
        Boot::kickAfterResponse($this->registry);
    }

    /** Switches the exchange on or off, and goes back to the page. */
    public function status(): void
    {
        if ($this->mayModify() && ($_SERVER['REQUEST_METHOD'] ?? '') === 'POST') {
            (new Installation($this->registry))->remember(($_POST['enabled'] ?? '') === '1');
        }
        $this->get('response')->redirect($this->link(Boot::edition()->page()));
    }

    /**
     * An entry of its own in the admin's left menu, for those who may open the page.
     *
     * @param array<string, mixed> $data of the menu's view
     */
    public function menu(array &$data, string $icon): void
    {
        if (isset($data['menus']) && $this->get('user')->hasPermission('access', Boot::edition()->page())) {
            $data['menus'][] = [
                'id' => 'menu-orderbridge',
                'icon' => $icon,
                'name' => 'Orderbridge',
                'href' => $this->link(Boot::edition()->page()),
                'children' => [],
            ];
        }
    }

    private function mayModify(): bool
    {
        return (bool) $this->get('user')->hasPermission('modify', Boot::edition()->page());
    }

    private function mount(): string
    {
        return (string) json_encode([
            'api' => $this->link(Boot::edition()->action('api')),
            'headers' => (object) [],
            'wasm' => $this->asset('orderbridge_bg.wasm'),
            'lang' => str_starts_with(Boot::edition()->adminLanguage($this->get('config')), 'ru') ? 'ru' : 'en',
        ], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    }

    /** With the content's digest behind: after an update no browser runs the old one. */
    private function asset(string $name): string
    {
        $file = Boot::edition()->assetFolder() . $name;

        return Boot::edition()->assets() . $name . (is_file($file) ? '?v=' . hash_file('crc32b', $file) : '');
    }

    private function link(string $route, string $more = ''): string
    {
        $token = 'user_token=' . $this->get('session')->data['user_token'];

        // 3 escapes its addresses and 4 does not; without the host they are of the same origin as the page.
        $address = html_entity_decode((string) $this->get('url')->link($route, $token . $more, true));

        return (string) preg_replace('~^https?://[^/]+~', '', $address);
    }

    private function texts(): void
    {
        Boot::edition()->loadTexts($this->registry);
    }

    private function text(string $name): string
    {
        return (string) $this->get('language')->get($name);
    }

    private function trouble(Throwable $fault): string
    {
        $this->get('log')->write(
            'Orderbridge admin: ' . $fault::class . ' in ' . basename($fault->getFile()) . ':' . $fault->getLine(),
        );

        return sprintf($this->text('error_internal'), (new ReflectionClass($fault))->getShortName());
    }

    private function get(string $name): object
    {
        return $this->registry->get($name);
    }
}
