// A portal on the owner's own server: its administrator pastes what the page shows, and the page says what comes of it.

import { join } from 'node:path';
import { admin, complaints, open, settled, stumbles } from '../lib/app.mjs';
import { check, pictures } from '../lib/browser.mjs';
import { deliveries, mended, move, state, switches, until } from '../lib/portal.mjs';

/** What the app tolerates between the clocks of portal and shop, and a minute more. */
const TOO_FAR = 6 * 60;

export async function boxed(browser, { shop, portal }, errors) {
  const page = await admin(browser, shop, { errors });
  const { deals: [deal] } = await state(portal, 'deals');
  const funnel = deal.STAGE_ID.split(':')[0];
  const tells = async (stage, companion) => {
    await switches(portal, { companion });
    await move(portal, deal.ID, `${funnel}:${stage}`);
  };
  const section = page.locator('details').filter({ hasText: 'Битрикс24 на своём сервере' });
  const says = (words) => until(`the page says «${words}»`, async () => {
    await page.getByRole('button', { name: 'Обновить состояние' }).click();
    await settled(page);
    return section.getByText(words).isVisible();
  });

  await open(page, shop, 'connect');
  await section.locator('summary').click();
  check(await section.getByText('ещё не присылал сообщений').isVisible(), 'before the first message it says that there was none');
  const url = await section.getByLabel('Адрес магазина для модуля', { exact: true }).inputValue();
  const secret = await section.getByLabel('Секрет для модуля', { exact: true }).inputValue();
  check(url.startsWith(shop) && secret.startsWith('whsec_'), 'address and secret are there to be copied', url);

  await tells('EXECUTING', { url, secret: 'whsec_bm90IHRoZSBzaG9wJ3Mgc2VjcmV0LCBhdCBhbGw=' });
  check(await says('Отклонено сообщений с чужой подписью: 1'), 'a wrong secret is noticed, with what to do');
  await tells('FINAL_INVOICE', { url, secret, shift: TOO_FAR });
  check(await says('Отклонено сообщений с неверным временем: 1'), 'so is a clock that is wrong');
  await tells('EXECUTING', { url, secret });
  check(await says('Модуль в портале на связи'), 'a message that is right is heard');

  await open(page, shop, 'connect');
  check(await section.getAttribute('open') !== null, 'whoever has the module sees it at once');
  for (const [size, lang, theme] of [[[1280, 900], 'ru', 'light'], [[390, 844], 'en', 'dark']]) {
    await page.setViewportSize({ width: size[0], height: size[1] });
    await open(page, shop, 'connect', { lang, theme });
    await page.screenshot({ path: join(pictures('boxed'), `connect-${lang}-${size[0]}-${theme}.png`), fullPage: true });
    const found = [...await complaints(page), ...await stumbles(page)];
    check(found.length === 0, `${lang}, ${size[0]}, ${theme}: axe finds nothing, nobody stumbles`, found.join('\n            '));
  }

  await page.setViewportSize({ width: 1280, height: 900 });
  await open(page, shop, 'connect');
  await page.getByRole('button', { name: 'Сменить секрет модуля' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Сменить секрет модуля' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  check(await section.getByLabel('Секрет для модуля', { exact: true }).inputValue() !== secret, 'the secret can be changed');
  const before = (await deliveries(portal)).at(-1).n;
  await tells('FINAL_INVOICE', { url, secret });
  const last = await until('it is told', async () => (await deliveries(portal, before)).find(({ state: how }) => how !== 'queued'));
  check(last.state === 'sent' && last.status < 300, 'and the former holds meanwhile', JSON.stringify(last));
  await mended(portal);
  await page.context().close();
}
boxed.title = 'A portal on the owner\'s own server';
