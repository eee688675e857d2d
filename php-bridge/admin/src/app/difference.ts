// How two documents differ, place by place, and putting such differences onto a third.

/** A place (JSON Pointer) with what was and what is there; undefined: nothing. */
export interface Change {
  path: string;
  before: unknown;
  now: unknown;
}

/** Lists are one place each: whoever reorders rules changes the list, not each of its rows. */
export function changes(before: unknown, now: unknown, path = ''): Change[] {
  if (same(before, now)) return [];
  if (!isObject(before) || !isObject(now)) return [{ path, before, now }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return keys.flatMap((key) => changes(before[key], now[key], `${path}/${escaped(key)}`));
}

export function put<Document extends object>(document: Document, list: Change[]): Document {
  const result = structuredClone(document);
  for (const { path, now } of list) {
    const keys = path.split('/').slice(1).map(plain);
    const last = keys.pop();
    if (last === undefined) continue;
    let place = result as Record<string, unknown>;
    for (const key of keys) place = (isObject(place[key]) ? place[key] : (place[key] = {})) as Record<string, unknown>;
    if (now === undefined) delete place[last];
    else place[last] = structuredClone(now);
  }
  return result;
}

/** Whether two changes are of the same place, or one of a part of the other's. */
export function meet(one: Change, other: Change): boolean {
  return `${one.path}/`.startsWith(`${other.path}/`) || `${other.path}/`.startsWith(`${one.path}/`);
}

export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => same(item, other[at]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => same(one[key], other[key]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function plain(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
