<?php

declare(strict_types=1);

namespace Opencart\Catalog\Controller\Extension\Orderbridge\Cron;

use Opencart\System\Engine\Controller;
use Orderbridge\Shops\OpenCart\Boot;
use Throwable;

/** The shop's own hourly cron: the last net, where nobody set up a better one. */
final class Orderbridge extends Controller
{
    public function index(mixed ...$ignored): void
    {
        // Called by the shop with the cron's row; by a stranger's address with nothing.
        if ($ignored === []) {
            return;
        }
        try {
            require_once DIR_EXTENSION . 'orderbridge/system/library/orderbridge/boot.php';
            Boot::work($this->registry);
        } catch (Throwable $fault) {
            $this->log->write('Orderbridge cron: ' . $fault::class);
        }
    }
}
