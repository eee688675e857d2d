<?php

use Piala\Status;

use function Piala\e;

/** @var array<string, int> $counts */
?>
<h1>Статусы</h1>
<div class="scroll">
<table>
  <thead><tr><th scope="col">Статус</th><th scope="col">Код</th><th scope="col">Что видит покупатель</th><th scope="col" class="number">Заказов</th></tr></thead>
  <tbody>
  <?php foreach (Status::cases() as $status) : ?>
    <tr>
      <td><span class="badge badge-<?= e($status->value) ?>"><?= e($status->label()) ?></span></td>
      <td><code><?= e($status->value) ?></code></td>
      <td><?= e($status->explanation()) ?></td>
      <td class="number"><a href="/admin/orders?status=<?= e($status->value) ?>"><?= $counts[$status->value] ?? 0 ?></a></td>
    </tr>
  <?php endforeach ?>
  </tbody>
</table>
</div>
