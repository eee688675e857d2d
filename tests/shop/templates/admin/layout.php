<?php

use Piala\Config;
use Piala\View;

use function Piala\e;

/** @var string $title @var string $content @var ?string $login @var string $section @var ?array{kind: string, text: string} $flash @var View $view */
$menu = ['orders' => 'Заказы', 'statuses' => 'Статусы', 'orderbridge' => 'Orderbridge'];
?>
<!DOCTYPE html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title><?= e($title) ?> · <?= e(Config::SHOP_NAME) ?>, управление</title>
<link rel="icon" href="/assets/logo.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/shop.css">
<link rel="stylesheet" href="/assets/admin.css">
<script type="module" src="/assets/shop.js"></script>
</head>
<body class="admin">
<a class="skip" href="#content">К содержанию</a>
<header class="top">
  <div class="wrap top-row">
    <a class="brand" href="/admin/orders"><img src="/assets/logo.svg" alt="" width="32" height="32"><?= e(Config::SHOP_NAME) ?></a>
    <?php if ($login !== null) : ?>
    <nav class="sections" aria-label="Управление">
      <?php foreach ($menu as $place => $name) : ?>
      <a href="/admin/<?= e($place) ?>"<?= $section === $place || $section === rtrim($place, 's') ? ' aria-current="page"' : '' ?>><?= e($name) ?></a>
      <?php endforeach ?>
    </nav>
    <form method="post" action="/admin/logout"><?= $view->csrf() ?><button class="button button-quiet button-small" type="submit">Выйти</button></form>
    <?php endif ?>
  </div>
</header>
<main id="content" class="wrap" tabindex="-1">
<?php if ($flash !== null) : ?>
<p class="flash flash-<?= e($flash['kind']) ?>" role="status"><?= e($flash['text']) ?></p>
<?php endif ?>
<?= $content ?>
</main>
</body>
</html>
