<?php

use function Piala\e;

/** @var string $app @var array<string, mixed> $config */
?>
<h1>Orderbridge <small>заказы и сделки Битрикс24</small></h1>
<div data-orderbridge="<?= e(json_encode($config, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES)) ?>"></div>
<noscript><p class="flash flash-error">Для настройки модуля нужен JavaScript.</p></noscript>
<script type="module" src="<?= e($app) ?>"></script>
