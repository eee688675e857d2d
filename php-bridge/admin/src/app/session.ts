// What the page knows of the shop since it was opened; pages read it and put news into it.

import { computed, signal } from '@preact/signals';
import type { Category, Page, Snapshot } from '../api/actions';
import { call } from '../api/call';

export const page = signal<Page | null>(null);
export const mayModify = computed(() => page.value?.may_modify ?? false);
export const isConnected = computed(() => page.value?.connection.state === 'connected');

/** Puts news of some part into the page. */
export function learn(news: Partial<Page>): void {
  if (page.value) page.value = { ...page.value, ...news };
}

/** What is told of the exchange may have changed by what was just done: a portal that is connected is no alert. */
export async function refresh(): Promise<void> {
  try {
    const { alerts, companion, counts, urls } = await call('page.open');
    learn({ alerts, companion, counts, urls });
  } catch {
    // It stays as it was; nobody waits for it.
  }
}

/** The portal's funnels, users, fields; null until somebody has needed them. */
export const snapshot = signal<Snapshot | null>(null);

export async function lookAtPortal(fresh = false): Promise<Snapshot> {
  if (!fresh && snapshot.value) return snapshot.value;
  return (snapshot.value = await call('portal.snapshot', { fresh }));
}

/** The shop's categories; thousands of them perhaps, so only fetched where they are needed. */
export const categories = signal<Category[] | null>(null);

export async function lookAtCategories(): Promise<Category[]> {
  return (categories.value ??= (await call('shop.categories')).categories);
}
