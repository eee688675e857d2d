<?php

use Piala\Store\Catalogue;
use Piala\View;

use function Piala\e;

/** @var Catalogue $catalogue @var list<array<string, string|int|null>> $popular @var View $view */
?>
<section class="hero">
  <div>
    <h1>Хороший чай не&nbsp;торопит</h1>
    <p>Листовой чай и свежая обжарка, посуда, которую приятно держать в&nbsp;руках, и&nbsp;техника, которая не&nbsp;шумит.</p>
    <p><a class="button" href="/catalogue/chay-i-kofe">Выбрать чай</a> <a class="button button-quiet" href="/catalogue/podarki">Собрать подарок</a></p>
  </div>
  <img src="/assets/hero.svg" alt="" width="520" height="360">
</section>

<h2>Разделы</h2>
<ul class="rooms">
<?php foreach ($catalogue->children(null) as $section) : ?>
  <li class="room">
    <h3><a href="/catalogue/<?= e($section['slug']) ?>"><?= e($section['name']) ?></a></h3>
    <p><?= e($section['note']) ?></p>
    <ul>
    <?php foreach ($catalogue->children($section['id']) as $child) : ?>
      <li><a href="/catalogue/<?= e($child['slug']) ?>"><?= e($child['name']) ?></a></li>
    <?php endforeach ?>
    </ul>
  </li>
<?php endforeach ?>
</ul>

<h2>Чаще всего берут</h2>
<?= $view->part('cards', ['products' => $popular]) ?>
