<?php

use Piala\View;

use function Piala\e;

/** @var ?string $error @var View $view */
?>
<form method="post" action="/admin/login" class="panel login">
  <h1>Вход</h1>
  <?= $view->csrf() ?>
  <?php if ($error !== null) : ?><p class="flash flash-error" role="alert"><?= e($error) ?></p><?php endif ?>
  <div class="field"><label for="login">Логин</label><input id="login" name="login" autocomplete="username" required autofocus></div>
  <div class="field"><label for="password">Пароль</label><input id="password" name="password" type="password" autocomplete="current-password" required></div>
  <button class="button button-wide" type="submit">Войти</button>
</form>
