<?php

// phpcs:disable PSR1.Files, Generic.Files.LineLength -- a page of the kernel's

use Bitrix\Main\Application;
use Bitrix\Main\Loader;
use Bitrix\Main\Localization\Loc;
use Orderbridge\Companion\Courier;
use Orderbridge\Companion\OrderField;
use Orderbridge\Companion\Pushes;
use Orderbridge\Companion\Schedule;
use Orderbridge\Companion\Settings;
use Orderbridge\Companion\Shop;
use Orderbridge\Companion\State;

$right = (string) $APPLICATION->GetGroupRight('orderbridge.sync');
if ($right < 'R' || !Loader::includeModule('orderbridge.sync')) {
    return;
}
Loc::loadMessages(__FILE__);
$mayChange = $right >= 'W';
$request = Application::getInstance()->getContext()->getRequest();
$said = [];
if ($request->isPost() && $mayChange && check_bitrix_sessid()) {
    $post = $request->getPostList()->toArray();
    if (isset($post['again'])) {
        Pushes::again();
    } elseif (isset($post['test'])) {
        $tested = Settings::shop(is_string($post['test']) ? $post['test'] : '');
        if ($tested !== null) {
            $answer = Courier::test($tested);
            $said[] = [$answer->isTaken(), Loc::getMessage(
                $answer->isTaken() ? 'ORDERBRIDGE_TEST_OK' : 'ORDERBRIDGE_TEST_FAILED',
                ['#URL#' => $tested->url, '#ANSWER#' => $answer->words()]
            )];
        }
    } else {
        $problems = Settings::save($post);
        foreach ($problems as $problem) {
            $said[] = [false, Loc::getMessage($problem)];
        }
        if ($problems === []) {
            $said[] = [true, Loc::getMessage('ORDERBRIDGE_SAVED')];
        }
    }
}

$clock = static function (int $at): string {
    return $at === 0 ? Loc::getMessage('ORDERBRIDGE_NEVER') : date('d.m.Y H:i:s', $at);
};
$ran = State::number(State::RAN);
$byCron = State::get(State::RAN_BY_CRON) === 'Y';
$trouble = State::record(State::TROUBLE);
$disabled = $mayChange ? '' : ' disabled';

$tabs = new CAdminTabControl('orderbridge', [
    ['DIV' => 'shops', 'TAB' => Loc::getMessage('ORDERBRIDGE_TAB_SHOPS'), 'TITLE' => Loc::getMessage('ORDERBRIDGE_TAB_SHOPS')],
    ['DIV' => 'state', 'TAB' => Loc::getMessage('ORDERBRIDGE_TAB_STATE'), 'TITLE' => Loc::getMessage('ORDERBRIDGE_TAB_STATE')],
]);
foreach ($said as [$good, $text]) {
    CAdminMessage::ShowMessage(['TYPE' => $good ? 'OK' : 'ERROR', 'MESSAGE' => $text, 'HTML' => false]);
}
?>
<form method="post" action="<?= htmlspecialcharsbx($APPLICATION->GetCurPageParam()) ?>">
<?= bitrix_sessid_post() ?>
<?php
$tabs->Begin();
$tabs->BeginNextTab();
// One more for a new shop.
foreach (array_merge(Settings::shops(), [new Shop([])]) as $index => $shop) {
    $name = "shops[$index]";
    ?>
    <tr class="heading"><td colspan="2"><?= htmlspecialcharsbx($shop->url ?: Loc::getMessage('ORDERBRIDGE_NEW_SHOP')) ?></td></tr>
    <tr>
        <td width="40%"><?= Loc::getMessage('ORDERBRIDGE_URL') ?></td>
        <td>
            <input type="hidden" name="<?= $name ?>[id]" value="<?= htmlspecialcharsbx($shop->id) ?>">
            <input type="text" size="60" maxlength="500" name="<?= $name ?>[url]" value="<?= htmlspecialcharsbx($shop->url) ?>"<?= $disabled ?>>
        </td>
    </tr>
    <tr>
        <td><?= Loc::getMessage($shop->secret === '' ? 'ORDERBRIDGE_SECRET' : 'ORDERBRIDGE_SECRET_KEPT') ?></td>
        <td><input type="password" size="60" maxlength="100" autocomplete="new-password" name="<?= $name ?>[secret]" value=""<?= $disabled ?>></td>
    </tr>
    <?php if (count($shop->secrets()) > 1) { ?>
    <tr>
        <td><?= Loc::getMessage('ORDERBRIDGE_FORMER', ['#UNTIL#' => $clock($shop->formerUntil)]) ?></td>
        <td><label><input type="checkbox" name="<?= $name ?>[drop_former]" value="Y"<?= $disabled ?>> <?= Loc::getMessage('ORDERBRIDGE_DROP_FORMER') ?></label></td>
    </tr>
    <?php } ?>
    <tr>
        <td><?= Loc::getMessage('ORDERBRIDGE_CODE') ?></td>
        <td><input type="text" size="30" maxlength="50" name="<?= $name ?>[code]" value="<?= htmlspecialcharsbx($shop->code) ?>"<?= $disabled ?>></td>
    </tr>
    <tr>
        <td><?= Loc::getMessage('ORDERBRIDGE_PRIVATE') ?></td>
        <td><input type="checkbox" name="<?= $name ?>[private]" value="Y"<?= $shop->private ? ' checked' : '' ?><?= $disabled ?>></td>
    </tr>
    <tr>
        <td><?= Loc::getMessage('ORDERBRIDGE_CA') ?></td>
        <td><input type="text" size="60" maxlength="500" name="<?= $name ?>[ca_file]" value="<?= htmlspecialcharsbx($shop->caFile) ?>"<?= $disabled ?>></td>
    </tr>
    <tr>
        <td><?= Loc::getMessage('ORDERBRIDGE_ACTIVE') ?></td>
        <td><input type="checkbox" name="<?= $name ?>[active]" value="Y"<?= $shop->active ? ' checked' : '' ?><?= $disabled ?>></td>
    </tr>
    <?php if ($shop->id !== '') { ?>
    <tr>
        <td></td>
        <td>
            <label><input type="checkbox" name="<?= $name ?>[remove]" value="Y"<?= $disabled ?>> <?= Loc::getMessage('ORDERBRIDGE_REMOVE') ?></label>
            <button type="submit" name="test" value="<?= htmlspecialcharsbx($shop->id) ?>"<?= $disabled ?>><?= Loc::getMessage('ORDERBRIDGE_TEST') ?></button>
        </td>
    </tr>
    <?php } ?>
    <?php
}
?>
<tr class="heading"><td colspan="2"><?= Loc::getMessage('ORDERBRIDGE_ALL_SHOPS') ?></td></tr>
<tr>
    <td><?= Loc::getMessage('ORDERBRIDGE_FUNNELS') ?></td>
    <td><input type="text" size="30" name="funnels" value="<?= htmlspecialcharsbx(Settings::funnels()) ?>"<?= $disabled ?>></td>
