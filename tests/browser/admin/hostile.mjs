// Names, comments, categories and the portal's own words may be anything: they are text, never markup.

import { PAGES, admin, open } from '../lib/app.mjs';
import { check } from '../lib/browser.mjs';

const EVIL = [
  '<img src=x onerror=window.hacked=1>', '"><script>window.hacked=1</script>', '\'" onmouseover=window.hacked=1 x="',
  'javascript:window.hacked=1', '{{constructor.constructor("window.hacked=1")()}}', '</style><svg onload=window.hacked=1>', '\u202Ehacked',
];

/** The same data with every text made hostile, but for what the app decides by. */
function poisoned(value, key = '') {
  if (Array.isArray(value)) return value.map((item) => poisoned(item, key));
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poisoned(inner, name)]));
  return /^(name|message|hint|detail|buyer|title|value|comment|status_name|stage_name|masked|url|portal_url|first_name|last_name|address)$/.test(key) && typeof value === 'string'
    ? EVIL[value.length % EVIL.length]
    : value;
}

export async function hostile(browser, { shop }, errors) {
  const page = await admin(browser, shop, { errors });
  await page.route('**/admin/orderbridge/api', async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    if (answer.data?.settings) answer.data.settings = { ...answer.data.settings };
    await route.fulfill({ response, json: poisoned(answer) });
  });
  for (const name of PAGES) {
    await open(page, shop, name);
    const found = await page.evaluate(() => {
      const root = document.querySelector('[data-orderbridge]').shadowRoot;
      return {
        hacked: 'hacked' in window,
        elements: root.querySelectorAll('script, svg[onload], img[src="x"], [onerror], [onmouseover], [onload]').length,
        links: [...root.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')).filter((href) => !/^(#orderbridge|https?:)/.test(href)),
      };
    });
    check(!found.hacked && found.elements === 0 && found.links.length === 0, `${name}: hostile words stay words`, JSON.stringify(found));
  }
  await page.context().close();
}
hostile.title = 'Hostile words';
