// Fields of the portal and their values as people read them there.

import type { PortalField, Snapshot } from '../api/actions';
import type { Of } from './adopted';
import { draft } from './draft';
import type { Field } from '../core/types';
import { preview } from '../words/preview';
import { money, words } from '../words/words';
import { userOf } from './portal';

/** As the portal has it; as it is remembered while the portal does not answer. */
export function fieldOf(portal: Snapshot | null, of: Of, name: string): PortalField | undefined {
  if (portal) return portal.fields[of].find((field) => field.name === name);
  const kept = draft.value.portal?.fields?.find((field) => (field.of ?? 'deal') === of && field.name === name);
  if (!kept) return undefined;
  const { upper_name, title = '', kind = '', multiple, read_only, items = [] } = kept;
  return { name, upper_name, title, type: kind, multiple, read_only, items: items.map(({ id = '', value = '' }) => ({ id, value })) };
}

export function titleOf(portal: Snapshot | null, of: Of, name: string): string {
  return words(preview).fields[name] ?? (fieldOf(portal, of, name)?.title || name);
}

/** What is sent, in the words of the portal: «Курьер» and not 31. */
export function valueOf(portal: Snapshot | null, of: Of, field: Field): string {
  const about = fieldOf(portal, of, field.name);
  const one = (value: string) => readable(value, about);
  return about?.multiple ? field.value.split('\n').map(one).join(', ') : one(field.value);
}

export function readable(value: string, about: PortalField | undefined): string {
  const say = words(preview);
  switch (about?.type) {
    case 'enumeration':
    case 'crm_status':
      return about.items?.find((item) => item.id === value)?.value ?? value;
    case 'boolean':
    case 'char':
      return value === 'Y' ? say.yes : value === 'N' ? say.no : value;
    case 'employee':
    case 'user':
      return userOf(value)?.name ?? value;
    case 'money': {
      const [amount = '', currency = ''] = value.split('|');
      return value === '' ? '' : money(amount, currency);
    }
    case 'date':
      return value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3.$2.$1');
    default:
      return value;
  }
}
