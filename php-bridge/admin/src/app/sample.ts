// The order that pages show their rules by; chosen on one page it stays on the next.

import { signal } from '@preact/signals';
import { call } from '../api/call';
import type { Order } from '../core/types';

export interface Sample {
  id: string;
  name: string;
  order: Order;
}

export const sample = signal<Sample | null>(null);

/** Orders that were looked at: their codes of payment and delivery are offered in conditions. */
export const seen = signal<Order[]>([]);

const MOST_SEEN = 50;

export async function readOrder(id: string): Promise<Order> {
  const { order } = await call('shop.order', { id });
  seen.value = [order, ...seen.value.filter((other) => other.id !== order.id)].slice(0, MOST_SEEN);
  return order;
}

let wanted = 0;

/** Takes an order for the sample; one that was asked for later wins. */
export async function look(id: string): Promise<void> {
  const number = ++wanted;
  const order = await readOrder(id);
  if (number === wanted) sample.value = { id, name: order.number || id, order };
}

/** Orders whose words are offered in conditions. */
const SOME = 10;
let collecting: Promise<void> | undefined;

/** Reads some of the newest orders, once. Without them conditions can be typed all the same. */
export function collect(): Promise<void> {
  return (collecting ??= (async () => {
    try {
      const { rows } = await call('orders.list', { filter: 'all', limit: SOME });
      await Promise.all(rows.map((row) => readOrder(row.order.id).catch(() => undefined)));
    } catch {
      collecting = undefined;
    }
  })());
}
