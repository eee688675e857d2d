<?php

declare(strict_types=1);

namespace Opencart\Catalog\Controller\Extension\Orderbridge\Module;

use Opencart\System\Engine\Controller;
use Orderbridge\Shops\OpenCart\Doors;

/** The shop's public doors. */
final class Orderbridge extends Controller
{
    /** Where Bitrix24 posts. */
    public function inbound(): void
    {
        $this->doors()->inbound();
    }

    /** For a monitor of uptimes. */
    public function health(): void
    {
        $this->doors()->health();
    }

    /** For a cron without a command line. */
    public function tick(): void
    {
        $this->doors()->tick();
    }

    /** What the command line asks for, to have the shop started and nothing done. */
    public function idle(): void
    {
    }

    private function doors(): Doors
    {
        require_once DIR_EXTENSION . 'orderbridge/system/library/orderbridge/boot.php';

        return new Doors($this->registry);
    }
}
