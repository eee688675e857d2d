<?php

use Piala\Status;
use Piala\Store\Order;
use Piala\View;

use function Piala\e;

/**
 * @var array<string, mixed> $health @var bool $connected @var ?list<array<string, string>> $points @var ?list<array<string, mixed>> $plan
 * @var ?array<string, mixed> $document @var ?array<string, mixed> $funnel @var list<array<string, mixed>> $users
 * @var list<array<string, mixed>> $roots @var string $inbound @var list<Order> $orders
 * @var array<int, array{deal: ?string, stage: ?string, state: string, text: string, hint: string}> $deals
 * @var list<array<string, mixed>> $journal @var View $view
 */
$alerts = [
    'tables_missing' => 'Таблиц модуля нет. Запустите установку ещё раз.',
    'not_connected' => 'Портал не подключён. Вставьте адрес входящего вебхука ниже.',
    'webhook_unreadable' => 'Сохранённый вебхук не прочитать: сменился ключ магазина. Вставьте вебхук ещё раз.',
    'dead_jobs' => 'Есть заказы, которые не ушли сами. Причина и кнопка — в журнале ниже.',
    'old_job' => 'Заказ ждёт отправки дольше четверти часа.',
    'cron_missing' => 'Обработчик давно не запускался. Проверьте задание cron: php orderbridge work.',
    'clock_skew' => 'Часы магазина и портала расходятся больше чем на пять минут.',
];
$mark = static fn (string $level): string => ['ok' => 'ok', 'warning' => 'wait', 'error' => 'error'][$level] ?? 'wait';
$stageNames = array_column($funnel['stages'] ?? [], 'name', 'id');
$mapped = array_column($document['statuses']['from_stage'] ?? [], null, 'stage');
$begin = static fn (string $action): string => '<form method="post" action="/admin/orderbridge/' . $action . '">' . $view->csrf();
$rules = [];
foreach ($document['responsible']['rules'] ?? [] as $rule) {
    foreach ($rule['when']['categories'] ?? [] as $category) {
        $rules[$category] = $rule['users'][0] ?? '';
    }
}
$people = static function (string $chosen) use ($users): string {
    $html = '';
    foreach ($users as $user) {
        if ($user['active'] || $user['id'] === $chosen) {
            $html .= '<option value="' . e($user['id']) . '"' . ($user['id'] === $chosen ? ' selected' : '') . '>' . e($user['name']) . ($user['active'] ? '' : ' (уволен)') . '</option>';
        }
    }

    return $html;
};
?>
<h1>Orderbridge <small>заказы и сделки Битрикс24</small></h1>

<section class="panel" aria-labelledby="state">
  <h2 id="state">Состояние</h2>
  <?php if ($health['hold'] !== null) : ?>
  <p class="flash flash-<?= $health['hold']['stopped'] ? 'error' : 'warning' ?>"><strong><?= e($health['hold']['message']) ?></strong> <br><?= e($health['hold']['hint']) ?></p>
  <?php endif ?>
  <ul class="points">
    <?php foreach ($health['alerts'] as $alert) : ?>
        <?php if (!in_array($alert['code'], ['portal_stopped', 'portal_held'], true)) : ?><li><span class="mark mark-<?= $mark($alert['level']) ?>"></span><p><?= e($alerts[$alert['code']] ?? "{$alert['message']}: {$alert['hint']}") ?></p></li><?php endif ?>
    <?php endforeach ?>
    <?php if ($health['ok']) : ?><li><span class="mark mark-ok"></span><p>Всё работает.</p></li><?php endif ?>
  </ul>
  <dl class="facts">
    <div><dt>Портал</dt><dd><?= $connected ? '<code>' . e($health['portal']['webhook']) . '</code>' : 'не подключён' ?></dd></div>
    <div><dt>Связано сделок</dt><dd><?= (int) $health['links'] ?></dd></div>
    <div><dt>В очереди</dt><dd><?= (int) $health['jobs']['ready'] + (int) $health['jobs']['leased'] + (int) $health['jobs']['waiting'] ?>, остановлено <?= (int) $health['jobs']['dead'] ?></dd></div>
    <div><dt>Последний опрос</dt><dd><?= $health['ago']['poll'] === null ? 'ещё не было' : (int) $health['ago']['poll'] . ' с назад' ?></dd></div>
  </dl>
