<?php

use Piala\Config;

use function Piala\e;
use function Piala\plural;

/** @var string $title @var string $content @var list<array{slug: string, name: string}> $sections @var int $basket @var ?array{kind: string, text: string} $flash */
?>
<!DOCTYPE html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title><?= e($title) ?> · <?= e(Config::SHOP_NAME) ?></title>
<link rel="icon" href="/assets/logo.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/shop.css">
<script type="module" src="/assets/shop.js"></script>
</head>
<body>
<a class="skip" href="#content">К содержанию</a>
<header class="top">
  <div class="wrap top-row">
    <a class="brand" href="/"><img src="/assets/logo.svg" alt="" width="36" height="36"><?= e(Config::SHOP_NAME) ?></a>
    <nav class="sections" aria-label="Разделы">
      <?php foreach ($sections as $section) : ?>
      <a href="/catalogue/<?= e($section['slug']) ?>"><?= e($section['name']) ?></a>
      <?php endforeach ?>
    </nav>
    <a class="basket-link" href="/basket" aria-label="Корзина: <?= e(plural($basket, 'товар', 'товара', 'товаров')) ?>">
      <svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M4 9h16l-1.6 9.2a2 2 0 0 1-2 1.8H7.6a2 2 0 0 1-2-1.8zM8.5 9 12 3.5 15.5 9M9.5 13v3.5M14.5 13v3.5"/></svg>
      <span class="basket-word" aria-hidden="true">Корзина</span><?php if ($basket > 0) : ?><span class="basket-count" aria-hidden="true"><?= $basket ?></span><?php endif ?>
    </a>
  </div>
</header>
<main id="content" class="wrap" tabindex="-1">
<?php if ($flash !== null) : ?>
<p class="flash flash-<?= e($flash['kind']) ?>" role="status"><?= e($flash['text']) ?></p>
<?php endif ?>
<?= $content ?>
</main>
<footer class="bottom">
  <div class="wrap bottom-row">
    <p><strong><?= e(Config::SHOP_NAME) ?></strong>, чай, кофе и всё для них<br>Москва, ул. Чайная, 12 · ежедневно с 10 до 21</p>
    <p><a href="tel:+74950000000">+7 495 000-00-00</a><br><a href="/admin">Вход для сотрудников</a></p>
  </div>
</footer>
</body>
</html>
