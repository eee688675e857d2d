<?php

use Bitrix\Main\Localization\Loc;

Loc::loadMessages(__DIR__ . '/index.php');
?>
<form action="<?= htmlspecialcharsbx($APPLICATION->GetCurPage()) ?>" method="post">
    <?= bitrix_sessid_post() ?>
    <input type="hidden" name="lang" value="<?= htmlspecialcharsbx(LANGUAGE_ID) ?>">
    <input type="hidden" name="id" value="orderbridge.sync">
    <input type="hidden" name="uninstall" value="Y">
    <input type="hidden" name="step" value="2">
    <p><?= Loc::getMessage('ORDERBRIDGE_UNINSTALL_TEXT') ?></p>
    <p>
        <label>
            <input type="checkbox" name="savedata" value="Y" checked>
            <?= Loc::getMessage('ORDERBRIDGE_UNINSTALL_KEEP') ?>
        </label>
    </p>
    <p><?= Loc::getMessage('ORDERBRIDGE_UNINSTALL_FIELD') ?></p>
    <input type="submit" value="<?= Loc::getMessage('ORDERBRIDGE_UNINSTALL_DO') ?>">
</form>
