<?php

use Piala\Status;
use Piala\Store\Order;

use function Piala\e;
use function Piala\moment;
use function Piala\rub;

/** @var list<Order> $orders @var array<int, array{deal: ?string, state: string, text: string}> $deals @var array<string, int> $counts @var ?Status $chosen @var int $page @var bool $more */
$link = static fn (int $to): string => '/admin/orders?' . http_build_query(array_filter(['status' => $chosen?->value, 'page' => $to]));
?>
<h1>Заказы <small><?= array_sum($counts) ?></small></h1>
<ul class="chips">
  <li><a href="/admin/orders"<?= $chosen === null ? ' aria-current="true"' : '' ?>>Все</a></li>
  <?php foreach (Status::cases() as $status) : ?>
  <li><a href="/admin/orders?status=<?= e($status->value) ?>"<?= $chosen === $status ? ' aria-current="true"' : '' ?>><?= e($status->label()) ?> <?= $counts[$status->value] ?? 0 ?></a></li>
  <?php endforeach ?>
</ul>
<?php if ($orders === []) : ?>
<p class="muted">Таких заказов нет.</p>
<?php else : ?>
<div class="scroll">
<table>
  <thead><tr><th scope="col">Заказ</th><th scope="col">Когда</th><th scope="col">Покупатель</th><th scope="col" class="number">Сумма</th><th scope="col">Статус</th><th scope="col">Битрикс24</th></tr></thead>
  <tbody>
  <?php foreach ($orders as $order) : ?>
    <tr>
      <td><a href="/admin/orders/<?= e($order->number()) ?>"><strong>№<?= e($order->number()) ?></strong></a></td>
      <td><?= moment($order->createdAt) ?></td>
      <td><?= e($order->details->fullName()) ?></td>
      <td class="number"><?= rub($order->total) ?></td>
      <td><span class="badge badge-<?= e($order->status->value) ?>"><?= e($order->status->label()) ?></span></td>
      <td><span class="mark mark-<?= e($deals[$order->id]['state']) ?>" title="<?= e($deals[$order->id]['text']) ?>"><?= e($deals[$order->id]['deal'] === null ? $deals[$order->id]['text'] : 'Сделка ' . $deals[$order->id]['deal']) ?></span></td>
    </tr>
  <?php endforeach ?>
  </tbody>
</table>
</div>
<nav class="pages" aria-label="Страницы">
  <?php if ($page > 1) : ?><a class="button button-quiet button-small" href="<?= e($link($page - 1)) ?>">← Новее</a><?php endif ?>
  <?php if ($more) : ?><a class="button button-quiet button-small" href="<?= e($link($page + 1)) ?>">Старше →</a><?php endif ?>
</nav>
<?php endif ?>
