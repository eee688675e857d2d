<?php

use function Piala\e;

/** @var list<array{slug: string, name: string}> $path @var string $here */
?>
<nav class="crumbs" aria-label="Где я">
  <ol>
    <li><a href="/">Главная</a></li>
    <?php foreach ($path as $category) : ?>
    <li><a href="/catalogue/<?= e($category['slug']) ?>"><?= e($category['name']) ?></a></li>
    <?php endforeach ?>
    <li aria-current="page"><?= e($here) ?></li>
  </ol>
</nav>
