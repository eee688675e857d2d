<?php

use Piala\Delivery;
use Piala\Payment;
use Piala\Status;
use Piala\Store\Choice;
use Piala\Store\Order;
use Piala\View;

use function Piala\e;
use function Piala\moment;
use function Piala\rub;

/** @var Order $order @var list<array<string, string|int|null>> $history @var list<list<Choice>> $choices @var array{deal: ?string, state: string, text: string} $bridge @var ?array<string, mixed> $preview @var View $view */
$form = $order->details->columns();
$field = static fn (string $name, string $label): string => '<div class="field"><label for="' . $name . '">' . e($label)
    . '</label><input id="' . $name . '" name="' . $name . '" value="' . e($form[$name]) . '"></div>';
$words = static fn (array $options): string => implode(', ', array_map(static fn (array $option): string => "{$option['name']}: {$option['value']}", $options));
?>
<p><a href="/admin/orders">← Все заказы</a></p>
<h1>Заказ №<?= e($order->number()) ?> <span class="badge badge-<?= e($order->status->value) ?>"><?= e($order->status->label()) ?></span> <small>от <?= moment($order->createdAt) ?></small></h1>
<div class="columns">
  <form method="post" action="/admin/orders/<?= e($order->number()) ?>">
    <?= $view->csrf() ?>
    <input type="hidden" name="revision" value="<?= $order->revision ?>">
    <section class="panel">
      <h2>Состав</h2>
      <div class="scroll">
      <table>
        <thead><tr><th scope="col">Товар</th><th scope="col" class="number">Цена</th><th scope="col">Штук</th><th scope="col" class="number">Сумма</th></tr></thead>
        <tbody>
        <?php foreach ($order->lines as $index => $line) : ?>
          <tr>
            <td><strong><?= e($line->name) ?></strong><br><span class="muted"><?= e($words($line->options)) ?> <code><?= e($line->sku) ?></code></span></td>
            <td class="number"><?= rub($line->price) ?></td>
            <td><label><span class="visually-hidden">Штук: <?= e($line->name) ?></span><input class="table-input" type="number" min="0" max="999" name="quantity_of[<?= $index ?>]" value="<?= $line->quantity ?>"></label></td>
            <td class="number"><?= rub($line->total()) ?></td>
          </tr>
        <?php endforeach ?>
        </tbody>
        <tfoot>
          <?php if ($order->discount > 0) : ?><tr><td colspan="3">Промокод <?= e($order->coupon) ?></td><td class="number"><?= rub(-$order->discount) ?></td></tr><?php endif ?>
          <tr><td colspan="3">Доставка: <?= e($order->details->delivery->label()) ?></td><td class="number"><?= rub($order->deliveryPrice) ?></td></tr>
          <?php foreach ($order->taxes as $rate => $sum) : ?><tr><td colspan="3">НДС <?= $rate ?>&nbsp;%</td><td class="number"><?= rub($sum) ?></td></tr><?php endforeach ?>
          <tr><td colspan="3"><strong>Итого</strong></td><td class="number"><strong><?= rub($order->total) ?></strong></td></tr>
        </tfoot>
      </table>
      </div>
      <div class="field">
        <label for="add">Добавить товар</label>
        <select id="add" name="add">
          <option value="">Ничего</option>
          <?php foreach ($choices as $ways) : ?>
          <optgroup label="<?= e($ways[0]->name) ?>">
            <?php foreach ($ways as $way) : ?>
            <option value="<?= e($way->key()) ?>"><?= e($way->name) ?><?= $way->options === [] ? '' : ', ' . e($words($way->options)) ?>, <?= rub($way->price) ?></option>
            <?php endforeach ?>
          </optgroup>
          <?php endforeach ?>
        </select>
      </div>
      <p class="muted">Ноль штук убирает товар. Скидка и доставка пересчитаются сами.</p>
    </section>
    <section class="panel">
      <h2>Покупатель</h2>
      <div class="grid-3"><?= $field('last_name', 'Фамилия') ?><?= $field('first_name', 'Имя') ?><?= $field('second_name', 'Отчество') ?></div>
      <div class="grid-2"><?= $field('phone', 'Телефон') ?><?= $field('email', 'Почта') ?></div>
      <div class="grid-2">
        <div class="field"><label for="delivery">Доставка</label><select id="delivery" name="delivery"><?php foreach (Delivery::cases() as $case) : ?><option value="<?= e($case->value) ?>"<?= $case === $order->details->delivery ? ' selected' : '' ?>><?= e($case->label()) ?></option><?php endforeach ?></select></div>
        <div class="field"><label for="payment">Оплата</label><select id="payment" name="payment"><?php foreach (Payment::cases() as $case) : ?><option value="<?= e($case->value) ?>"<?= $case === $order->details->payment ? ' selected' : '' ?>><?= e($case->label()) ?></option><?php endforeach ?></select></div>
      </div>
      <?= $field('address', 'Адрес') ?>
      <div class="field"><label for="comment">Комментарий покупателя</label><textarea id="comment" name="comment" rows="3"><?= e($form['comment']) ?></textarea></div>
    </section>
    <button class="button" type="submit">Сохранить заказ</button>
  </form>
  <aside>
    <section class="panel">
      <h2>Статус</h2>
      <form method="post" action="/admin/orders/<?= e($order->number()) ?>/status">
        <?= $view->csrf() ?>
        <div class="field"><label for="status">Новый статус</label><select id="status" name="status"><?php foreach (Status::cases() as $case) : ?><option value="<?= e($case->value) ?>"<?= $case === $order->status ? ' selected' : '' ?>><?= e($case->label()) ?></option><?php endforeach ?></select></div>
        <div class="field"><label for="status-comment">Комментарий для покупателя</label><input id="status-comment" name="comment"></div>
        <label class="check"><input type="checkbox" name="notify" value="1" checked> Написать покупателю</label>
        <button class="button button-wide" type="submit">Сменить статус</button>
      </form>
      <?php if ($order->status !== Status::Cancelled) : ?>
      <form method="post" action="/admin/orders/<?= e($order->number()) ?>/status">
        <?= $view->csrf() ?><input type="hidden" name="status" value="cancelled"><input type="hidden" name="notify" value="1">
        <button class="button button-danger button-wide" type="submit" data-confirm="Отменить заказ №<?= e($order->number()) ?>?">Отменить заказ</button>
      </form>
      <?php endif ?>
    </section>
    <section class="panel">
      <h2>Битрикс24</h2>
      <p class="mark mark-<?= e($bridge['state']) ?>"><?= e($bridge['deal'] === null ? 'Сделки пока нет' : "Сделка {$bridge['deal']}") ?></p>
      <p class="note"><?= e($bridge['text']) ?></p>
      <?php if ($preview !== null) : ?>
      <p id="why"><strong><?= e($preview['manager'] === '' ? 'Владелец вебхука' : $preview['manager']) ?></strong> <br><span class="muted"><?= e($preview['reason']) ?><?= $preview['category'] === '' ? '' : ' «' . e($preview['category']) . '»' ?></span></p>
          <?php foreach ($preview['notes'] as $note) : ?>
      <p class="flash flash-warning"><?= e($note['message']) ?> <?= e($note['hint'] ?? '') ?></p>
          <?php endforeach ?>
      <details>
        <summary>Какой будет сделка</summary>
        <ul class="sum-lines">
          <?php foreach ($preview['rows'] as $row) : ?>
          <li><span><?= e($row['name']) ?> × <?= e($row['quantity']) ?></span> <span><?= e($row['sum']) ?></span></li>
          <?php endforeach ?>
          <li><strong>Итого</strong> <strong><?= e($preview['rows_sum']) ?></strong></li>
        </ul>
        <p class="muted"><?= e(implode(' ', array_filter([$preview['contact']['last_name'], $preview['contact']['name'], $preview['contact']['second_name']]))) ?><br><?= e(implode(', ', array_filter([$preview['contact']['phone'], $preview['contact']['email']]))) ?></p>
      </details>
      <?php endif ?>
      <p><a href="/admin/orderbridge#orderbridge/orders">Обмен с Битрикс24</a></p>
    </section>
    <section class="panel">
      <h2>История</h2>
      <ol class="history">
        <?php foreach (array_reverse($history) as $entry) : ?>
        <li><?= moment((string) $entry['created_at']) ?> <strong><?= $entry['status'] === null ? 'Заметка' : e(Status::from((string) $entry['status'])->label()) ?></strong><span><?= e($entry['author']) ?><?= $entry['comment'] === '' ? '' : ': ' . e($entry['comment']) ?><?= $entry['notified'] ? ' · письмо отправлено' : '' ?></span></li>
        <?php endforeach ?>
      </ol>
    </section>
    <p><a href="/order/<?= e($order->number()) ?>?key=<?= e($order->accessKey) ?>">Страница покупателя</a></p>
  </aside>
</div>
