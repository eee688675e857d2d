<?php

declare(strict_types=1);

namespace Shops;

use RuntimeException;
use Story\Browser;

/** The shop's REST API as the admin's own pages use it: with the owner's cookies. */
final class WooRest
{
    public function __construct(private readonly Browser $admin, private readonly string $folder)
    {
    }

    /**
     * @param array<string, mixed> $data
     * @return array<string, mixed>
     */
    public function call(string $route, array $data = [], string $method = 'POST'): array
    {
        $nonce = trim($this->admin->open("/$this->folder/admin-ajax.php?action=rest-nonce")->body);
        $headers = ['Content-Type: application/json', "X-WP-Nonce: $nonce", "X-HTTP-Method-Override: $method"];
        $page = $this->admin->post("/index.php?rest_route=$route", (string) json_encode($data), $headers);
        $answer = Cms::json($page);
        isset($answer['code'], $answer['message']) && throw new RuntimeException(Cms::words($answer));

        return $answer;
    }
}
