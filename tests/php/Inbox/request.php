<?php

/** Tells what the bridge has of a request, behind PHP's own server. */

declare(strict_types=1);

use Orderbridge\Inbox\Request;

require __DIR__ . '/../bootstrap.php';

echo json_encode([Request::method(), Request::headers(), Request::body(10)]);
