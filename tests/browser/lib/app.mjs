// The settings app as the tests use it: opened in the reference shop's admin, looked at with axe.

import { axe } from './browser.mjs';

export const PAGES = ['connect', 'statuses', 'managers', 'fields', 'preview', 'orders', 'health', 'more'];

/** Somebody at the shop's admin, in a browser of his own; what its console complains of is kept in `errors`. */
export async function admin(browser, shop, { width = 1280, height = 900, locale = 'ru-RU', errors = [] } = {}) {
  const page = await (await browser.newContext({ viewport: { width, height }, locale })).newPage();
  page.on('console', (message) => {
    // An answer that refuses is an error to the browser, not to a person.
    if (message.type() === 'error' && !/status of (4\d\d|5\d\d)|net::ERR_/.test(message.text())) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${shop}/admin`);
  await page.getByLabel('Логин').fill('admin');
  await page.getByLabel('Пароль').fill('demo');
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.getByRole('link', { name: 'Orderbridge' }).waitFor();
  return page;
}

/** Opens a page of the app anew and waits until it has nothing more to ask for. */
export async function open(page, shop, name, { lang = 'ru', theme = 'light', rest = '' } = {}) {
  await page.evaluate((chosen) => localStorage.setItem('orderbridge.theme', chosen), theme);
  // From one hash to another the browser would not load anything.
  await page.goto('about:blank');
  await page.goto(`${shop}/admin/orderbridge?lang=${lang}#orderbridge/${name}${rest === '' ? '' : `/${encodeURIComponent(rest)}`}`);
  await page.locator('h2.title').waitFor();
  await settled(page);
}

/** Until no spinner turns and no request is under way. */
export async function settled(page) {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => {
    const root = document.querySelector('[data-orderbridge]')?.shadowRoot;
    return root && !root.querySelector('p.waiting, [aria-busy="true"]');
  });
}

/** What axe finds, by WCAG 2.2 AA, as lines to read; of the app alone, for the page around it is the CMS's. */
export async function complaints(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run('[data-orderbridge]', {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.flat().join(' ')} (${failureSummary.split('\n')[1]?.trim()})`).join('; ')}`);
}

/** What a person would stumble over: sideways scrolling, pictures from elsewhere, controls without words. */
export function stumbles(page) {
  return page.evaluate(() => {
    const found = [];
    const over = document.documentElement.scrollWidth - window.innerWidth;
    if (over > 0) found.push(`scrolls sideways by ${over} px`);
    const root = document.querySelector('[data-orderbridge]').shadowRoot;
    for (const control of root.querySelectorAll('a[href], button')) {
      if (!(control.textContent.trim() || control.getAttribute('aria-label'))) found.push('a control without words');
    }
    for (const { name } of performance.getEntriesByType('resource')) {
      if (new URL(name).origin !== location.origin) found.push(`a request to ${new URL(name).origin}`);
    }
    return found;
  });
}
