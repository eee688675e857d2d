import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { effective } from '../app/portal';
import { sample } from '../app/sample';
import { page } from '../app/session';
import { ask } from '../core/core';
import { templates } from '../words/templates';
import { words } from '../words/words';
import { values } from './probe';

export interface Word {
  name: string;
  meaning: string;
  /** What it says in the sample order. */
  value: string;
}

export interface Vocabulary {
  fields: Word[];
  filters: Word[];
}

/** What the core knows; it says so itself. */
const known = signal<{ fields: string[]; filters: string[] } | null>(null);

/** The fields and filters of templates, with what they are and what the sample order has of them. */
export function useVocabulary(): Vocabulary {
  const say = words(templates);
  const order = sample.value?.order;
  const [said, tell] = useState(new Map<string, string>());
  useEffect(() => {
    if (known.value) return;
    // Without the core there is nothing to complete; templates can be typed all the same.
    ask<{ fields: string[]; filters: string[] }>('core.describe', {}).then((told) => { known.value = told; }, () => undefined);
  }, []);
  const extra = Object.keys(order?.extra ?? {}).map((name) => `extra.${name}`);
  const names = [...(known.value?.fields ?? []), ...extra];
  useEffect(() => {
    if (!order || names.length === 0) return;
    let late = false;
    values(order, names, effective.value, page.value?.shop.offset ?? '+00:00').then((found) => late || tell(found), () => undefined);
    return () => {
      late = true;
    };
  }, [order, known.value]);
  const meaning = (name: string) => say.fields[name] ?? (name.startsWith('extra.') ? say.extra(name.slice(6)) : name);
  return {
    fields: names.map((name) => ({ name, meaning: meaning(name), value: said.get(name) ?? '' })),
    filters: (known.value?.filters ?? []).map((name) => ({ name, meaning: say.filter_help[name] ?? '', value: '' })),
  };
}
