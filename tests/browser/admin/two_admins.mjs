// Two admins at once, an admin who leaves, and one who may not.

import { admin, open, settled } from '../lib/app.mjs';
import { check } from '../lib/browser.mjs';

export async function twoAdmins(browser, { shop }, errors) {
  const [anna, boris] = [await admin(browser, shop, { errors }), await admin(browser, shop, { errors })];
  await open(anna, shop, 'statuses');
  await open(boris, shop, 'statuses');
  const save = (page) => page.getByRole('button', { name: 'Сохранить', exact: true });
  const tick = async (page, at) => page.locator('tr[data-stage] input[type=checkbox]').nth(at).setChecked(true);

  await tick(anna, 0);
  await save(anna).click();
  await anna.getByText('Сохранено', { exact: true }).waitFor();
  await tick(boris, 1);
  await save(boris).click();
  const told = boris.getByRole('dialog');
  await told.getByText('Настройки уже изменил кто-то другой').waitFor();
  check(await told.locator('tbody tr').count() >= 1, 'the second admin is told, and shown what differs');
  await told.getByRole('button', { name: 'Наложить мои правки' }).click();
  await save(boris).click();
  await boris.getByText('Сохранено', { exact: true }).waitFor();
  check(true, 'and may put his on top');

  await tick(boris, 2);
  let asked = false;
  boris.on('dialog', async (dialog) => {
    asked = dialog.type() === 'beforeunload';
    await dialog.dismiss();
  });
  await boris.close({ runBeforeUnload: true });
  // The page closes only if nobody objects.
  await boris.waitForEvent('dialog', { timeout: 5000 }).catch(() => {});
  check(asked && !boris.isClosed(), 'leaving with unsaved changes asks');

  await anna.route('**/admin/orderbridge/api', (route) => (route.request().postDataJSON().action === 'settings.save'
    ? route.fulfill({ status: 403, contentType: 'text/html', body: '<h1>Forbidden</h1>' })
    : route.continue()));
  await settled(anna);
  const box = anna.locator('tr[data-stage] input[type=checkbox]').nth(3);
  await box.setChecked(true);
  await save(anna).click();
  await anna.getByText('Магазин не разрешил это действие').waitFor();
  check(await box.isChecked() && await save(anna).isEnabled(), 'a 403 of the CMS is said, and what was typed stays');
  await anna.unroute('**/admin/orderbridge/api');
  await anna.route('**/admin/orderbridge/api', (route) => route.abort());
  await save(anna).click();
  await anna.getByText('Магазин не отвечает').waitFor();
  check(await box.isChecked(), 'so does what was typed when the network is gone');
  await anna.unroute('**/admin/orderbridge/api');
  await save(anna).click();
  // Boris has saved since she did.
  await anna.getByRole('dialog').getByRole('button', { name: 'Наложить мои правки' }).click();
  await save(anna).click();
  await anna.getByText('Есть несохранённые правки').waitFor({ state: 'detached' });
  check(await box.isChecked(), 'and can be saved when it is back');
  await Promise.all([anna.context().close(), boris.context().close()]);
}
twoAdmins.title = 'Two admins, and a network that comes and goes';
