<?php

use Piala\Delivery;
use Piala\Payment;
use Piala\Store\OrderLine;
use Piala\View;

use function Piala\e;
use function Piala\rub;

/**
 * @var array<string, string> $form @var array<string, string> $errors @var list<OrderLine> $lines
 * @var array{coupon: ?string, discount: int, delivery_price: int, taxes: array<int, int>, total: int} $sums
 * @var array<string, array{delivery_price: int, taxes: array<int, int>, total: int}> $ways the sums by delivery
 * @var string $attempt @var View $view
 */
$field = static function (string $name, string $label, string $more = '') use ($form, $errors): string {
    $wrong = isset($errors[$name]);

    return '<div class="field' . ($wrong ? ' field-wrong' : '') . '"><label for="' . $name . '">' . e($label) . '</label>'
        . '<input id="' . $name . '" name="' . $name . '" value="' . e($form[$name]) . '" ' . $more
        . ($wrong ? ' aria-invalid="true" aria-describedby="' . $name . '-error"' : '') . '>'
        . ($wrong ? '<p class="field-error" id="' . $name . '-error">' . e($errors[$name]) . '</p>' : '') . '</div>';
};
?>
<h1>Оформление заказа</h1>
<?php if ($errors !== []) : ?>
<div class="flash flash-error" role="alert" tabindex="-1" data-focus>
  <p><strong>Осталось поправить:</strong></p>
  <ul><?php foreach ($errors as $name => $text) : ?><li><a href="#<?= e($name) ?>"><?= e($text) ?></a></li><?php endforeach ?></ul>
</div>
<?php endif ?>
<form method="post" action="/checkout" class="columns" data-checkout novalidate>
  <?= $view->csrf() ?>
  <input type="hidden" name="attempt" value="<?= e($attempt) ?>">
  <div>
    <fieldset class="panel">
      <legend>Кто получит</legend>
      <div class="grid-3">
        <?= $field('last_name', 'Фамилия', 'autocomplete="family-name" required') ?>
        <?= $field('first_name', 'Имя', 'autocomplete="given-name" required') ?>
        <?= $field('second_name', 'Отчество', 'autocomplete="additional-name"') ?>
      </div>
      <div class="grid-2">
        <?= $field('phone', 'Телефон', 'type="tel" autocomplete="tel" placeholder="+7 900 123-45-67"') ?>
        <?= $field('email', 'Электронная почта', 'type="email" autocomplete="email" placeholder="ivan@example.ru"') ?>
      </div>
    </fieldset>
    <fieldset class="panel">
      <legend>Доставка</legend>
      <?php foreach (Delivery::cases() as $delivery) : ?>
      <label class="option">
        <input type="radio" name="delivery" value="<?= e($delivery->value) ?>" data-price="<?= $ways[$delivery->value]['delivery_price'] ?>" data-vat="<?= array_sum($ways[$delivery->value]['taxes']) ?>" data-pay="<?= $ways[$delivery->value]['total'] ?>"<?= $form['delivery'] === $delivery->value ? ' checked' : '' ?>>
        <span><strong><?= e($delivery->label()) ?></strong> <small><?= e($delivery->hint()) ?></small></span>
        <span class="price"><?= $ways[$delivery->value]['delivery_price'] === 0 ? 'бесплатно' : rub($ways[$delivery->value]['delivery_price']) ?></span>
      </label>
      <?php endforeach ?>
      <div data-address><?= $field('address', 'Адрес для курьера', 'autocomplete="street-address" placeholder="Город, улица, дом, квартира"') ?></div>
    </fieldset>
    <fieldset class="panel">
      <legend>Оплата</legend>
      <?php foreach (Payment::cases() as $payment) : ?>
      <label class="option">
        <input type="radio" name="payment" value="<?= e($payment->value) ?>"<?= $form['payment'] === $payment->value ? ' checked' : '' ?>>
        <span><?= e($payment->label()) ?></span>
      </label>
      <?php endforeach ?>
    </fieldset>
    <div class="panel">
      <div class="field"><label for="comment">Комментарий к заказу</label><textarea id="comment" name="comment" rows="3" maxlength="2000"><?= e($form['comment']) ?></textarea></div>
    </div>
  </div>
  <aside class="sum">
    <h2>Ваш заказ</h2>
    <ul class="sum-lines">
      <?php foreach ($lines as $line) : ?>
      <li><span><?= e($line->name) ?><?php foreach ($line->options as $option) : ?>, <?= e(mb_strtolower($option['value'])) ?><?php endforeach ?> × <?= $line->quantity ?></span> <span><?= rub($line->total()) ?></span></li>
      <?php endforeach ?>
    </ul>
    <div class="coupon">
      <?= $field('coupon', 'Промокод', 'autocomplete="off" autocapitalize="characters"') ?>
      <button class="button button-quiet" type="submit" name="action" value="count">Применить</button>
    </div>
    <dl class="sum-rows">
      <div><dt>Товары</dt><dd><?= rub(OrderLine::sum($lines)) ?></dd></div>
      <?php if ($sums['discount'] > 0) : ?>
      <div class="good"><dt>Скидка по промокоду</dt><dd><?= rub(-$sums['discount']) ?></dd></div>
      <?php endif ?>
      <div><dt>Доставка</dt><dd data-delivery><?= $sums['delivery_price'] === 0 ? 'бесплатно' : rub($sums['delivery_price']) ?></dd></div>
      <?php if ($sums['taxes'] !== []) : ?>
      <div><dt>НДС</dt><dd data-tax><?= rub(array_sum($sums['taxes'])) ?></dd></div>
      <?php endif ?>
      <div class="sum-total"><dt>Итого</dt><dd data-total aria-live="polite"><?= rub($sums['total']) ?></dd></div>
    </dl>
    <button class="button button-wide" type="submit" name="action" value="place">Заказать</button>
    <p class="muted">Оплата после подтверждения. Данные нужны только для этого заказа.</p>
  </aside>
</form>
