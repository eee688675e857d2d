<?php

declare(strict_types=1);

namespace WordPress;

/** A WordPress that is new enough: WooCommerce is absent, too old, there, and gone again. */
final class Alone extends Play
{
    private const KEPT = [
        'ru_RU' => ' До этого заказы не передаются; настройки и очередь сохраняются.',
        'en_US' => ' Until then no orders are sent; settings and queue are kept.',
    ];

    public function run(string $zip): void
    {
        $said = $this->owner->upload($zip);
        $this->tale->check(str_contains($said, 'Plugin installed successfully.'), 'its uploader takes the zip', $said);
        $this->isRefused();
        $this->isForced();
        $this->meetsAnOldOne();
        $this->worksAndIsLeftAlone();
    }

    private function isRefused(): void
    {
        $plugins = $this->owner->plugins();
        $row = (string) $plugins->text("//tr[@data-plugin='" . Owner::PLUGIN . "']");
        $this->tale->check(
            preg_match('/Orderbridge: orders to Bitrix24.*Requires: WooCommerce/i', $row) === 1,
            'the list of plugins says that it requires WooCommerce',
            $row,
        );
        $this->tale->same(null, $this->owner->follow('activate'), 'and offers no way to activate it');
        $this->owner->choose('activate-selected');
        $refused = $this->owner->activateByRest();
        $this->tale->same(
            [false, 'plugin_missing_dependencies'],
            [$this->isActive(), $refused['code'] ?? null],
            'asked for all the same WordPress refuses: ' . strip_tags((string) ($refused['message'] ?? '')),
        );
        $this->tale->same([], $this->site->state()->differences($this->before, false), 'nothing was made');
        $this->staysUp('not active');
    }

    private function isForced(): void
    {
        $this->forceActive(Owner::PLUGIN);
        $this->staysQuiet('without WooCommerce', self::absent());
        $this->tale->check($this->owner->follow('deactivate') !== null && !$this->isActive(), 'it is deactivated');
        $this->tale->same(
            [],
            $this->site->state()->differences($this->before, false),
            'deactivated: no event is left, nor anything else',
        );
    }

    private function meetsAnOldOne(): void
    {
        (new Pretended($this->site))->put('8.9.4');
        $this->forceActive(Owner::PLUGIN, Pretended::PLUGIN);
        $this->staysQuiet('with WooCommerce 8.9.4', [
            'ru_RU' => 'Для Orderbridge нужен WooCommerce 9.0 или новее, '
                . 'а в магазине 8.9.4: обновите его.' . self::KEPT['ru_RU'],
            'en_US' => 'Orderbridge needs WooCommerce 9.0 or newer, '
                . 'this shop has 8.9.4: update it.' . self::KEPT['en_US'],
        ]);
        $this->forceActive(Pretended::PLUGIN);
    }

    /** The owner's way with what it needs, until WooCommerce is deleted from under it, and to the end. */
    private function worksAndIsLeftAlone(): void
    {
        $woo = new Pretended($this->site);
        $woo->put('9.0.0');
        $activated = $this->owner->follow('activate');
        $this->tale->check(
            $this->isActive() && str_contains((string) $activated?->body, 'Plugin activated.'),
            'with WooCommerce 9.0.0 the owner activates it by the link of the list',
            strip_tags((string) $activated?->body),
        );
        $tables = $this->site->tables();
        $this->tale->check($tables !== [], 'its tables are made: ' . count($tables), implode(', ', $tables));
        $this->tale->same([], Owner::notices($this->owner->plugins()), 'no notice');
        $this->staysUp('with WooCommerce');
        $fit = 'yes ' . Owner::PLUGIN;
        $this->tale->same([$fit, $fit], $woo->declared(), 'it declares itself fit for order tables and block checkout');
        $version = $this->site->option('orderbridge_version');
        $this->site->setOption('orderbridge_version', '0.0.1');
        $this->site->browser()->open('/');
        $this->tale->same(
            $version,
            $this->site->option('orderbridge_version'),
            "updated, which activates nothing, the next page brings it up to $version",
        );
        $this->tale->same([], $this->site->complaints(), 'PHP has nothing to complain of');

        // A row of the queue, to see whether it outlives what comes.
        $this->site->enqueue('17');
        $kept = $this->site->state();
        $woo->delete();
        $plugins = $this->owner->plugins();
        $this->tale->same([self::absent()['en_US']], Owner::notices($plugins), 'WooCommerce is deleted: it says so');
        $this->staysUp('WooCommerce deleted');
        $this->tale->same(
            [true, ['17'], []],
            [$this->isActive(), $this->site->waiting(), $this->site->state()->differences($kept, false)],
            'it is active still, settings and queue are kept',
        );
        $this->tale->check($this->owner->follow('deactivate') !== null && !$this->isActive(), 'it is deactivated');
        $this->leavesNothing('deleted, WooCommerce long gone');
    }

    /** @return array<string, string> */
    private static function absent(): array
    {
        return [
            'ru_RU' => 'Для Orderbridge нужен WooCommerce 9.0 или новее: '
                . 'установите и включите его в разделе «Плагины».' . self::KEPT['ru_RU'],
            'en_US' => 'Orderbridge needs WooCommerce 9.0 or newer: '
                . 'install and activate it under Plugins.' . self::KEPT['en_US'],
        ];
    }
}
