<?php

use Piala\Store\Basket;
use Piala\Store\OrderLine;
use Piala\View;

use function Piala\e;
use function Piala\rub;

/** @var array<string, array{choice: Piala\Store\Choice, line: OrderLine}> $lines @var View $view */
?>
<h1>Корзина</h1>
<?php if ($lines === []) : ?>
<section class="message">
  <img src="/pictures/piala-seladon.svg" alt="" width="180" height="180">
  <p>Здесь пока пусто.</p>
  <p><a class="button" href="/">Выбрать что-нибудь</a></p>
</section>
<?php else : ?>
<form method="post" action="/basket" class="columns" data-basket>
  <?= $view->csrf() ?>
  <ul class="lines">
  <?php foreach ($lines as $key => ['choice' => $choice, 'line' => $line]) : ?>
    <li class="line">
      <a class="picture picture-small tint-<?= e($choice->tint) ?>" href="/product/<?= e($choice->slug) ?>" tabindex="-1" aria-hidden="true"><img src="/pictures/<?= e($choice->slug) ?>.svg" alt="" width="88" height="88"></a>
      <div class="line-what">
        <a href="/product/<?= e($choice->slug) ?>"><?= e($choice->name) ?></a>
        <?php foreach ($choice->options as $option) : ?><span class="muted"><?= e($option['name']) ?>: <?= e($option['value']) ?></span><?php endforeach ?>
        <span class="muted"><?= rub($line->price) ?> за штуку</span>
      </div>
      <label class="quantity"><span class="visually-hidden">Количество: <?= e($choice->name) ?></span><input type="number" name="quantity_of[<?= e($key) ?>]" value="<?= $line->quantity ?>" min="0" max="<?= Basket::MOST ?>" inputmode="numeric"></label>
      <span class="line-sum price"><?= rub($line->total()) ?></span>
      <button class="button-plain" type="submit" name="remove" value="<?= e($key) ?>" aria-label="Убрать: <?= e($choice->name) ?>">✕</button>
    </li>
  <?php endforeach ?>
  </ul>
  <aside class="sum">
    <p class="sum-total"><span>Товары</span> <span><?= rub(OrderLine::sum(array_column($lines, 'line'))) ?></span></p>
    <p class="muted">Доставку и скидку посчитаем на следующем шаге.</p>
    <a class="button button-wide" href="/checkout">Оформить заказ</a>
    <button class="button button-quiet button-wide" type="submit" data-recount>Пересчитать</button>
  </aside>
</form>
<?php endif ?>
