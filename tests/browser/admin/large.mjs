// A shop of 5,000 categories and 10,000 orders, a portal of 4,000 users: only what can be seen is drawn, and only what
// is needed goes into the core.

import { admin, open, settled } from '../lib/app.mjs';
import { check } from '../lib/browser.mjs';

const CATEGORIES = 5000;
const ORDERS = 10_000;
const USERS = 4000;

const categories = Array.from({ length: CATEGORIES }, (_, at) => ({
  id: String(at + 1), parent_id: at < 20 ? null : String(Math.floor(at / 10)), name: `Категория ${at + 1}`,
}));

function row(number) {
  return {
    order: { id: String(number), number: String(1000 + number), placed_at: '2026-11-20T10:00:00Z', status: 'new', status_name: 'Новый', total: '1234.50', currency: 'RUB', buyer: `Покупатель ${number}`, url: '' },
    deal: { id: String(number), url: '', stage: 'C5:NEW', stage_name: 'Новый заказ' },
    state: 'synced', attempts: 0, next_at: null, reason: null, difference: null, updated_at: '2026-11-20T10:00:01Z',
  };
}

export async function large(browser, { shop }, errors) {
  const page = await admin(browser, shop, { errors });
  let pages = 0;
  let many = false;
  await page.route('**/admin/orderbridge/api', async (route) => {
    const { action, params } = route.request().postDataJSON();
    if (!many) return route.continue();
    if (action === 'portal.snapshot') {
      const response = await route.fetch();
      const answer = await response.json();
      answer.data.users.push(...Array.from({ length: USERS }, (_, at) => ({ id: String(1000 + at), name: `Екатерина Александровская-Константинопольская ${at}`, active: at % 10 !== 9 })));
      return route.fulfill({ response, json: answer });
    }
    if (action === 'shop.categories') return route.fulfill({ json: { ok: true, data: { categories } } });
    if (action !== 'orders.list') return route.continue();
    pages++;
    const from = params.before ? Number(params.before) - 1 : ORDERS;
    const limit = params.limit ?? 50;
    const rows = Array.from({ length: Math.min(limit, from) }, (_, at) => row(from - at));
    const counts = { all: ORDERS, waiting: 0, failed: 0, differing: 0, not_sent: 0, synced: ORDERS };
    return route.fulfill({ json: { ok: true, data: { rows, next: from > limit ? String(from - limit + 1) : null, counts } } });
  });
  const drawn = () => page.evaluate(() => document.querySelector('[data-orderbridge]').shadowRoot.querySelectorAll('*').length);

  await open(page, shop, 'orders');
  const few = await drawn();
  many = true;
  await open(page, shop, 'orders');
  const first = pages;
  check(first <= 2, `the ledger of ${ORDERS} orders opens with ${first} of ${ORDERS / 50} pages`);
  for (let turn = 0; turn < 30; turn++) {
    await page.locator('.ledger').evaluate((box) => { box.scrollTop = box.scrollHeight; });
    await settled(page);
  }
  const deep = await drawn();
  check(pages > first + 10, 'it goes on as one scrolls', `${pages} pages`);
  check(deep < few + 1500, 'and draws only what can be seen', `${few} elements with few orders, ${deep} with ${pages * 50} loaded`);

  await open(page, shop, 'managers');
  await page.getByRole('button', { name: 'Добавить правило' }).first().click();
  const rule = page.locator('.rule').last();
  const focused = () => page.evaluate(() => document.querySelector('[data-orderbridge]').shadowRoot.activeElement?.className ?? '');
  check((await focused()).includes('rule-name'), 'a new rule is at hand', await focused());
  await rule.getByText('В правиле нет сотрудников').waitFor();
  await rule.getByRole('combobox').first().fill('екатерина 4998');
  await page.keyboard.press('Enter');
  await rule.getByText('В правиле нет сотрудников').waitFor({ state: 'detached' });
  check(await rule.locator('[data-user="4998"]').count() === 1, `one of ${USERS} users is found, and the core knows him`, await rule.textContent());
  await rule.getByRole('button', { name: /^Убрать/ }).press('Enter');
  check(await focused() === 'input', 'taking him out leaves the focus in the rule', await focused());
  const before = await drawn();
  await page.getByRole('button', { name: /категори/i }).first().click();
  await page.getByRole('dialog').waitFor();
  await settled(page);
  check(await drawn() < before + 1500, `${CATEGORIES} categories: only those in view are drawn`, `${before} → ${await drawn()}`);
  await page.getByRole('dialog').getByRole('searchbox').fill('4321');
  await page.getByRole('dialog').getByText('Категория 4321').first().waitFor();
  check(true, 'and one is found by its name');
  await page.context().close();
}
large.title = 'A large shop';
