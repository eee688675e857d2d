// The shop's categories as a tree; there may be thousands.

import { computed } from '@preact/signals';
import type { Category } from '../api/actions';
import { categories } from './session';

export interface Tree {
  byId: Map<string, Category>;
  /** By the parent's id; '' has those at the top. */
  below: Map<string, Category[]>;
}

export const tree = computed(() => grow(categories.value ?? []));

export function grow(list: Category[]): Tree {
  const byId = new Map(list.map((category) => [category.id, category]));
  const below = new Map<string, Category[]>();
  for (const category of list) {
    // One whose parent is gone would otherwise be nowhere.
    const parent = category.parent_id !== null && byId.has(category.parent_id) ? category.parent_id : '';
    const siblings = below.get(parent);
    if (siblings) siblings.push(category);
    else below.set(parent, [category]);
  }
  return { byId, below };
}

/** Ids from a category up to the top, itself first; a list that goes round in a circle ends where it began. */
export function upwards({ byId }: Tree, id: string): string[] {
  const ids: string[] = [];
  let at = byId.get(id);
  while (at && !ids.includes(at.id)) {
    ids.push(at.id);
    at = at.parent_id === null ? undefined : byId.get(at.parent_id);
  }
  return ids;
}

/** «Чай → Зелёный»; of a category that the shop has no more, its id. */
export function pathOf(all: Tree, id: string): string {
  const names = upwards(all, id).map((one) => all.byId.get(one)?.name ?? one);
  return names.length === 0 ? id : names.reverse().join(' → ');
}

/** These categories and all above them: what conditions on them have to be judged by. */
export function around(all: Tree, ids: string[]): Category[] {
  const wanted = new Set(ids.flatMap((id) => upwards(all, id)));
  return [...wanted].flatMap((id) => all.byId.get(id) ?? []);
}
