// Made by `make build`; not to be edited. The package in Node: ready when it is imported.
import { readFileSync } from 'node:fs';
import { initSync } from './orderbridge.js';

initSync({ module: readFileSync(new URL('./orderbridge_bg.wasm', import.meta.url)) });

export { call, callJson } from './orderbridge.js';
/** In a browser this loads the module; here it is loaded already. */
export default async function init() {}
