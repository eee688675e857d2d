// The settings app's own modules for a test, bundled as they are shipped, and the core that they ask.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../.ci/tools/digest.mjs';

const { build } = createRequire(join(ROOT, '.ci/tools/package.json'))('esbuild');

/** Everything that these modules below the app's src/ export, in one bundle: they share what they both import. */
export async function bundled(...modules) {
  const folder = mkdtempSync(join(tmpdir(), 'orderbridge-app-'));
  after(() => rmSync(folder, { recursive: true }));
  await build({
    absWorkingDir: ROOT,
    stdin: {
      resolveDir: join(ROOT, 'php-bridge/admin/src'),
      contents: modules.map((name) => `export * from './${name}';`).join('\n'),
    },
    outfile: join(folder, 'app.mjs'),
    bundle: true,
    format: 'esm',
    alias: { '@core/orderbridge.js': join(ROOT, 'pkg/js/orderbridge.js') },
    nodePaths: [join(ROOT, '.ci/tools/node_modules')],
    tsconfigRaw: '{}',
    logLevel: 'warning',
  });
  return import(pathToFileURL(join(folder, 'app.mjs')));
}

/** The built core, for the app's `useCore`. */
export const core = () => readFileSync(join(ROOT, 'pkg/js/orderbridge_bg.wasm'));
