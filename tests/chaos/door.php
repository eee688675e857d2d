<?php

/** The shop's door for the portal, behind PHP's own server. */

declare(strict_types=1);

use Chaos\Site;
use Orderbridge\Inbox\Endpoint;
use Orderbridge\Inbox\Request;

require __DIR__ . '/lib/autoload.php';

ini_set('display_errors', 'stderr');
$answer = (new Site())->bridge->endpoint()->handle(
    Request::method(),
    $_GET,
    Request::headers(),
    Request::body(Endpoint::LARGEST_BODY),
);
http_response_code($answer->status);
echo $answer->body;
