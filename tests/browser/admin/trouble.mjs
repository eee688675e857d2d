// The portal refuses, is away, lets us do too little: each is said with what to do, in the portal's own words.

import { admin, open, settled } from '../lib/app.mjs';
import { check } from '../lib/browser.mjs';
import { mended, switches } from '../lib/portal.mjs';

export async function trouble(browser, { shop, portal }, errors) {
  const page = await admin(browser, shop, { errors });
  const points = page.getByRole('list', { name: 'Результат проверки' });
  const tested = async () => {
    await open(page, shop, 'connect');
    await page.getByRole('button', { name: 'Проверить связь' }).click();
    await points.waitFor();
    await settled(page);
    return points.innerText();
  };
  for (const [what, change, words] of [
    ['a revoked token', { token_revoked: true }, /вебхук/i],
    ['missing rights', { scopes: ['user'] }, /CRM/],
    ['a closed portal', { portal_closed: true }, /портал|Битрикс24/i],
    ['an owner who is no admin', { owner_admin: false }, /администратор/i],
  ]) {
    await switches(portal, change);
    const said = await tested();
    check(words.test(said) && await points.locator('.point.error, .point.warning').count() > 0, `${what}: said`, said);
    check(await points.locator('.point.error .hint, .point.warning .hint').count() > 0, `${what}: with what to do`, said);
    await mended(portal);
  }
  check(!/ошибк/i.test(await tested()), 'all is well again');

  await page.getByRole('button', { name: 'Сменить вебхук' }).click();
  await page.getByLabel('Адрес вебхука').fill('это не адрес');
  await page.getByRole('button', { name: 'Проверить и подключить' }).click();
  await page.getByRole('alert').first().waitFor();
  check(await page.getByLabel('Адрес вебхука').inputValue() === 'это не адрес', 'a wrong address is refused and stays to be mended');

  // A slow network: the page says that it waits, and a button cannot be pressed twice.
  let sent = 0;
  let letGo;
  const slow = new Promise((resolve) => { letGo = resolve; });
  await page.route('**/admin/orderbridge/api', async (route) => {
    if (route.request().postDataJSON().action === 'health.checkup') {
      sent++;
      await slow;
    }
    await route.continue();
  });
  await open(page, shop, 'health');
  const run = page.getByRole('button', { name: 'Проверить сейчас' });
  await run.click();
  await page.waitForFunction(() => document.querySelector('[data-orderbridge]').shadowRoot.querySelector('[aria-busy="true"]'));
  await run.click({ force: true, trial: false }).catch(() => {});
  letGo();
  await settled(page);
  check(sent === 1, 'a slow answer is waited for, and asked for once');
  await page.context().close();
}
trouble.title = 'When the portal or the network fails';
