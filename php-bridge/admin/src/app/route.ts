// Which page is shown, by the address's hash, so that a reload and a link lead to the same place:
// `#orderbridge/orders/filter=failed`.

import { signal } from '@preact/signals';

export const PAGES = ['connect', 'statuses', 'managers', 'fields', 'preview', 'orders', 'health', 'more'] as const;
export type PageName = (typeof PAGES)[number];

const PREFIX = '#orderbridge/';

function current(): { name: PageName; rest: string } {
  const hash = location.hash.startsWith(PREFIX) ? location.hash.slice(PREFIX.length) : '';
  const [name = '', ...rest] = hash.split('/');
  const known = PAGES.find((candidate) => candidate === name);
  return { name: known ?? 'connect', rest: known ? decodeURIComponent(rest.join('/')) : '' };
}

export const route = signal(current());

addEventListener('hashchange', () => {
  route.value = current();
});

export function href(name: PageName, rest = ''): string {
  return `${PREFIX}${name}${rest === '' ? '' : `/${encodeURIComponent(rest)}`}`;
}

export function go(name: PageName, rest = ''): void {
  location.hash = href(name, rest);
}
