// Conditions on orders, and what the newest orders offer for them. Pure.

import type { Order, When } from '../core/types';
import type { Offer } from '../parts/List';

export const LISTS = ['brands', 'deliveries', 'payments', 'regions', 'groups', 'stores', 'currencies'] as const;
export type ListName = (typeof LISTS)[number];

/** Holds for every order. */
export const ALWAYS: Required<When> = {
  categories: [], brands: [], stores: [], regions: [], deliveries: [], payments: [], groups: [], currencies: [],
  total_from: '', total_to: '',
};

/** How many of the conditions besides the categories are set. */
export function others(when: When): number {
  return LISTS.filter((name) => (when[name] ?? []).length > 0).length + Number(Boolean(when.total_from)) + Number(Boolean(when.total_to));
}

/** Values that orders have, each once; a code with the name that buyers see. */
export function offersOf(orders: Order[], name: ListName): Offer[] {
  const found = new Map<string, string>();
  for (const order of orders) {
    for (const [value = '', note = ''] of values(order, name)) if (value !== '' && !found.has(value)) found.set(value, note);
  }
  return [...found].map(([value, note]) => ({ id: value, label: value, note: note === value ? '' : note }));
}

function values(order: Order, name: ListName): (string | undefined)[][] {
  const { delivery, payment, buyer } = order;
  switch (name) {
    case 'brands': return (order.lines ?? []).map((line) => [line.brand]);
    case 'deliveries': return [[delivery?.code, delivery?.name]];
    case 'payments': return [[payment?.code, payment?.name]];
    case 'regions': return [[delivery?.region], [delivery?.city]];
    case 'groups': return [[buyer?.group]];
    case 'stores': return [[order.store]];
    case 'currencies': return [[order.currency]];
  }
}
