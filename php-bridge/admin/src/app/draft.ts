// The settings as they are being edited. Nothing typed is ever lost: a failed save keeps the draft, and a save by
// somebody else meanwhile is shown, not overwritten.

import { batch, computed, effect, signal } from '@preact/signals';
import type { Saved } from '../api/actions';
import { Trouble, call } from '../api/call';
import { ask } from '../core/core';
import type { Problem, Report, Settings } from '../core/types';
import { inventory } from './adopted';
import { around, tree } from './categories';
import { type Change, changes, put } from './difference';
import { categories, page, snapshot } from './session';

export const saved = signal<Saved | null>(null);
export const draft = signal<Settings>({});
export const problems = signal<Problem[]>([]);
export const saving = signal(false);
export const trouble = signal<Trouble | null>(null);

export interface Conflict {
  theirs: Saved;
  at: string;
  by: string;
  /** What this page has changed, and what they have. */
  mine: Change[];
  others: Change[];
}
export const conflict = signal<Conflict | null>(null);

export const edits = computed(() => (saved.value ? changes(editable(saved.value.document), editable(draft.value)) : []));
export const isDirty = computed(() => edits.value.length > 0);
export const errors = computed(() => problems.value.filter((problem) => problem.level === 'error'));

/** Starts from what is stored. */
export function adopt(stored: Saved): void {
  batch(() => {
    saved.value = stored;
    draft.value = structuredClone(stored.document);
    problems.value = [];
    trouble.value = null;
    conflict.value = null;
  });
}

/** The bridge itself has written the settings (provisioning did): edits that are not saved yet stay on top. */
export function rebase(stored: Saved): void {
  const mine = edits.value;
  batch(() => {
    adopt(stored);
    draft.value = put(draft.value, mine);
  });
}

/** Changes the draft: `edit((settings) => { settings.deal = … })`. */
export function edit(change: (settings: Settings) => void): void {
  const next = structuredClone(draft.value);
  change(next);
  draft.value = next;
}

export function undo(): void {
  if (saved.value) adopt(saved.value);
}

/** Problems at a place of the document or below it, by JSON Pointer. */
export function problemsAt(path: string): Problem[] {
  return problems.value.filter((problem) => problem.path === path || problem.path.startsWith(`${path}/`));
}

/** @returns whether it was saved */
export async function save(): Promise<boolean> {
  const before = saved.value;
  if (!before || saving.value) return false;
  const sent = draft.value;
  saving.value = true;
  trouble.value = null;
  try {
    const { problems: found, ...stored } = await call('settings.save', { document: sent, revision: before.revision });
    // What was typed while the answer was on its way is still an edit.
    const later = changes(editable(sent), editable(draft.value));
    adopt(stored);
    draft.value = put(draft.value, later);
    problems.value = found;
    return true;
  } catch (failure) {
    refused(Trouble.of(failure), before);
    return false;
  } finally {
    saving.value = false;
  }
}

function refused(failure: Trouble, before: Saved): void {
  if (failure.code === 'settings_changed') {
    const { document, revision, at, by } = failure.data as Saved & { at: string; by: string };
    conflict.value = {
      theirs: { document, revision },
      at,
      by,
      mine: edits.value,
      others: changes(editable(before.document), editable(document)),
    };
    return;
  }
  if (failure.code === 'settings_refused') problems.value = (failure.data as { problems: Problem[] }).problems;
  trouble.value = failure;
}

/** The second admin's choice: theirs alone, or mine on top of theirs. Mine are still to be saved then. */
export function settle(keepMine: boolean): void {
  const met = conflict.value;
  if (!met) return;
  adopt(met.theirs);
  if (keepMine) draft.value = put(draft.value, met.mine);
}

/** What people edit; `portal` the bridge keeps by itself. */
function editable(settings: Settings): Settings {
  const { portal: _, ...rest } = settings;
  return rest;
}

/** Pages that show problems beside what they are of want them also while nothing has been edited. */
export const watched = signal(false);

/** Categories that some condition is about. */
function mentioned({ responsible, fields = [], funnels = [] }: Settings): string[] {
  return [...(responsible?.rules ?? []), ...fields, ...funnels].flatMap(({ when }) => when?.categories ?? []);
}

let checks = 0;

/** Checks the draft in the browser whenever it changes; an older check that ends later does not count. */
effect(() => {
  const settings = draft.value;
  const known = page.value;
  const number = ++checks;
  if (!known || !(isDirty.value || watched.value)) return;
  const portal = inventory(settings, snapshot.value);
  const data = {
    // What the portal has is handed over once, as it is now.
    settings: portal ? { ...settings, portal: { ...settings.portal, users: [], fields: [] } } : settings,
    statuses: known.shop.statuses,
    // All of them may be more than passes into the core.
    categories: categories.value && around(tree.value, mentioned(settings)),
    currencies: [],
    portal,
    links: known.counts.links ?? 0,
    shop_id: known.shop.id,
  };
  ask<Report>('settings.check', data).then(
    (report) => {
      if (number === checks) problems.value = report.problems;
    },
    () => {
      // The shop checks again when it saves.
    },
  );
});
