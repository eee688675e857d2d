// Every page of the settings app, looked at: Russian and English, wide and narrow, light and dark, empty and full, the
// portal away. axe looks too. Screenshots go to var/browser/looks.
//
//     node tests/browser/looks.mjs [page…]        FULL=1 for every combination that is worth a picture

import { join } from 'node:path';
import { PAGES, admin, complaints, open, stumbles } from './lib/app.mjs';
import { check, end, launch, pictures, start } from './lib/browser.mjs';

const folder = pictures('looks');
const wanted = process.argv.length > 2 ? process.argv.slice(2) : PAGES;
const demoIn = (output) => {
  const [, shop] = output.match(/Shop +(http\S+)\//) ?? [];
  const [, portal] = output.match(/board +(http\S+)\//) ?? [];
  return shop && portal && output.includes('Ctrl-C') ? { shop, portal } : null;
};
const standIn = (output) => (output.includes('\n') ? JSON.parse(output) : null);

const SIZES = { wide: [1280, 900], narrow: [390, 844] };
/** Each side of each difference once, or, to look at them oneself, more. */
const LOOKS = process.env.FULL
  ? [['ru', 'wide', 'light'], ['ru', 'narrow', 'light'], ['ru', 'wide', 'dark'], ['ru', 'narrow', 'dark'], ['en', 'wide', 'light'], ['en', 'narrow', 'light'], ['en', 'wide', 'dark'], ['en', 'narrow', 'dark']]
  : [['ru', 'wide', 'light'], ['en', 'narrow', 'dark']];

async function look(browser, shop, state, looks, before = async () => {}) {
  for (const [lang, size, theme] of looks) {
    const [width, height] = SIZES[size];
    const errors = [];
    const page = await admin(browser, shop, { width, height, errors });
    await before(page);
    for (const name of wanted) {
      await open(page, shop, name, { lang, theme });
      await page.screenshot({ path: join(folder, `${name}-${state}-${lang}-${size}-${theme}.png`), fullPage: true });
      const found = [...await complaints(page), ...await stumbles(page)];
      check(found.length === 0, `${name}, ${state}, ${lang}, ${size}, ${theme}`, found.join('\n            '));
    }
    check(errors.length === 0, `${state}, ${lang}, ${size}, ${theme}: the console is silent`, errors.join('; '));
    await page.context().close();
  }
}

let browser;
const stages = [];
try {
  browser = await launch();
  const demo = start('demo', demoIn);
  stages.push(demo);
  const { shop } = await demo.said;
  await look(browser, shop, 'full', LOOKS);
  // The portal has gone away: what of it is shown has to be asked for now.
  await look(browser, shop, 'failing', [['ru', 'narrow', 'light']], (page) => page.route('**/admin/orderbridge/api', async (route) => {
    const { action } = route.request().postDataJSON();
    if (action === 'page.open') return route.continue();
    return route.fulfill({
      status: 422,
      json: { ok: false, error: { code: 'portal_unreachable', message: 'Битрикс24 не отвечает.', hint: 'Проверьте, открывается ли портал. Отправка продолжится сама.' } },
    });
  }));
  const stand = start('stand', standIn);
  stages.push(stand);
  await look(browser, (await stand.said).shop, 'empty', [['en', 'wide', 'dark'], ['ru', 'narrow', 'light']].slice(process.env.FULL ? 0 : 1));
} catch (problem) {
  check(false, problem.stack);
} finally {
  await browser?.close();
  await Promise.all(stages.map((stage) => stage.stop()));
}
end();
