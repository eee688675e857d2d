<?php

declare(strict_types=1);

namespace Piala\Pages;

use Orderbridge\Admin\Api;
use Orderbridge\Admin\Visitor;
use Orderbridge\Bridge;
use Piala\Http\Request;
use Piala\Http\Response;
use Piala\Http\Session;
use Piala\View;

/**
 * The module's page in the shop's admin: a place for the settings app, what the app asks, and its files.
 *
 * A shop whose module lies below its public folder needs no route for the files: the web server has them.
 */
final class ModulePage
{
    public const API = '/admin/orderbridge/api';
    private const TOKEN = 'X-Csrf-Token';
    private const FILES = [
        'app.js' => ['admin/app.js', 'text/javascript; charset=utf-8'],
        'orderbridge_bg.wasm' => ['js/orderbridge_bg.wasm', 'application/wasm'],
    ];

    public function __construct(
        private readonly Bridge $bridge,
        private readonly Session $session,
        private readonly View $view,
    ) {
    }

    public function show(Request $request): Response
    {
        $page = $this->view->admin('orderbridge', 'Orderbridge', ['app' => self::address('app.js'), 'config' => [
            'api' => self::API,
            'headers' => [self::TOKEN => $this->session->csrf()],
            'wasm' => self::address('orderbridge_bg.wasm'),
            // The shop speaks Russian; a CMS tells its admin's language.
            'lang' => $request->query('lang') === 'en' ? 'en' : 'ru',
        ]]);

        return new Response($page->body, $page->status, [
            ...$page->headers,
            'Content-Security-Policy' => "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
                . "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ]);
    }

    /** What the app asks. The shop has one kind of admin, who may do everything. */
    public function api(Request $request): Response
    {
        $visitor = new Visitor(true, (string) $this->session->get('admin'));
        // A question to the portal may take a minute.
        $this->session->release();
        $answer = $this->bridge->admin()->handle($request->body(Api::LARGEST_BODY), $visitor);

        return new Response($answer->body, $answer->status, $answer->headers());
    }

    /** @return Response|null null: there is no such file */
    public function file(string $name, Request $request): ?Response
    {
        if (!isset(self::FILES[$name])) {
            return null;
        }
        [$path, $type] = self::FILES[$name];
        $tag = '"' . self::version($name) . '"';
        $named = $request->query('v') === self::version($name);
        $headers = [
            'Content-Type' => $type,
            'ETag' => $tag,
            // Its address names what is in it: under the same one it never changes.
            'Cache-Control' => 'private, ' . ($named ? 'max-age=31536000, immutable' : 'no-cache'),
        ];
        if (($request->headers['if-none-match'] ?? '') === $tag) {
            return new Response('', 304, $headers);
        }

        return new Response((string) file_get_contents(self::folder() . "/$path"), 200, $headers);
    }

    private static function address(string $name): string
    {
        return "/admin/orderbridge/$name?v=" . self::version($name);
    }

    private static function version(string $name): string
    {
        return substr((string) hash_file('sha256', self::folder() . '/' . self::FILES[$name][0]), 0, 16);
    }

    private static function folder(): string
    {
        return dirname(__DIR__, 4) . '/pkg';
    }
}
