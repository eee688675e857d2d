<?php

// phpcs:ignore Squiz.NamingConventions.ValidVariableName -- the kernel looks for this name
$orderbridge_sync_default_option = [
    'shops' => '[]',
    'funnels' => '',
    'order_field' => 'UF_CRM_ORDERBRIDGE_ORDER',
    'on_hits' => 'N',
];
