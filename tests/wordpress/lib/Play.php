<?php

declare(strict_types=1);

namespace WordPress;

use Story\Page;
use Story\Tale;

/** What is looked at again and again, whatever else happens. */
abstract class Play
{
    protected readonly State $before;
    protected readonly Owner $owner;

    public function __construct(protected readonly Tale $tale, protected readonly Site $site)
    {
        $this->owner = new Owner($site);
        // WordPress schedules and notes things of its own when its pages are seen for the first time.
        $this->owner->plugins();
        $this->site->browser()->open('/');
        $this->before = $site->state();
    }

    abstract public function run(string $zip): void;

    /** Past WordPress's questions: as it is when what we need was taken away later. */
    protected function forceActive(string ...$plugins): void
    {
        $this->site->setOption('active_plugins', $plugins);
    }

    protected function isActive(): bool
    {
        return in_array(Owner::PLUGIN, (array) $this->site->option('active_plugins'), true);
    }

    /** @param array<string, string> $expected the notice by locale */
    protected function staysQuiet(string $when, array $expected): void
    {
        foreach ($expected as $locale => $text) {
            $this->site->setOption('WPLANG', $locale);
            $plugins = $this->owner->plugins();
            $this->tale->same(200, $plugins->status, "$when: the list of plugins opens in $locale");
            $this->tale->same([$text], Owner::notices($plugins), "$when: it says: $text");
        }
        $this->site->setOption('WPLANG', null);
        $this->tale->same([], Owner::notices($this->site->browser()->open('/')), "$when: visitors see no notice");
        $this->staysUp($when);
        $page = $this->owner->open('admin.php?page=orderbridge');
        $this->tale->same(403, $page->status, "$when: there is no settings page");
        $ajax = $this->owner->open('admin-ajax.php?action=orderbridge');
        $this->tale->same([400, '0'], [$ajax->status, $ajax->body], "$when: nothing answers the settings app");
        $this->tale->same([], $this->site->state()->differences($this->before, false), "$when: nothing was made");
        $this->tale->same([], $this->site->complaints(), "$when: PHP has nothing to complain of");
    }

    protected function staysUp(string $when): void
    {
        $front = $this->site->browser()->open('/');
        $this->tale->check(
            $front->status === 200 && str_contains($front->body, '<title>Пиала') && self::isClean($front),
            "$when: the front page is as it was",
            "$front->status " . substr($front->body, 0, 300),
        );
        $this->tale->same(
            [200, 404],
            [
                $this->site->browser()->open('/index.php?rest_route=/')->status,
                $this->site->browser()->open('/?p=999')->status,
            ],
            "$when: so are the REST API and a page that is not there",
        );
    }

    protected function leavesNothing(string $when): void
    {
        $said = $this->owner->choose('delete-selected');
        $this->tale->same(200, $said->status, "$when: the owner deletes it");
        $this->tale->same([], $this->site->state()->differences($this->before), "$when: nothing of it stays");
        $this->tale->same([], $this->site->complaints(), "$when: and nothing went wrong");
        $this->staysUp($when);
    }

    /** Nothing before the page, nothing of PHP in it. */
    private static function isClean(Page $page): bool
    {
        return str_starts_with($page->body, '<!DOCTYPE html>')
            && preg_match('#<b>(Warning|Notice|Deprecated|Fatal error)</b>|orderbridge#i', $page->body) === 0;
    }
}