</section>

<section class="panel" aria-labelledby="connection">
  <h2 id="connection">Подключение</h2>
  <?= $begin('connect') ?>
    <div class="field">
      <label for="webhook">Адрес входящего вебхука</label>
      <input id="webhook" name="webhook" type="password" autocomplete="off" spellcheck="false" placeholder="https://ваш-портал.bitrix24.ru/rest/1/abcdef123456/" aria-describedby="webhook-note">
      <p class="muted" id="webhook-note">Битрикс24 → Разработчикам → Другое → Входящий вебхук, права «CRM» и «Пользователи». Это пароль: мы храним его зашифрованным и больше не показываем.</p>
    </div>
    <button class="button" type="submit"><?= $connected ? 'Заменить вебхук' : 'Подключить' ?></button>
  </form>
  <?php if ($connected) : ?>
  <div class="actions later"><?= $begin('check') ?><button class="button button-quiet button-small" type="submit">Проверить связь</button></form></div>
  <?php endif ?>
  <?php if ($points !== null) : ?>
  <ul class="points" id="points">
    <?php foreach ($points as $point) : ?>
    <li><span class="mark mark-<?= $mark($point['level']) ?>"></span><p><?= e($point['message']) ?><?php if (($point['hint'] ?? '') !== '' && $point['level'] !== 'ok') : ?> <br><span class="muted"><?= e($point['hint']) ?></span><?php endif ?></p></li>
    <?php endforeach ?>
  </ul>
  <?php endif ?>
</section>

<?php if ($connected) : ?>
<section class="panel" aria-labelledby="funnel">
  <h2 id="funnel">Воронка</h2>
  <p><?= ($document['funnel']['id'] ?? '') === '' ? 'Воронки «' . e($document['funnel']['name'] ?? '') . '» магазин ещё не знает. Создадим её, шесть стадий и скрытое поле с номером заказа; то, что уже есть, найдём.' : 'Сделки идут в воронку «' . e($document['funnel']['name']) . '».' ?></p>
  <?php if ($plan !== null) : ?>
  <ul class="points" id="plan">
    <?php foreach ($plan as $item) : ?>
    <li><span class="mark mark-<?= $item['existing'] ? 'wait' : 'ok' ?>"></span><p><?= e($item['message']) ?></p></li>
    <?php endforeach ?>
    <?php if ($plan === []) : ?><li><span class="mark mark-ok"></span><p>Менять ничего не нужно.</p></li><?php endif ?>
  </ul>
  <?php endif ?>
  <div class="actions">
    <?= $begin('plan') ?><button class="button button-quiet" type="submit">Показать, что изменится</button></form>
    <?= $begin('provision') ?><button class="button" type="submit">Настроить портал</button></form>
  </div>
</section>

<?php if ($funnel !== null) : ?>
<div class="two">
<section class="panel" aria-labelledby="statuses">
  <h2 id="statuses">Стадия → статус</h2>
  <?= $begin('statuses') ?>
    <div class="scroll">
    <table>
      <thead><tr><th scope="col">Стадия сделки</th><th scope="col">Статус заказа</th><th scope="col">Письмо</th></tr></thead>
      <tbody>
      <?php foreach ($funnel['stages'] as $stage) : ?>
          <?php
            $always = ['success' => $document['statuses']['won'], 'failure' => $document['statuses']['lost']][$stage['semantics']] ?? null;
            $target = $mapped[$stage['id']] ?? $always ?? ['status' => '', 'notify' => false];
            ?>
        <tr>
          <td><?= e($stage['name']) ?></td>
          <td><label><span class="visually-hidden">Статус для стадии «<?= e($stage['name']) ?>»</span>
            <select name="status_of[<?= e($stage['id']) ?>]">
              <option value=""><?= $always === null ? 'не менять' : 'как задано для итога' ?></option>
              <?php foreach (Status::cases() as $status) : ?><option value="<?= e($status->value) ?>"<?= $status->value === $target['status'] ? ' selected' : '' ?>><?= e($status->label()) ?></option><?php endforeach ?>
            </select></label></td>
          <td><label><span class="visually-hidden">Письмо покупателю на стадии «<?= e($stage['name']) ?>»</span><input type="checkbox" name="notify_of[<?= e($stage['id']) ?>]" value="1"<?= $target['notify'] ? ' checked' : '' ?>></label></td>
        </tr>
      <?php endforeach ?>
      </tbody>
    </table>
    </div>
    <button class="button" type="submit">Сохранить стадии</button>
  </form>
