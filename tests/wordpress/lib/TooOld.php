<?php

declare(strict_types=1);

namespace WordPress;

use Story\Process;

/** A WordPress before 6.5: it refuses the plugin itself; put there by force the plugin does nothing and says so. */
final class TooOld extends Play
{
    public function run(string $zip): void
    {
        $version = $this->site->version;
        $said = $this->owner->upload($zip);
        $this->tale->check(
            str_contains($said, "Your WordPress version is $version, however the uploaded plugin requires 6.5."),
            "$version does not take the zip, and says why",
            $said,
        );
        Process::run(['unzip', '-q', $zip, '-d', $this->site->path('plugins')]);
        $row = $this->owner->plugins()->text("//tr[@data-plugin='" . Owner::PLUGIN . "']/following-sibling::tr[1]");
        $this->tale->check(
            $row !== null && str_contains($row, 'work with your version of WordPress'),
            'put there by FTP the list of plugins says that it does not work',
            (string) $row,
        );
        $refused = $this->owner->activateByRest();
        $this->tale->same(
            [false, 'plugin_wp_incompatible'],
            [$this->isActive(), $refused['code'] ?? null],
            'and it is not activated: ' . strip_tags((string) ($refused['message'] ?? '')),
        );

        $this->forceActive(Owner::PLUGIN);
        $this->staysQuiet('active all the same', [
            'ru_RU' => "Для Orderbridge нужен WordPress 6.5 или новее, а здесь $version: обновите его в разделе "
                . '«Консоль → Обновления». До этого Orderbridge ничего не делает.',
            'en_US' => "Orderbridge needs WordPress 6.5 or newer, this site has $version: update it under Dashboard, "
                . 'Updates. Until then Orderbridge does nothing.',
        ]);
        $this->tale->check($this->owner->follow('deactivate') !== null && !$this->isActive(), 'it is deactivated');
        $this->leavesNothing('deleted');
    }
}
