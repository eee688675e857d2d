<?php

declare(strict_types=1);

namespace Orderbridge\Shops\OpenCart;

use Throwable;

use function bin2hex;
use function in_array;
use function is_string;
use function json_decode;
use function random_bytes;
use function strtr;

/** Everything that the module leaves in a shop, put there and taken away again. */
final class Installation
{
    private const CODE = 'orderbridge';
    private const SETTING = 'module_orderbridge';

    public function __construct(private readonly object $registry)
    {
    }

    public function install(): void
    {
        Boot::bridge($this->registry)->install();
        $events = $this->model('setting/event');
        $events->deleteEventByCode(self::CODE);
        foreach (Boot::edition()->events() as $trigger => $action) {
            Boot::edition()->addEvent($events, self::CODE, $trigger, $action);
        }
        Boot::edition()->schedule($this->registry, self::CODE);
        $this->remember(true);
    }

    public function uninstall(): void
    {
        $keeps = false;
        try {
            $keeps = Boot::bridge($this->registry)->preferences()->keepDataOnUninstall();
        } catch (Throwable $fault) {
            $this->complain($fault);
        }
        $this->model('setting/event')->deleteEventByCode(self::CODE);
        Boot::edition()->unschedule($this->registry, self::CODE);
        $this->model('setting/setting')->deleteSetting(self::SETTING);
        $this->takeRights();
        if ($keeps) {
            return;
        }
        try {
            Boot::bridge($this->registry)->uninstall();
        } catch (Throwable $fault) {
            // A module that cannot be removed is worse than a table left behind.
            $this->complain($fault);
        }
    }

    /** Some shops leave the names of a module's rights behind; where a group has none at all, 3 trips over it. */
    private function takeRights(): void
    {
        $route = Boot::edition()->page();
        $groups = $this->model('user/user_group');
        foreach ($groups->getUserGroups() as $group) {
            $rights = $group['permission'] ?? null;
            $rights = is_string($rights) ? json_decode($rights, true) : $rights;
            foreach (['access', 'modify'] as $right) {
                if (in_array($route, (array) ($rights[$right] ?? []), true)) {
                    $groups->removePermission((int) $group['user_group_id'], $right, $route);
                }
            }
        }
    }

    public function isOn(): bool
    {
        return (bool) $this->setting('status', '1');
    }

    /** The group is replaced whole, so everything is written every time. */
    public function remember(bool $enabled): void
    {
        $settings = [
            self::SETTING . '_status' => $enabled ? 1 : 0,
            self::SETTING . '_admin_url' => HTTP_SERVER,
            self::SETTING . '_tick_key' => $this->setting('tick_key', '') ?: bin2hex(random_bytes(16)),
        ];
        $this->model('setting/setting')->editSetting(self::SETTING, $settings);
        foreach ($settings as $name => $value) {
            $this->registry->get('config')->set($name, $value);
        }
    }

    /**
     * For whoever may change the module and opens its page. Deals link to the order in this admin, and only the admin
     * itself knows where it lives; and the shop does not tell a module that its files are new ones.
     */
    public function catchUp(): void
    {
        if ($this->setting('admin_url', '') !== HTTP_SERVER) {
            $this->remember($this->isOn());
        }
        $bridge = Boot::bridge($this->registry);
        if (!$bridge->migrations()->complete()) {
            $bridge->install();
        }
    }

    /** For a cron without a command line; a password. */
    public function tickUrl(): string
    {
        return Boot::door('tick') . '&key=' . $this->setting('tick_key', '');
    }

    private function setting(string $name, string $default): string
    {
        return (string) ($this->registry->get('config')->get(self::SETTING . '_' . $name) ?? $default);
    }

    private function model(string $route): object
    {
        $this->registry->get('load')->model($route);

        return $this->registry->get('model_' . strtr($route, '/', '_'));
    }

    private function complain(Throwable $fault): void
    {
        $this->registry->get('log')->write('Orderbridge uninstall: ' . $fault::class);
    }
}
