// From an empty installation to an order that is a deal, as an owner does it; every click counts.

import { admin, open, settled } from '../lib/app.mjs';
import { check } from '../lib/browser.mjs';
import { state, until } from '../lib/portal.mjs';

/** No more than these from a fresh module to the first order in the portal: the issue's own figure. */
const CLICKS = 12;

export async function setUp(browser, { shop, portal, webhook }, errors) {
  const number = await buy(browser, shop);
  const page = await admin(browser, shop, { errors });
  let clicks = 0;
  const press = async (locator) => {
    clicks++;
    await locator.click();
  };
  const button = (name) => page.getByRole('button', { name, exact: true });

  await open(page, shop, 'connect');
  check(await button('Проверить и подключить').isDisabled(), 'nothing to press before a webhook is there');
  await page.getByLabel('Адрес вебхука').fill(webhook);
  await press(button('Проверить и подключить'));
  await page.getByText('Битрикс24 подключён').waitFor();
  await settled(page);
  check(!(await page.content()).includes(webhook) && !(await inner(page)).includes('orderbridge0token'), 'the webhook\'s secret is never shown again');

  await press(button('Создать воронку'));
  const asked = page.getByRole('dialog');
  await asked.getByText('Вот всё, что модуль сделает в Битрикс24').waitFor();
  check((await state(portal, 'categories')).categories.every(({ NAME, name }) => (NAME ?? name) !== 'Интернет-магазин'), 'nothing is made before one agrees');
  await press(asked.getByRole('button', { name: 'Сделать' }));
  await page.getByText('Воронка, стадии и поле готовы').waitFor();
  await settled(page);

  await press(button('Посмотреть сделку').or(page.getByRole('link', { name: 'Посмотреть сделку' })));
  await settled(page);
  await press(page.locator('[data-order]', { hasText: `№ ${number}` }).first());
  await page.locator('[data-preview]').waitFor();
  await settled(page);
  const promised = await previewed(page);
  await press(button('Отправить этот заказ сейчас'));
  await page.locator('[data-sent]').waitFor();
  check(clicks <= CLICKS, `${clicks} clicks from a fresh module to the first order`);

  const deal = await until('the order is a deal', async () => (await state(portal, 'deals')).deals.find(({ TITLE }) => TITLE.includes(number)));
  await same(portal, deal, promised);
  await page.getByRole('link', { name: /Сделка/ }).first().waitFor();
  check(new URL(await page.locator('[data-sent] a').first().getAttribute('href')).pathname === `/crm/deal/details/${deal.ID}/`, 'the result leads to the deal');

  await open(page, shop, 'statuses');
  check(await page.locator('tr[data-stage]').count() >= 5, 'the funnel\'s stages are there');
  await page.locator('tr.unmapped').first().getByRole('button').click();
  await button('Сохранить').click();
  await page.getByText('Сохранено', { exact: true }).waitFor();

  await open(page, shop, 'orders');
  await page.getByRole('row', { name: new RegExp(number) }).getByText('Передан').waitFor();
  check(true, 'the ledger knows the order and its deal');
  await page.getByRole('row', { name: new RegExp(number) }).getByRole('button').first().click();
  await page.getByRole('dialog').waitFor();
  await settled(page);
  check((await page.getByRole('dialog').innerText()).length > 80, 'and says why it is so');
  await page.context().close();
}
setUp.title = 'From an empty installation to a deal';

/** @returns the order's number, bought through the shop's own pages */
async function buy(browser, shop) {
  const page = await (await browser.newContext({ locale: 'ru-RU' })).newPage();
  await page.goto(`${shop}/product/assam`);
  await page.getByRole('button', { name: 'В корзину' }).click();
  await page.getByRole('link', { name: 'Оформить заказ' }).click();
  await page.getByLabel('Фамилия').fill('Сидоров');
  await page.getByLabel('Имя', { exact: true }).fill('Пётр');
  await page.getByLabel('Телефон').fill('+7 900 111-22-33');
  await page.getByLabel('Самовывоз').check();
  await page.getByRole('button', { name: 'Заказать' }).click();
  await page.waitForURL(/\/order\/\d+\?key=/);
  const number = (await page.locator('h1').textContent()).match(/№(\d+)/)[1];
  await page.context().close();
  return number;
}

const inner = (page) => page.evaluate(() => document.querySelector('[data-orderbridge]').shadowRoot.innerHTML);

/** The preview as it stands on the page: fields by their name, and the rows. */
function previewed(page) {
  return page.evaluate(() => {
    const root = document.querySelector('[data-orderbridge]').shadowRoot;
    const fields = Object.fromEntries([...root.querySelectorAll('[data-preview] [data-field]')].map((field) => [field.dataset.field, field.dataset.value ?? field.textContent.trim()]));
    const rows = [...root.querySelectorAll('[data-preview] [data-row]')].map((row) => ({ ...row.dataset }));
    return { fields, rows };
  });
}

/** Field by field: what the preview said, and what the portal holds. */
async function same(portal, deal, { fields, rows }) {
  const upper = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  const names = Object.keys(fields).filter((name) => !name.includes('.'));
  check(names.length >= 8, `the preview shows ${names.length} fields of the deal`, names.join(', '));
  for (const name of names) {
    const classic = deal[upper(name)] ?? deal[name];
    const number = name === 'opportunity' ? Number : String;
    check(number(classic ?? '') === number(fields[name]), `${name} is as it was promised`, `${classic} instead of ${fields[name]}`);
  }
  const kept = deal.ROWS.map((row) => [row.PRODUCT_NAME ?? row.productName, Number(row.PRICE ?? row.price), Number(row.QUANTITY ?? row.quantity)]);
  const promised = rows.map(({ name, price, quantity }) => [name, Number(price), Number(quantity)]);
  check(JSON.stringify(kept) === JSON.stringify(promised), `${rows.length} product rows are as they were promised`, `${JSON.stringify(kept)} instead of ${JSON.stringify(promised)}`);
  const { contacts } = await state(portal, 'contacts');
  const contact = contacts.find(({ ID }) => deal.CONTACT_IDS.map(String).includes(String(ID)));
  check(contact?.LAST_NAME === fields['contact.last_name'] && contact?.NAME === fields['contact.name'], 'so is the buyer', JSON.stringify([contact?.LAST_NAME, contact?.NAME]));
  check(JSON.stringify(contact?.FM ?? {}).includes(fields['contact.phone']), 'with his phone');
}
