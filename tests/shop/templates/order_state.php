<?php

use Piala\Status;
use Piala\Store\Order;

use function Piala\e;
use function Piala\moment;

/** @var Order $order @var list<array<string, string|int|null>> $history */
$place = array_search($order->status, Status::path(), true);
?>
<div data-status="<?= e($order->status->value) ?>" data-revision="<?= $order->revision ?>">
  <p class="state"><span class="badge badge-<?= e($order->status->value) ?>"><?= e($order->status->label()) ?></span> <?= e($order->status->explanation()) ?></p>
  <?php if ($place !== false) : ?>
  <ol class="steps" aria-hidden="true">
    <?php foreach (Status::path() as $index => $step) : ?>
    <li class="<?= $index < $place ? 'done' : ($index === $place ? 'now' : 'ahead') ?>"><?= e($step->label()) ?></li>
    <?php endforeach ?>
  </ol>
  <?php endif ?>
  <h2>История</h2>
  <ol class="history">
    <?php foreach (array_reverse($history) as $entry) : ?>
        <?php if ($entry['status'] !== null) : ?>
    <li><?= moment((string) $entry['created_at']) ?> <strong><?= e(Status::from((string) $entry['status'])->label()) ?></strong><?php if ($entry['comment'] !== '') : ?><span><?= e($entry['comment']) ?></span><?php endif ?></li>
        <?php endif ?>
    <?php endforeach ?>
  </ol>
</div>
