// The settings app in a real browser and the reference shop, in Russian, against the portal's stand-in: from an empty
// installation to an order that has become the deal the preview promised; what it says when things go wrong; two
// admins at once; a portal with the companion module; hostile words; a large shop.
//
//     node tests/browser/admin.mjs

import { boxed } from './admin/boxed.mjs';
import { hostile } from './admin/hostile.mjs';
import { large } from './admin/large.mjs';
import { setUp } from './admin/set_up.mjs';
import { trouble } from './admin/trouble.mjs';
import { twoAdmins } from './admin/two_admins.mjs';
import { check, end, launch, start } from './lib/browser.mjs';

const stand = start('stand', (output) => (output.includes('\n') ? JSON.parse(output) : null));
const errors = [];
let browser;
try {
  const addresses = await stand.said;
  browser = await launch();
  for (const part of [setUp, twoAdmins, trouble, boxed, hostile, large]) {
    console.log(part.title);
    await part(browser, addresses, errors);
  }
  check(errors.length === 0, 'the console holds no errors', errors.join('; '));
} catch (problem) {
  check(false, problem.stack);
} finally {
  await browser?.close();
  await stand.stop();
}
end();
