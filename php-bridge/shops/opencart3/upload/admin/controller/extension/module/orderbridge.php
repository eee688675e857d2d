<?php

// phpcs:disable PSR1.Classes.ClassDeclaration.MissingNamespace -- the shop finds the class by this name

/*
 * Whoever installs the module may run an old PHP: this file is made of words that PHP 7.2 knows, says so to the owner,
 * and loads the others only where they can be understood.
 */

/** The module's page, its installation and removal, its entry in the menu. */
final class ControllerExtensionModuleOrderbridge extends Controller
{
    public const ROUTE = 'extension/module/orderbridge';

    public function index()
    {
        if ($this->boot()) {
            $this->response->setOutput((new \Orderbridge\Shops\OpenCart\AdminPage($this->registry))->show());

            return;
        }
        $this->load->language('error/permission');
        $this->load->language(self::ROUTE);
        $this->document->setTitle($this->language->get('heading_title'));
        $this->response->setOutput(
            $this->load->controller('common/header') . $this->load->controller('common/column_left')
            . '<div id="content"><div class="container-fluid"><br/><div class="alert alert-danger">'
            . $this->tooOld() . '</div></div></div>' . $this->load->controller('common/footer')
        );
    }

    /** What the settings app asks for. */
    public function api()
    {
        if ($this->boot()) {
            (new \Orderbridge\Shops\OpenCart\AdminPage($this->registry))->api();
        }
    }

    public function status()
    {
        if ($this->boot()) {
            (new \Orderbridge\Shops\OpenCart\AdminPage($this->registry))->status();
        }
    }

    /** Event: an entry of its own in the admin's left menu. */
    public function menu(&$route = '', &$data = array(), &$code = '')
    {
        try {
            if (is_array($data) && $this->boot()) {
                (new \Orderbridge\Shops\OpenCart\AdminPage($this->registry))->menu($data, 'fa-exchange');
            }
        } catch (\Throwable $fault) {
            // Every page of the admin has this menu.
            $this->log->write('Orderbridge menu: ' . get_class($fault));
        }
    }

    public function install()
    {
        if (!$this->user->hasPermission('modify', 'extension/extension/module')) {
            return;
        }
        if ($this->boot()) {
            (new \Orderbridge\Shops\OpenCart\Installation($this->registry))->install();

            return;
        }
        $this->takeBack();
        // The list of extensions is printed next, in this request: it says what is wrong.
        $this->event->register('view/extension/extension/module/before', new Action(self::ROUTE . '/refuse'));
    }

    /** The list of extensions, in place of its "success". */
    public function refuse(&$route = '', &$data = array(), &$code = '')
    {
        if (is_array($data) && PHP_VERSION_ID < 80100) {
            $data['success'] = '';
            $data['error_warning'] = $this->tooOld();
        }
    }

    public function uninstall()
    {
        if (!$this->user->hasPermission('modify', 'extension/extension/module')) {
            return;
        }
        if ($this->boot()) {
            (new \Orderbridge\Shops\OpenCart\Installation($this->registry))->uninstall();

            return;
        }
        $this->takeBack();
        $this->load->model('setting/event');
        $this->model_setting_event->deleteEventByCode('orderbridge');
    }

    /** What the shop has noted down about the module before it asked us. */
    private function takeBack()
    {
        $this->load->model('setting/extension');
        $this->model_setting_extension->uninstall('module', 'orderbridge');
        $this->load->model('user/user_group');
        foreach (array('access', 'modify') as $right) {
            $this->model_user_user_group->removePermission($this->user->getGroupId(), $right, self::ROUTE);
        }
    }

    private function tooOld()
    {
        $this->load->language(self::ROUTE, 'orderbridge');

        return sprintf($this->language->get('orderbridge')->get('error_php'), PHP_VERSION);
    }

    private function boot()
    {
        if (PHP_VERSION_ID < 80100) {
            return false;
        }
        require_once DIR_SYSTEM . 'library/orderbridge/boot.php';

        return true;
    }
}
