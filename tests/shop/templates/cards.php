<?php

use function Piala\e;
use function Piala\rub;

/** @var list<array<string, string|int|null>> $products */
?>
<ul class="cards">
<?php foreach ($products as $product) : ?>
  <li class="card">
    <a href="/product/<?= e($product['slug']) ?>">
      <span class="picture tint-<?= e($product['tint']) ?>"><img src="/pictures/<?= e($product['slug']) ?>.svg" alt="" width="240" height="240" loading="lazy"></span>
      <span class="card-name"><?= e($product['name']) ?></span>
      <span class="card-note"><?= e($product['summary']) ?></span>
      <span class="price"><?= $product['dearer'] > 0 ? 'от ' : '' ?><?= rub((int) $product['price']) ?></span>
    </a>
  </li>
<?php endforeach ?>
</ul>
