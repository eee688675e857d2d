<?php

use function Piala\e;

/** @var string $text */
?>
<section class="message">
  <img src="/pictures/piala-seladon.svg" alt="" width="180" height="180">
  <h1>Ой</h1>
  <p><?= e($text) ?></p>
  <p><a class="button" href="/">На главную</a></p>
</section>
