<?php

declare(strict_types=1);

namespace Story;

use RuntimeException;

/**
 * What the settings app asks of the shop, without its window: the same address with the same token. What the app itself
 * makes of the answers is for tests/browser.
 */
final class SettingsApp
{
    /** @var array{api: string, wasm: string, lang: string, headers: array<string, string>}|null */
    private ?array $config = null;

    /** @param string $address of the page that mounts the app */
    public function __construct(
        private readonly Browser $admin,
        private readonly string $address = '/admin/orderbridge',
    ) {
    }

    /** @return array{api: string, wasm: string, lang: string, headers: array<string, string>} as the page has it */
    public function config(): array
    {
        if ($this->config === null) {
            $page = $this->admin->open($this->address);
            $given = (string) $page->text('//@data-orderbridge');
            if ($given === '') {
                throw new RuntimeException("no settings app on $page->url (status $page->status)");
            }
            $this->config = json_decode($given, true, 8, JSON_THROW_ON_ERROR);
        }

        return $this->config;
    }

    /**
     * @param array<string, mixed> $params
     * @return array<string, mixed> the data; throws when it was refused
     */
    public function ask(string $action, array $params = []): array
    {
        $answer = $this->send($action, $params);
        if (!$answer['ok']) {
            throw new RuntimeException("$action is refused: " . json_encode($answer['error'], JSON_UNESCAPED_UNICODE));
        }

        return $answer['data'];
    }

    /**
     * @param array<string, mixed> $params
     * @return string what was told and what to do about it
     */
    public function refusal(string $action, array $params = []): string
    {
        $error = $this->send($action, $params)['error'] ?? throw new RuntimeException("$action is not refused");

        return "{$error['message']} {$error['hint']}";
    }

    /**
     * Changes the settings as a person does: opens the page, edits, saves.
     *
     * @param callable(array<string, mixed>): array<string, mixed> $edit
     */
    public function edit(callable $edit): void
    {
        ['document' => $document, 'revision' => $revision] = $this->ask('page.open')['settings'];
        $this->ask('settings.save', ['document' => $edit($document), 'revision' => $revision]);
    }

    /**
     * @param array<string, mixed> $params
     * @return array{ok: bool, data?: array<string, mixed>, error?: array<string, mixed>}
     */
    private function send(string $action, array $params): array
    {
        $config = $this->config();
        $headers = ['Content-Type: application/json', 'Accept: application/json'];
        foreach ($config['headers'] as $name => $value) {
            $headers[] = "$name: $value";
        }
        $body = json_encode(['action' => $action, 'params' => (object) $params], JSON_THROW_ON_ERROR);
        $page = $this->admin->post($config['api'], $body, $headers);
        $answer = json_decode($page->body, true);
        if (!is_array($answer) || !isset($answer['ok'])) {
            throw new RuntimeException("$action is answered with $page->status: " . mb_substr($page->body, 0, 400));
        }

        return $answer;
    }
}
