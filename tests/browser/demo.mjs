// The demo in a real browser: buy, see the deal on the portal's board, drag its card, see the order's page change by
// itself. On the way every page is looked at for what a person would stumble over: console errors, sideways scrolling,
// fields without a name, pictures that did not load. Screenshots go to var/browser/demo.
//
//     node tests/browser/demo.mjs        CHROMIUM=/path PLAYWRIGHT_CORE=/path/to/playwright-core

import { join } from 'node:path';
import { check, end, launch, pictures as folder, start } from './lib/browser.mjs';

const pictures = folder('demo');

/** The addresses that the demo prints. */
const addressesIn = (output) => {
  const [, shop] = output.match(/Shop +(http\S+)\//) ?? [];
  const [, portal] = output.match(/board +(http\S+)\//) ?? [];
  return shop && portal && output.includes('Ctrl-C') ? { shop, portal } : null;
};

/**
 * Waits until the page that this element is on has its styles and has run its scripts. After a click that leads to
 * another page nothing may be looked at or filled in before: it would be the old page, or the new one half dressed.
 */
async function ready(locator) {
  await locator.first().waitFor();
  await locator.page().waitForLoadState('load');
}

/** What a person would stumble over on the page as it is now. */
async function inspect(page, name) {
  const found = await page.evaluate(async () => {
    const problems = [];
    const over = document.documentElement.scrollWidth - window.innerWidth;
    if (over > 0) problems.push(`scrolls sideways by ${over} px`);
    if (document.querySelectorAll('h1').length !== 1) problems.push('not exactly one h1');
    if (!document.documentElement.lang) problems.push('no language');
    for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
      if (!field.labels?.length && !field.getAttribute('aria-label')) problems.push(`field ${field.name} has no label`);
    }
    for (const control of document.querySelectorAll('a[href], button')) {
      if (!(control.textContent.trim() || control.getAttribute('aria-label') || control.getAttribute('aria-hidden'))) problems.push('a control without words');
    }
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    if (twice.length) problems.push(`ids used twice: ${twice}`);
    for (const image of document.images) {
      image.loading = 'eager';
      await image.decode().catch(() => problems.push(`picture ${image.src} did not load`));
      if (!image.hasAttribute('alt')) problems.push(`picture ${image.src} has no alt`);
    }
    return problems;
  });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  check(found.length === 0, `${name}: nothing to stumble over`, found.join('; '));
}

async function buy(page, shop, size) {
  await page.goto(`${shop}/?utm_source=yandex`);
  await inspect(page, `${size}-home`);
  await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Посуда' }).click();
  await ready(page.getByRole('link', { name: 'Кружка «Утро»' }));
  await inspect(page, `${size}-category`);
  await page.getByRole('link', { name: 'Кружка «Утро»' }).click();
  await ready(page.getByText('Терракота'));
  await page.getByText('Терракота').click();
  await page.getByText('400 мл').click();
  check(await page.locator('[data-price-shown]').textContent() === '1\u00a0190\u00a0₽', `${size}: the price follows the options`);
  await inspect(page, `${size}-product`);
  await page.getByRole('button', { name: 'В корзину' }).click();
  await ready(page.getByRole('spinbutton'));
  await page.getByRole('spinbutton').fill('2');
  await page.getByRole('spinbutton').blur();
  await ready(page.getByText('2\u00a0380\u00a0₽'));
  await inspect(page, `${size}-basket`);
  await page.getByRole('link', { name: 'Оформить заказ' }).click();
  await ready(page.getByRole('button', { name: 'Заказать' }));
  await page.getByRole('button', { name: 'Заказать' }).click();
  await ready(page.getByRole('alert'));
  check(await page.evaluate(() => document.activeElement?.getAttribute('role')) === 'alert', `${size}: an empty form says what is missing and takes the focus there`);
  await inspect(page, `${size}-checkout-errors`);
  await page.getByLabel('Фамилия').fill('Сидоров');
  await page.getByLabel('Имя', { exact: true }).fill('Пётр');
  await page.getByLabel('Телефон').fill('+7 900 111-22-33');
  await page.getByLabel('Самовывоз').check();
  check(await page.getByLabel('Адрес для курьера').isHidden(), `${size}: a pickup needs no address`);
  await page.getByLabel('Промокод').fill('ПИАЛА500');
  await page.getByLabel('Промокод').press('Enter');
  await ready(page.getByText('Промокод действует при заказе от'));
  await page.getByLabel('Промокод').fill('чай10');
  await page.getByLabel('Промокод').press('Enter');
  await ready(page.getByText('−238\u00a0₽'));
  check(await page.locator('[data-total]').textContent() === '2\u00a0142\u00a0₽', `${size}: the coupon takes its ten per cent`);
  await inspect(page, `${size}-checkout`);
  await page.getByRole('button', { name: 'Заказать' }).click();
  await page.waitForURL(/\/order\/\d+\?key=/);
  await inspect(page, `${size}-order-new`);
  return (await page.locator('h1').textContent()).match(/№(\d+)/)[1];
}

/** @returns the status badge once it shows these words */
const badge = (page, words) => page.locator('[data-live] .badge', { hasText: words }).waitFor({ timeout: 15_000 });

const demo = start('demo', addressesIn);
let browser;
try {
  const { shop, portal } = await demo.said;
  browser = await launch();
  const errors = [];
  const open = async (width, height) => {
    const page = await (await browser.newContext({ viewport: { width, height }, locale: 'ru-RU' })).newPage();
    page.on('console', (message) => {
      // A refused form answers 422 and the login page 401: the browser calls that an error, a person does not.
      if (message.type() === 'error' && !/status of (401|422)/.test(message.text())) errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    return page;
  };

  for (const [size, width, height] of [['wide', 1280, 900], ['narrow', 390, 844]]) {
    console.log(`${size} (${width} × ${height})`);
    const buyer = await open(width, height);
    const number = await buy(buyer, shop, size);

    const manager = await open(1600, 900);
    await manager.goto(portal);
    const card = manager.locator('.card', { hasText: `Заказ №${number}` });
    await card.waitFor({ timeout: 15_000 });
    check(true, `${size}: order №${number} is on the board`);
    for (const [stage, status] of [['Взять в работу', 'В обработке'], ['Заказ выполнен', 'Выполнен']]) {
      await card.dragTo(manager.locator(`section[aria-label="${stage}"]`));
      await badge(buyer, status);
      check(true, `${size}: the card is dragged to «${stage}», the open order page turns to «${status}» by itself`);
    }
    await inspect(buyer, `${size}-order-done`);
    await manager.screenshot({ path: join(pictures, `${size}-board.png`) });

    const owner = await open(width, height);
    await owner.goto(`${shop}/admin`);
    await inspect(owner, `${size}-login`);
    await owner.getByLabel('Логин').fill('admin');
    await owner.getByLabel('Пароль').fill('demo');
    await owner.getByRole('button', { name: 'Войти' }).click();
    await ready(owner.getByRole('link', { name: `№${number}` }));
    await inspect(owner, `${size}-admin-orders`);
    await owner.getByRole('link', { name: `№${number}` }).click();
    await ready(owner.getByText('Какой будет сделка'));
    await owner.getByText('Какой будет сделка').click();
    await inspect(owner, `${size}-admin-order`);
    await owner.goto(`${shop}/admin/orders`);
    const row = await owner.locator('tr', { hasText: `№${number}` }).textContent();
    check(/Выполнен/.test(row) && /Сделка \d/.test(row), `${size}: the shop's own list shows the order with its deal`, row);
    await owner.goto(`${shop}/admin/orderbridge#orderbridge/connect`);
    await owner.getByRole('button', { name: 'Проверить связь' }).click();
    await ready(owner.getByRole('list', { name: 'Результат проверки' }));
    check(await owner.getByText('Портал отвечает, вебхук принят.').isVisible(), `${size}: the module's page tests the portal`);
    await inspect(owner, `${size}-admin-module`);
    await owner.goto(`${shop}/admin/statuses`);
    await inspect(owner, `${size}-admin-statuses`);
  }
  check(errors.length === 0, 'the browser\'s console holds no errors', errors.join('; '));
} catch (problem) {
  check(false, problem.stack);
} finally {
  await browser?.close();
  await demo.stop();
}
end();
