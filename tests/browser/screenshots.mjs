// The plugin directory's screenshots of the settings app, as readme.txt numbers them: English, and Russian beside them.
//
//     node tests/browser/screenshots.mjs [folder]        default: var/browser/screenshots

import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { admin, open } from './lib/app.mjs';
import { check, end, launch, pictures, start } from './lib/browser.mjs';

// The first is of a shop that is not connected yet.
const SHOWN = ['connect', 'statuses', 'preview', 'orders'];
const SIZE = { width: 1200, height: 860 };
// The directory takes ten megabytes; a page that shows this many need not.
const LARGEST = 300_000;

const folder = process.argv[2] ?? pictures('screenshots');
mkdirSync(folder, { recursive: true });
const demoIn = (output) => {
  const [, shop] = output.match(/Shop +(http\S+)\//) ?? [];
  return shop && output.includes('Ctrl-C') ? shop : null;
};

const emptyIn = (output) => (output.includes('\n') ? JSON.parse(output).shop : null);

let browser;
const empty = start('stand', emptyIn);
const full = start('demo', demoIn);
try {
  browser = await launch();
  const errors = [];
  const shops = await Promise.all([empty.said, full.said]);
  const pages = await Promise.all(shops.map((shop) => admin(browser, shop, { ...SIZE, errors })));
  for (const [lang, ending] of [['en', ''], ['ru', '-ru_RU']]) {
    for (const [at, name] of SHOWN.entries()) {
      const page = pages[Math.min(at, 1)];
      await open(page, shops[Math.min(at, 1)], name, { lang });
      const path = join(folder, `screenshot-${at + 1}${ending}.png`);
      const { x, y, width, height } = await page.locator('[data-orderbridge]').boundingBox();
      await page.screenshot({ path, fullPage: true, clip: { x, y, width, height: Math.min(height, SIZE.height) } });
      const { size } = statSync(path);
      check(size > 10_000 && size < LARGEST, `${name}, ${lang}: ${Math.round(size / 1000)} KB`, size);
    }
  }
  check(errors.length === 0, 'the console is silent', errors.join('; '));
} catch (problem) {
  check(false, problem.stack);
} finally {
  await browser?.close();
  await Promise.all([empty.stop(), full.stop()]);
}
end();
