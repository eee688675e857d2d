<?php

use Piala\Store\Basket;
use Piala\View;

use function Piala\e;
use function Piala\rub;

/** @var array<string, string|int|null> $product @var array<string, list<array<string, string|int|null>>> $options @var list<array{slug: string, name: string}> $path @var bool $net @var View $view */
$number = 0;
?>
<?= $view->part('crumbs', ['path' => $path, 'here' => $product['name']]) ?>
<article class="product">
  <div class="picture picture-large tint-<?= e($product['tint']) ?>"><img src="/pictures/<?= e($product['slug']) ?>.svg" alt="" width="480" height="480"></div>
  <div class="product-text">
    <h1><?= e($product['name']) ?></h1>
    <p class="lead"><?= e($product['summary']) ?></p>
    <form method="post" action="/basket" data-product data-price="<?= e($product['price']) ?>">
      <?= $view->csrf() ?>
      <input type="hidden" name="product" value="<?= e($product['id']) ?>">
      <?php foreach ($options as $name => $values) : ?>
      <fieldset class="choice">
        <legend><?= e($name) ?></legend>
        <?php foreach ($values as $index => $value) : ?>
        <label class="pill">
          <input type="radio" name="option[<?= $number ?>]" value="<?= e($value['id']) ?>" data-delta="<?= e($value['price_delta']) ?>"<?= $index === 0 ? ' checked' : '' ?>>
          <span><?php if ($value['colour'] !== null) : ?><svg class="swatch" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="7.5" fill="<?= e($value['colour']) ?>" stroke="#0003"/></svg><?php endif ?><?= e($value['name']) ?><?php if ($value['price_delta'] > 0) : ?> <small>+<?= rub((int) $value['price_delta']) ?></small><?php endif ?></span>
        </label>
        <?php endforeach ?>
      </fieldset>
        <?php $number++ ?>
      <?php endforeach ?>
      <div class="buy">
        <output class="price price-large" data-price-shown aria-live="polite"><?= rub((int) $product['price']) ?></output>
        <label class="quantity"><span class="visually-hidden">Количество</span><input type="number" name="quantity" value="1" min="1" max="<?= Basket::MOST ?>" inputmode="numeric"></label>
        <button class="button" type="submit">В корзину</button>
      </div>
    </form>
    <div class="prose"><?php foreach (explode("\n", (string) $product['description']) as $paragraph) : ?><p><?= e($paragraph) ?></p><?php endforeach ?></div>
    <p class="muted">Артикул <?= e($product['sku']) ?> · <?= $product['vat_rate'] === null ? 'Без НДС' : ($net ? 'Цена без НДС ' : 'Цена с НДС ') . e($product['vat_rate']) . '&nbsp;%' ?></p>
  </div>
</article>
