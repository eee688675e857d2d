// node admin.mjs <folder>: bundles the settings app to <folder>/admin/app.js, with the core's JavaScript from <folder>/js.

import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './digest.mjs';

const folder = resolve(process.argv[2]);

await build({
  absWorkingDir: ROOT,
  entryPoints: ['php-bridge/admin/src/main.tsx'],
  outfile: join(folder, 'admin/app.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  loader: { '.css': 'text' },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  alias: { '@core/orderbridge.js': join(folder, 'js/orderbridge.js') },
  nodePaths: [join(ROOT, '.ci/tools/node_modules')],
  tsconfigRaw: '{}',
  banner: { js: '// The settings app of Orderbridge, made from php-bridge/admin by `make build`; not to be edited.' },
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});
process.stdout.write(`admin/app.js ${statSync(join(folder, 'admin/app.js')).size} bytes\n`);
