// What templates make of an order: asked of the core, which alone knows. One preview answers for all of them: each
// stands in a field of its own that only this question has.

import { shopTime } from '../app/clock';
import { consult } from '../core/core';
import type { Field, Mapping, Order, PortalField, Preview, Settings } from '../core/types';

export interface Outcome {
  /** What the template says. */
  text: string;
  /** What of it the field takes, as it would be sent. */
  sent: string;
  /** Whether the order fits the condition. */
  fits: boolean;
}

const own = (kind: string, index: number) => `ufCrmProbe${kind}${index}`;

/** @param known what the portal says of each row's field */
export async function probe(order: Order, rows: Mapping[], known: (PortalField | undefined)[], settings: Settings, offset: string): Promise<Outcome[]> {
  const fields: Mapping[] = [];
  const about: PortalField[] = [];
  rows.forEach((row, index) => {
    const template = row.template ?? '';
    fields.push({ of: 'deal', field: own('T', index), template }, { of: 'deal', field: own('F', index), template: '1', when: row.when });
    const field = known[index];
    if (!field) return;
    fields.push({ of: 'deal', field: own('S', index), template });
    about.push({ ...field, of: 'deal', name: own('S', index) });
  });
  const asked: Settings = { ...settings, fields, portal: { ...settings.portal, fields: about } };
  const { data } = await consult<Preview>('order.preview', { order }, asked, shopTime(offset));
  const said = new Map(data.deal.map((field: Field) => [field.name, field.value]));
  return rows.map((_, index) => {
    const text = said.get(own('T', index)) ?? '';
    return { text, sent: known[index] ? said.get(own('S', index)) ?? '' : text, fits: said.get(own('F', index)) === '1' };
  });
}

/** What each of these fields of the order says; `lines.names`, `extra.when`. */
export async function values(order: Order, names: string[], settings: Settings, offset: string): Promise<Map<string, string>> {
  const rows = names.map((name) => ({ template: `{${name}|cut:200}` }));
  const found = await probe(order, rows, [], settings, offset);
  return new Map(names.map((name, index) => [name, found[index]?.text ?? '']));
}
