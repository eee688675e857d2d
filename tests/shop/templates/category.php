<?php

use Piala\View;

use function Piala\e;
use function Piala\plural;

/** @var array{name: string, note: string} $category @var list<array{slug: string, name: string}> $path @var list<array{slug: string, name: string}> $children @var list<array<string, string|int|null>> $products @var View $view */
?>
<?= $view->part('crumbs', ['path' => array_slice($path, 0, -1), 'here' => $category['name']]) ?>
<h1><?= e($category['name']) ?> <small><?= e(plural(count($products), 'товар', 'товара', 'товаров')) ?></small></h1>
<?php if ($category['note'] !== '') : ?>
<p class="lead"><?= e($category['note']) ?></p>
<?php endif ?>
<?php if ($children !== []) : ?>
<ul class="chips">
  <?php foreach ($children as $child) : ?>
  <li><a href="/catalogue/<?= e($child['slug']) ?>"><?= e($child['name']) ?></a></li>
  <?php endforeach ?>
</ul>
<?php endif ?>
<?= $view->part('cards', ['products' => $products]) ?>