</section>

<section class="panel" aria-labelledby="responsible">
  <h2 id="responsible">Ответственные</h2>
  <?= $begin('responsible') ?>
    <?php foreach ($roots as $root) : ?>
    <div class="field"><label for="manager-<?= e($root['id']) ?>"><?= e($root['name']) ?> и всё внутри</label>
      <select id="manager-<?= e($root['id']) ?>" name="manager_of[<?= e($root['id']) ?>]"><option value="">по умолчанию</option><?= $people((string) ($rules[(string) $root['id']] ?? '')) ?></select></div>
    <?php endforeach ?>
    <div class="field"><label for="fallback">По умолчанию</label><select id="fallback" name="fallback"><option value="">владелец вебхука</option><?= $people((string) $document['responsible']['fallback']) ?></select></div>
    <p class="muted">Если в заказе товары из разных разделов, решает больший по сумме.</p>
    <button class="button" type="submit">Сохранить ответственных</button>
  </form>
</section>
</div>
<?php endif ?>

<section class="panel" aria-labelledby="hook">
  <h2 id="hook">Чтобы статусы менялись сразу</h2>
  <p>Битрикс24 → Разработчикам → Другое → Исходящий вебхук, события «Создание сделки» и «Обновление сделки», адрес:</p>
  <p class="note code" id="inbound"><?= e($inbound) ?></p>
  <p class="muted">Без него статусы тоже доходят, но с опросом раз в минуту. В адресе секрет: не показывайте его.</p>
  <?= $begin('renew') ?><button class="button button-quiet button-small" type="submit">Сменить секрет</button></form>
</section>
<?php endif ?>

<section class="panel" aria-labelledby="ledger">
  <h2 id="ledger">Заказы и сделки</h2>
  <div class="scroll">
  <table>
    <thead><tr><th scope="col">Заказ</th><th scope="col">Статус</th><th scope="col">Сделка</th><th scope="col">Обмен</th><th scope="col"><span class="visually-hidden">Действие</span></th></tr></thead>
    <tbody>
    <?php foreach ($orders as $order) : ?>
        <?php $deal = $deals[$order->id] ?>
      <tr id="order-<?= e($order->number()) ?>">
        <td><a href="/admin/orders/<?= e($order->number()) ?>">№<?= e($order->number()) ?></a></td>
        <td><span class="badge badge-<?= e($order->status->value) ?>"><?= e($order->status->label()) ?></span></td>
        <td><?= $deal['deal'] === null ? '—' : '№' . e($deal['deal']) . ', ' . e($stageNames[$deal['stage'] ?? ''] ?? $deal['stage']) ?></td>
        <td><span class="mark mark-<?= e($deal['state']) ?>"><span><?= e($deal['text']) ?><?php if ($deal['hint'] !== '') : ?> <br><span class="muted"><?= e($deal['hint']) ?></span><?php endif ?></span></span></td>
        <td><?= $begin('resend') ?><input type="hidden" name="order" value="<?= $order->id ?>"><button class="button button-quiet button-small" type="submit" aria-label="Отправить заказ №<?= e($order->number()) ?> снова">Отправить снова</button></form></td>
      </tr>
    <?php endforeach ?>
    </tbody>
  </table>
  </div>
</section>

<section class="panel" aria-labelledby="journal">
  <h2 id="journal">Журнал</h2>
  <?php if ($journal === []) : ?><p class="muted">Пока пусто.</p><?php endif ?>
  <ul class="points">
    <?php foreach ($journal as $entry) : ?>
    <li><span class="mark mark-<?= $mark($entry['level'] === 'info' ? 'ok' : (string) $entry['level']) ?>"></span><p><?= Piala\moment(gmdate('Y-m-d H:i:s', (int) $entry['at'])) ?> <?= $entry['order_id'] === null ? '' : 'заказ ' . e(Order::numberOf((int) $entry['order_id'])) . ': ' ?><?= e($entry['message']) ?><?php if ($entry['hint'] !== '') : ?> <br><span class="muted"><?= e($entry['hint']) ?></span><?php endif ?></p></li>
    <?php endforeach ?>
  </ul>
</section>
