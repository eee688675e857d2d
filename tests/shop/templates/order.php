<?php

use Piala\Delivery;
use Piala\Store\Order;

use function Piala\e;
use function Piala\moment;
use function Piala\rub;

/** @var Order $order @var string $state */
$details = $order->details;
?>
<h1>Заказ №<?= e($order->number()) ?> <small>от <?= moment($order->createdAt) ?></small></h1>
<div class="columns">
  <div>
    <div class="panel" data-live="/order/<?= e($order->number()) ?>/live?key=<?= e($order->accessKey) ?>"><?= $state ?></div>
    <div class="panel">
      <h2>Получатель и доставка</h2>
      <dl class="facts">
        <div><dt>Получатель</dt><dd><?= e($details->fullName()) ?></dd></div>
        <?php if ($details->phone !== '') : ?><div><dt>Телефон</dt><dd><?= e($details->phone) ?></dd></div><?php endif ?>
        <?php if ($details->email !== '') : ?><div><dt>Почта</dt><dd><?= e($details->email) ?></dd></div><?php endif ?>
        <div><dt><?= e($details->delivery->label()) ?></dt><dd><?= e($details->delivery === Delivery::Pickup ? Delivery::PICKUP_ADDRESS : $details->address) ?></dd></div>
        <div><dt>Оплата</dt><dd><?= e($details->payment->label()) ?></dd></div>
        <?php if ($details->comment !== '') : ?><div><dt>Комментарий</dt><dd><?= nl2br(e($details->comment)) ?></dd></div><?php endif ?>
      </dl>
    </div>
  </div>
  <aside class="sum">
    <h2>Состав</h2>
    <ul class="sum-lines">
      <?php foreach ($order->lines as $line) : ?>
      <li><span><?= e($line->name) ?><?php foreach ($line->options as $option) : ?>, <?= e(mb_strtolower($option['value'])) ?><?php endforeach ?> × <?= $line->quantity ?></span> <span><?= rub($line->total()) ?></span></li>
      <?php endforeach ?>
    </ul>
    <dl class="sum-rows">
      <div><dt>Товары</dt><dd><?= rub($order->goods()) ?></dd></div>
      <?php if ($order->discount > 0) : ?><div class="good"><dt>Промокод <?= e($order->coupon) ?></dt><dd><?= rub(-$order->discount) ?></dd></div><?php endif ?>
      <div><dt>Доставка</dt><dd><?= $order->deliveryPrice === 0 ? 'бесплатно' : rub($order->deliveryPrice) ?></dd></div>
      <?php foreach ($order->taxes as $rate => $sum) : ?><div><dt>НДС <?= $rate ?>&nbsp;%</dt><dd><?= rub($sum) ?></dd></div><?php endforeach ?>
      <div class="sum-total"><dt>Итого</dt><dd><?= rub($order->total) ?></dd></div>
    </dl>
    <p class="muted">Сохраните ссылку на эту страницу: по ней заказ виден без пароля.</p>
  </aside>
</div>
