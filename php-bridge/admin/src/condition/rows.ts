// The rows of the category tree as far as it is open, and what is ticked in it. Pure.

import { type Tree, pathOf, upwards } from '../app/categories';

export interface TreeRow {
  id: string;
  text: string;
  /** From 1; rows that were searched for are all of the first. */
  level: number;
  /** null: nothing below it. */
  open: boolean | null;
  place: number;
  siblings: number;
}

export function opened(tree: Tree, open: Set<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const passed = new Set<string>();
  const walk = (parent: string, level: number) => {
    const list = tree.below.get(parent) ?? [];
    list.forEach(({ id, name }, index) => {
      if (passed.has(id)) return;
      passed.add(id);
      const below = tree.below.has(id);
      rows.push({ id, text: name, level, open: below ? open.has(id) : null, place: index + 1, siblings: list.length });
      if (below && open.has(id)) walk(id, level + 1);
    });
  };
  walk('', 1);
  return rows;
}

/** Those whose names have every word, with their paths; whose own name has them all come first. */
export function found(tree: Tree, text: string): TreeRow[] {
  const wanted = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const has = (where: string) => wanted.every((word) => where.toLowerCase().includes(word));
  const own: { id: string; text: string }[] = [];
  const along: { id: string; text: string }[] = [];
  for (const { id, name } of tree.byId.values()) {
    if (!wanted.some((word) => name.toLowerCase().includes(word))) continue;
    const path = pathOf(tree, id);
    if (has(name)) own.push({ id, text: path });
    else if (has(path)) along.push({ id, text: path });
  }
  const all = [...own, ...along];
  return all.map((row, index) => ({ ...row, level: 1, open: null, place: index + 1, siblings: all.length }));
}

export type Tick = 'on' | 'covered' | 'some' | 'off';

export interface Ticks {
  of: (id: string) => Tick;
  /** The nearest one above that is ticked. */
  cover: (id: string) => string | undefined;
}

export function ticks(tree: Tree, chosen: Set<string>): Ticks {
  const above = new Set<string>();
  for (const id of chosen) for (const one of upwards(tree, id).slice(1)) above.add(one);
  const cover = (id: string) => upwards(tree, id).slice(1).find((one) => chosen.has(one));
  return {
    cover,
    of: (id) => (chosen.has(id) ? 'on' : cover(id) !== undefined ? 'covered' : above.has(id) ? 'some' : 'off'),
  };
}

/** Ticks it or takes the tick away; what a tick covers needs none of its own. */
export function toggled(tree: Tree, chosen: Set<string>, id: string): Set<string> {
  const next = new Set(chosen);
  if (next.delete(id)) return next;
  for (const one of chosen) if (upwards(tree, one).includes(id)) next.delete(one);
  return next.add(id);
}
