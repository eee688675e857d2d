<?php

declare(strict_types=1);

namespace Orderbridge\Privacy;

use function array_unique;
use function array_values;

/** What was erased of one buyer, and where there is more of him. */
final class Erased
{
    /** @var list<string> his orders; the shop itself still has them */
    public array $orders = [];
    /** @var list<string> in Bitrix24, untouched */
    public array $deals = [];
    /** @var list<string> in Bitrix24, untouched */
    public array $contacts = [];
    /** @var list<string> in Bitrix24, untouched */
    public array $companies = [];
    /** @var list<string> his orders that wait to be sent once more, as the shop has them then */
    public array $queued = [];
    /** @var list<string> those that a worker has in its hands: it may write of them once more */
    public array $atWork = [];
    /** Links that have forgotten whose they are, or are gone altogether. */
    public int $links = 0;
    /** Jobs whose reason is blank now, or that are gone. */
    public int $jobs = 0;
    /** Lines of the journal whose text is gone. */
    public int $lines = 0;

    public function add(self $more): void
    {
        foreach (['orders', 'deals', 'contacts', 'companies', 'queued', 'atWork'] as $list) {
            $this->$list = array_values(array_unique([...$this->$list, ...$more->$list]));
        }
        foreach (['links', 'jobs', 'lines'] as $count) {
            $this->$count += $more->$count;
        }
    }
}
