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

  await press(button('Дополнить воронку'));
  const asked = page.getByRole('dialog');
  await asked.getByText('Вот всё, что модуль сделает в Битрикс24').waitFor();
  const fields = async () => JSON.stringify((await state(portal, 'user_fields')).user_fields);
  check(!(await fields()).includes('ORDERBRIDGE'), 'nothing is made before one agrees');
  check(await asked.getByRole('button', { name: 'Сделать' }).isDisabled(), 'nor is anything that exists changed without consent');
  await press(asked.getByLabel('Можно изменить то, что уже есть'));
  await press(asked.getByRole('button', { name: 'Сделать' }));
  await page.getByText('Воронка, стадии и поле готовы').waitFor();
  check((await fields()).includes('ORDERBRIDGE'), 'then it is');
  await settled(page);

  await press(page.getByRole('link', { name: 'Посмотреть сделку' }));
  await page.locator('article.deal').waitFor();
  await settled(page);
  check((await page.locator('article.deal').innerText()).includes(number), 'the newest order is shown as a deal');
  const promised = await previewed(page);
  await press(button('Отправить этот заказ сейчас'));
  const result = page.locator('.send .notice');
  await result.getByRole('link').waitFor();
  check(clicks <= CLICKS, `${clicks} clicks from a fresh module to the first order in the portal`);

  const deal = await until('the order is a deal', async () => (await state(portal, 'deals')).deals.find(({ TITLE }) => TITLE.includes(number)));
  await same(portal, deal, promised);
  check(new URL(await result.getByRole('link').getAttribute('href')).pathname === `/crm/deal/details/${deal.ID}/`, 'the result leads to the deal');

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

/** The preview as a person reads it: fields by their name, rows, the stage. */
function previewed(page) {
  return page.evaluate(() => {
    const card = document.querySelector('[data-orderbridge]').shadowRoot.querySelector('article.deal');
    for (const fold of card.querySelectorAll('details')) fold.open = true;
    return new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(() => {
        const text = (node) => (node.querySelector('dd') ?? node).textContent.trim();
        resolve({
          fields: Object.fromEntries([...card.querySelectorAll('[data-field]')].map((node) => [node.dataset.field, text(node)])),
          rows: [...card.querySelectorAll('[data-row]')].map((row) => [...row.children].map((cell) => cell.textContent.trim())),
          stage: card.querySelector('[data-stage][aria-current]')?.dataset.stage,
        });
      }));
    });
  });
}

const rubles = (amount) => `${new Intl.NumberFormat('ru', { minimumFractionDigits: 2 }).format(amount)} ₽`.replace(/\s/g, ' ');
const spaced = (text) => text.replace(/\s/g, ' ');

/** Field by field: what the preview said, and what the portal holds. */
async function same(portal, deal, { fields, rows, stage }) {
  const equal = (name, promised, kept) => check(promised === kept, `${name} is as it was promised`, `«${promised}» was promised, it is «${kept}»`);
  equal('the title', fields.title, deal.TITLE);
  equal('the amount', spaced(fields.opportunity).replace(/^Сумма: /, ''), rubles(deal.OPPORTUNITY));
  equal('the comment', fields.comments, deal.COMMENTS.replace(/<br ?\/?>/g, ''));
  equal('the stage', stage, deal.STAGE_ID);
  equal('the order\'s id in the hidden field', fields.ufCrmOrderbridgeOrder, deal.UF_CRM_ORDERBRIDGE_ORDER);
  equal('the shop\'s mark', `${fields.originatorId} ${fields.originId}`, `${deal.ORIGINATOR_ID} ${deal.ORIGIN_ID}`);
  const { users } = await state(portal, 'users');
  const user = users?.find(({ ID }) => String(ID) === String(deal.ASSIGNED_BY_ID));
  if (user) check(fields.assignedById.includes(user.LAST_NAME), 'the responsible is the one who was promised', fields.assignedById);
  for (const [at, row] of deal.ROWS.entries()) {
    const [name, price, quantity] = rows[at] ?? [];
    equal(`row ${at + 1}`, spaced(`${name} ${price} ${quantity?.split(' ')[0]}`), spaced(`${row.productName} ${rubles(row.price)} ${Number(row.quantity)}`));
  }
  check(rows.length === deal.ROWS.length, 'there are no other rows');
  const { contacts } = await state(portal, 'contacts');
  const contact = contacts.find(({ ID }) => deal.CONTACT_IDS.map(String).includes(String(ID)));
  equal('the buyer', fields['contact.name'], [contact?.LAST_NAME, contact?.NAME, contact?.SECOND_NAME].filter(Boolean).join(' '));
  check(JSON.stringify(contact?.FM ?? {}).includes(fields['contact.phone']), 'his phone is as it was promised', JSON.stringify(contact?.FM));
}
