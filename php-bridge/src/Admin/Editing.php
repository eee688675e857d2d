<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

/** The settings document, the preferences beside it, and what of the shop they speak of. */
final class Editing extends Desk
{
    /** @return array<string, mixed> */
    public function check(Params $params): array
    {
        return $this->wiring->setup()->check($params->document('document'));
    }

    /** @return array<string, mixed> */
    public function save(Params $params): array
    {
        $answer = $this->wiring->setup()->replace(
            $params->document('document'),
            $params->required('revision'),
            $this->visitor->name,
        );
        if ($answer === null) {
            $settings = $this->wiring->settings();
            throw $this->refuse('settings_changed', (new Documents($this->wiring))->stored() + [
                'at' => self::moment($settings->seen('document')),
                'by' => $settings->seenWhat('document'),
            ], Refusal::CHANGED);
        }
        if (!($answer['ok'] ?? false)) {
            throw $this->refuse('settings_refused', ['problems' => $answer['problems'] ?? []]);
        }

        return (new Documents($this->wiring))->stored() + ['problems' => $answer['problems'] ?? []];
    }

    /** @return array<string, mixed> */
    public function savePreferences(Params $params): array
    {
        $preferences = $this->wiring->preferences();
        $wrong = $preferences->save($params->document('preferences'));
        if ($wrong !== []) {
            $texts = $this->wiring->texts();
            $said = [];
            foreach ($wrong as $name => $code) {
                $said[$name] = $texts->say($code);
            }
            throw $this->refuse('preferences_refused', $said);
        }

        return ['preferences' => $preferences->toArray()];
    }

    /** @return array<string, mixed> */
    public function categories(): array
    {
        return ['categories' => $this->wiring->shop->categories()];
    }

    /** @return array<string, mixed> the canonical order; the browser's core makes a preview of it */
    public function order(Params $params): array
    {
        $order = $this->wiring->shop->order($params->required('id'));

        return $order === null ? throw $this->refuse('order_not_found') : ['order' => $order];
    }
}
