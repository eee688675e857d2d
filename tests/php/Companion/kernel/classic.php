<?php

// phpcs:disable PSR1, Squiz.Classes -- the old kernel's names

declare(strict_types=1);

use Orderbridge\Tests\Companion\Kernel;

defined('LANGUAGE_ID') || define('LANGUAGE_ID', 'ru');

class CModule
{
}

final class CMain
{
    public function ThrowException(string $text): void
    {
        Kernel::$thrown[] = $text;
    }

    public function GetGroupRight(string $module): string
    {
        return Kernel::$right;
    }

    public function IncludeAdminFile(string $title, string $file): void
    {
        Kernel::$pages[] = $title;
        $APPLICATION = $this;
        ob_start();
        include $file;
        Kernel::$pages[] = (string) ob_get_clean();
    }

    public function GetCurPage(): string
    {
        return '/bitrix/admin/partner_modules.php';
    }

    public function GetCurPageParam(): string
    {
        return '/bitrix/admin/settings.php?mid=orderbridge.sync&lang=ru';
    }
}

final class CUser
{
    public function GetID(): int
    {
        return Kernel::$user;
    }
}

final class CAgent
{
    public static function AddAgent(string $call, string $module, string $period, int $interval): void
    {
        Kernel::$agents[$call] = [$module, $period, $interval];
    }

    public static function RemoveModuleAgents(string $module): void
    {
        Kernel::$agents = array_filter(Kernel::$agents, static fn (array $agent): bool => $agent[0] !== $module);
    }
}

final class CUserTypeManager
{
    /** @return array<string, array<string, mixed>> */
    public function GetUserFields(string $entity): array
    {
        return $entity === 'CRM_DEAL' ? Kernel::$fields : [];
    }
}

final class CUserTypeEntity
{
    /**
     * @param array<string, mixed> $field
     * @return int|false
     */
    public function Add(array $field)
    {
        Kernel::breaks('fields');
        Kernel::$fields[$field['FIELD_NAME']] = $field;

        return count(Kernel::$fields);
    }
}

final class CAdminTabControl
{
    /** @param list<array<string, string>> $tabs */
    public function __construct(string $name, array $tabs)
    {
    }

    public function Begin(): void
    {
        echo '<table>';
    }

    public function BeginNextTab(): void
    {
        echo '<!-- a tab -->';
    }

    public function Buttons(): void
    {
        echo '<!-- buttons -->';
    }

    public function End(): void
    {
        echo '</table>';
    }
}

final class CAdminMessage
{
    /** @param array<string, mixed> $message */
    public static function ShowMessage(array $message): void
    {
        Kernel::$messages[] = $message;
    }
}

function check_bitrix_sessid(): bool
{
    return Kernel::$sessid;
}

function bitrix_sessid_post(): string
{
    return '<input type="hidden" name="sessid" value="of-this-session">';
}

function htmlspecialcharsbx(string $text): string
{
    return htmlspecialchars($text, ENT_COMPAT);
}
