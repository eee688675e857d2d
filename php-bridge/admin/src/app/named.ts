// The core speaks of the shop's things by their ids, which are all that it knows; people know their names.

import { pathOf, tree } from './categories';
import { page } from './session';

/** A reason with the category's path in the place of its id. */
export function named(reason: string, category: string | null): string {
  if (category === null || !tree.value.byId.has(category)) return reason;
  const said = [`категория ${category}`, `category ${category}`].find((words) => reason.includes(words));
  return said ? reason.replace(said, () => `${said.slice(0, -category.length)}«${pathOf(tree.value, category)}»`) : reason;
}

/** A decision with the status' name in the place of its id. */
export function withStatus(why: string, status: string): string {
  const name = page.value?.shop.statuses.find(({ id }) => id === status)?.name;
  const at = why.lastIndexOf(`«${status}»`);
  return name === undefined || at < 0 ? why : `${why.slice(0, at)}«${name}»${why.slice(at + status.length + 2)}`;
}
