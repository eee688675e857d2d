<?php

// phpcs:disable PSR1.Classes, PSR1.Methods, PSR1.Files, Squiz.Classes -- the names that the kernel looks for

use Bitrix\Main\Application;
use Bitrix\Main\Config\Option;
use Bitrix\Main\EventManager;
use Bitrix\Main\Localization\Loc;
use Bitrix\Main\ModuleManager;
use Orderbridge\Companion\Changes;
use Orderbridge\Companion\OrderField;
use Orderbridge\Companion\Tables;

Loc::loadMessages(__FILE__);

class orderbridge_sync extends CModule
{
    /** Old events of the CRM and of REST: name, module, method. */
    private const EVENTS = [
        ['crm', 'OnAfterCrmDealAdd', 'Handlers', 'afterAdd'],
        ['crm', 'OnBeforeCrmDealUpdate', 'Handlers', 'beforeUpdate'],
        ['crm', 'OnAfterCrmDealUpdate', 'Handlers', 'afterUpdate'],
        ['crm', 'OnBeforeCrmDealDelete', 'Handlers', 'beforeDelete'],
        ['crm', 'OnAfterCrmDealDelete', 'Handlers', 'afterDelete'],
        ['rest', 'OnRestServiceBuildDescription', 'Rest', 'describe'],
    ];
    /** Those with an Event object. */
    private const NEW_EVENTS = [
        ['crm', 'OnBeforeDealMoveToCategory', 'Handlers', 'beforeMove'],
        ['crm', 'OnAfterDealMoveToCategory', 'Handlers', 'afterMove'],
    ];
    private const SPACE = 'Orderbridge\Companion\\';
    private const AGENT = '\Orderbridge\Companion\Courier::run();';
    private const EVERY = 60;
    private const OLDEST_PHP = 70400;

    public $MODULE_ID = 'orderbridge.sync';
    public $MODULE_VERSION;
    public $MODULE_VERSION_DATE;
    public $MODULE_NAME;
    public $MODULE_DESCRIPTION;
    public $PARTNER_NAME = 'Orderbridge';
    public $PARTNER_URI = '';
    public $MODULE_GROUP_RIGHTS = 'Y';

    public function __construct()
    {
        $arModuleVersion = [];
        include __DIR__ . '/version.php';
        $this->MODULE_VERSION = $arModuleVersion['VERSION'];
        $this->MODULE_VERSION_DATE = $arModuleVersion['VERSION_DATE'];
        $this->MODULE_NAME = Loc::getMessage('ORDERBRIDGE_MODULE_NAME');
        $this->MODULE_DESCRIPTION = Loc::getMessage('ORDERBRIDGE_MODULE_DESCRIPTION');
    }

    public function DoInstall()
    {
        global $APPLICATION;
        $missing = $this->missing();
        if ($missing !== '') {
            $APPLICATION->ThrowException(Loc::getMessage($missing));

            return false;
        }
        try {
            $this->InstallDB();
            ModuleManager::registerModule($this->MODULE_ID);
            $this->InstallEvents();
            CAgent::AddAgent(self::AGENT, $this->MODULE_ID, 'N', self::EVERY);
        } catch (\Throwable $failure) {
            // Half a module is worse than none; the tables stay for the next attempt.
            $this->take();
            $APPLICATION->ThrowException(Loc::getMessage('ORDERBRIDGE_INSTALL_FAILED') . ' ' . $failure->getMessage());

            return false;
        }
        try {
            $this->field();
        } catch (\Throwable $failure) {
            // The shop's own set-up makes it by REST as well.
            return true;
        }

        return true;
    }

    public function DoUninstall()
    {
        global $APPLICATION, $step;
        if ((int) $step < 2) {
            $APPLICATION->IncludeAdminFile(
                Loc::getMessage('ORDERBRIDGE_UNINSTALL_TITLE'),
                __DIR__ . '/unstep1.php'
            );

            return;
        }
        if (!check_bitrix_sessid()) {
            return;
        }
        $this->take();
        // The hidden field holds the orders' numbers of the deals: it is never deleted from here.
        if (($_REQUEST['savedata'] ?? '') !== 'Y') {
            $this->UnInstallDB();
            Option::delete($this->MODULE_ID);
        }
    }

    public function InstallDB()
    {
        $this->load('tables', 'state', 'values', 'changes');
        Tables::install();
        Changes::begin();

        return true;
    }

    public function UnInstallDB()
    {
        $this->load('tables');
        Tables::drop();

        return true;
    }

    public function InstallEvents()
    {
        $events = EventManager::getInstance();
        foreach (self::EVENTS as [$module, $name, $class, $method]) {
            $events->registerEventHandlerCompatible($module, $name, $this->MODULE_ID, self::SPACE . $class, $method);
        }
        foreach (self::NEW_EVENTS as [$module, $name, $class, $method]) {
            $events->registerEventHandler($module, $name, $this->MODULE_ID, self::SPACE . $class, $method);
        }

        return true;
    }

    public function UnInstallEvents()
    {
        $events = EventManager::getInstance();
        foreach (array_merge(self::EVENTS, self::NEW_EVENTS) as [$module, $name, $class, $method]) {
            $events->unRegisterEventHandler($module, $name, $this->MODULE_ID, self::SPACE . $class, $method);
        }

        return true;
    }

    /** Everything but the data. */
    private function take(): void
    {
        CAgent::RemoveModuleAgents($this->MODULE_ID);
        $this->UnInstallEvents();
        ModuleManager::unRegisterModule($this->MODULE_ID);
    }

    /** @return string the text that says what this portal lacks, '' when nothing */
    private function missing(): string
    {
        if (PHP_VERSION_ID < self::OLDEST_PHP) {
            return 'ORDERBRIDGE_OLD_PHP';
        }
        if (!ModuleManager::isModuleInstalled('crm') || !ModuleManager::isModuleInstalled('rest')) {
            return 'ORDERBRIDGE_NO_CRM';
        }

        return Application::getConnection()->getType() === 'mysql' ? '' : 'ORDERBRIDGE_NOT_MYSQL';
    }

    private function field(): void
    {
        $this->load('settings', 'orderfield');
        OrderField::create();
    }

    /** The kernel finds a module's classes only once it is installed. */
    private function load(string ...$names): void
    {
        foreach ($names as $name) {
            require_once dirname(__DIR__) . "/lib/$name.php";
        }
    }
}
