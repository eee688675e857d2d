// What the owner chooses beside the settings document, as it is being edited. Like the draft it outlives a page: whoever
// looks at another one in between finds what was typed.

import { computed, signal } from '@preact/signals';
import type { Preferences } from '../api/actions';
import { Trouble, call } from '../api/call';
import { learn, page } from './session';

export type Key = keyof Preferences;

const typed = signal<Partial<Preferences>>({});
/** Why the shop refused a field. */
export const reasons = signal<Partial<Record<Key, string>>>({});

export const preferences = computed(() => ({ ...page.value?.preferences, ...typed.value }) as Preferences);
export const isEdited = computed(() => Object.keys(typed.value).length > 0);

export function edited(keys: Key[]): boolean {
  return keys.some((key) => key in typed.value);
}

export function prefer<Name extends Key>(key: Name, value: Preferences[Name]): void {
  const next = { ...typed.value, [key]: value };
  if (page.value?.preferences[key] === value) delete next[key];
  typed.value = next;
  reasons.value = without(reasons.value, [key]);
}

export function forget(keys: Key[]): void {
  typed.value = without(typed.value, keys);
  reasons.value = without(reasons.value, keys);
}

/** Saves these fields and no others. Rejects with a {@link Trouble}; fields that were refused say so in `reasons`. */
export async function savePreferences(keys: Key[]): Promise<void> {
  const sent = typed.value;
  const chosen = Object.fromEntries(Object.entries(sent).filter(([key]) => keys.includes(key as Key)));
  reasons.value = without(reasons.value, keys);
  try {
    learn(await call('preferences.save', { preferences: chosen }));
  } catch (failure) {
    const trouble = Trouble.of(failure);
    if (trouble.code === 'preferences_refused') reasons.value = { ...reasons.value, ...(trouble.data as object) };
    throw trouble;
  }
  // What was typed while the answer was on its way is still an edit.
  typed.value = Object.fromEntries(Object.entries(typed.value).filter(([key, value]) => !(key in chosen) || value !== sent[key as Key]));
}

function without<Value extends object>(all: Value, keys: Key[]): Value {
  return Object.fromEntries(Object.entries(all).filter(([key]) => !keys.includes(key as Key))) as Value;
}