</tr>
<tr>
    <td><?= Loc::getMessage('ORDERBRIDGE_ON_HITS') ?></td>
    <td><input type="checkbox" name="on_hits" value="Y"<?= Settings::mayOnHits() ? ' checked' : '' ?><?= $disabled ?>></td>
</tr>
<?php $tabs->BeginNextTab(); ?>
<tr>
    <td width="40%"><?= Loc::getMessage('ORDERBRIDGE_RAN') ?></td>
    <td><?= htmlspecialcharsbx($clock($ran)) ?></td>
</tr>
<tr>
    <td><?= Loc::getMessage('ORDERBRIDGE_CRON') ?></td>
    <td><?= Loc::getMessage($ran === 0 ? 'ORDERBRIDGE_CRON_NONE' : ($byCron ? 'ORDERBRIDGE_CRON_YES' : 'ORDERBRIDGE_CRON_NO')) ?></td>
</tr>
<tr>
    <td><?= Loc::getMessage('ORDERBRIDGE_FIELD') ?></td>
    <td><?= htmlspecialcharsbx(OrderField::name()) ?>: <?= Loc::getMessage(OrderField::exists() ? 'ORDERBRIDGE_FIELD_YES' : 'ORDERBRIDGE_FIELD_NO') ?></td>
</tr>
<?php if ($trouble !== []) { ?>
<tr>
    <td><?= Loc::getMessage('ORDERBRIDGE_TROUBLE') ?></td>
    <td><?= htmlspecialcharsbx($clock((int) ($trouble['at'] ?? 0)) . ' ' . ($trouble['what'] ?? '')) ?></td>
</tr>
<?php } ?>
<?php
foreach (Settings::shops() as $shop) {
    $figures = Pushes::figures($shop->id);
    $hold = State::record(State::HOLD . $shop->id);
    ?>
    <tr class="heading"><td colspan="2"><?= htmlspecialcharsbx($shop->url) ?></td></tr>
    <tr>
        <td><?= Loc::getMessage('ORDERBRIDGE_WAITING') ?></td>
        <td><?= $figures['waiting'] ?><?= $figures['oldest'] > 0 ? ' (' . Loc::getMessage('ORDERBRIDGE_OLDEST') . ' ' . htmlspecialcharsbx($clock($figures['oldest'])) . ')' : '' ?></td>
    </tr>
    <tr>
        <td><?= Loc::getMessage('ORDERBRIDGE_REFUSED') ?></td>
        <td><?= $figures['refused'] ?></td>
    </tr>
    <tr>
        <td><?= Loc::getMessage('ORDERBRIDGE_DELIVERED') ?></td>
        <td><?= htmlspecialcharsbx($clock(State::number(State::DELIVERED . $shop->id))) ?></td>
    </tr>
    <?php if ($hold !== []) { ?>
    <tr>
        <td><?= Loc::getMessage('ORDERBRIDGE_HOLD') ?></td>
        <td><?= htmlspecialcharsbx(Loc::getMessage(
            Schedule::isExhausted((int) ($hold['failures'] ?? 0)) ? 'ORDERBRIDGE_HOLD_LONG' : 'ORDERBRIDGE_HOLD_TEXT',
            [
                '#ANSWER#' => (string) ($hold['what'] ?? ''),
                '#SINCE#' => $clock((int) ($hold['since'] ?? 0)),
                '#UNTIL#' => $clock((int) ($hold['until'] ?? 0)),
            ]
        )) ?></td>
    </tr>
    <?php } ?>
    <?php
}
$tabs->Buttons();
?>
<input type="submit" name="save" class="adm-btn-save" value="<?= Loc::getMessage('ORDERBRIDGE_SAVE') ?>"<?= $disabled ?>>
<input type="submit" name="again" value="<?= Loc::getMessage('ORDERBRIDGE_AGAIN') ?>"<?= $disabled ?>>
<?php $tabs->End(); ?>
</form>
