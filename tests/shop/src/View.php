<?php

declare(strict_types=1);

namespace Piala;

use Piala\Http\Response;
use Piala\Http\Session;
use Piala\Store\Basket;
use Piala\Store\Catalogue;

/** Templates are plain PHP files; what they print goes through e(). */
final class View
{
    public function __construct(
        private readonly Session $session,
        private readonly Basket $basket,
        private readonly Catalogue $catalogue,
    ) {
    }

    /** @param array<string, mixed> $data */
    public function page(string $template, string $title, array $data = [], int $status = 200): Response
    {
        return new Response($this->part('layout', [
            'title' => $title,
            'content' => $this->part($template, $data),
            'sections' => $this->catalogue->children(null),
            'basket' => $this->basket->count(),
            'flash' => $this->session->take('flash'),
        ]), $status);
    }

    /** @param array<string, mixed> $data */
    public function admin(string $template, string $title, array $data = [], int $status = 200): Response
    {
        return new Response($this->part('admin/layout', [
            'title' => $title,
            'content' => $this->part("admin/$template", $data),
            'login' => $this->session->get('admin'),
            'section' => $template,
            'flash' => $this->session->take('flash'),
        ]), $status);
    }

    /** @param array<string, mixed> $data */
    public function part(string $template, array $data = []): string
    {
        return (static function (string $__file, array $__data, View $view): string {
            extract($__data, EXTR_SKIP);
            ob_start();
            try {
                require $__file;
            } finally {
                $html = (string) ob_get_clean();
            }

            return $html;
        })(dirname(__DIR__) . "/templates/$template.php", $data, $this);
    }

    /** The hidden field that proves that a form came from our own page. */
    public function csrf(): string
    {
        return '<input type="hidden" name="csrf" value="' . e($this->session->csrf()) . '">';
    }

    /** A message for the next page: kind "ok" or "error". */
    public function flash(string $kind, string $text): void
    {
        $this->session->set('flash', ['kind' => $kind, 'text' => $text]);
    }
}
