<?php

declare(strict_types=1);

namespace Orderbridge\Admin;

/** Who asks. The CMS has checked its session, its permission and its token against forged requests before. */
final class Visitor
{
    /**
     * @param bool $mayModify whether the CMS lets him change the module's settings
     * @param string $name as the CMS shows it, for "somebody else has saved"
     */
    public function __construct(
        public readonly bool $mayModify,
        public readonly string $name = '',
    ) {
    }
}
