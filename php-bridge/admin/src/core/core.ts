// The same core as in the shop, run in the browser: what it says here is what will happen there.

import load, { call } from '@core/orderbridge.js';
import type { Answer, Operation } from '@core/types.js';
import { signal } from '@preact/signals';
import type { Settings, Spoken } from './types';
import { language } from '../words/words';
import { Trouble } from '../api/call';
import { frame } from '../words/frame';
import { words } from '../words/words';

let url = '';
let loading: Promise<unknown> | undefined;

/** `failed` when the browser could not load it: pages then say that checks are left to the shop. */
export const core = signal<'waiting' | 'ready' | 'failed'>('waiting');

export function useCore(wasm: string): void {
  url = wasm;
}

/** Fetches the wasm once; further calls wait for the same. */
export async function ready(): Promise<void> {
  loading ??= load({ module_or_path: url });
  try {
    await loading;
    core.value = 'ready';
  } catch {
    loading = undefined;
    core.value = 'failed';
    const say = words(frame).trouble;
    throw new Trouble('core', say.core, say.core_hint);
  }
}

/** What the core answered, and what it has to remark. */
export interface Told<Data> {
  data: Data;
  notes: Spoken[];
}

/**
 * Asks the core. Rejects with a {@link Trouble} that has the core's code when it refuses.
 *
 * @param now RFC 3339; the browser's moment when it is left out
 */
export async function consult<Data>(op: Operation, data: unknown, settings?: Settings, now?: string): Promise<Told<Data>> {
  await ready();
  const answer = call({
    v: 1,
    op,
    now: now ?? new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    lang: language(),
    ...(settings ? { settings } : {}),
    data,
  }) as Answer<Data>;
  if (answer.outcome === 'ok') return { data: answer.data, notes: answer.notes ?? [] };
  const { code, message, hint } = answer.error;
  throw new Trouble(code, message, hint, answer.error);
}

/** The same for whoever does not care about remarks. */
export async function ask<Data>(op: Operation, data: unknown, settings?: Settings): Promise<Data> {
  return (await consult<Data>(op, data, settings)).data;
}
