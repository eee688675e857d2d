// The portal's part of the settings, as the core writes it when they are saved. What the browser's core is asked about
// has to know the portal as it is now, and what the draft has only just begun to use. Pure.

import type { PortalField as Found, PortalUser, Snapshot } from '../api/actions';
import type { PortalField, Settings } from '../core/types';

export type Of = 'deal' | 'contact' | 'company';
export const OF: Of[] = ['deal', 'contact', 'company'];

/** The settings with the portal that they would be saved with. */
export function asSaved(settings: Settings, portal: Snapshot | null): Settings {
  if (!portal) return settings;
  const ours = new Set([settings.funnel?.id, ...(settings.funnels ?? []).map((funnel) => funnel.id)]);
  const stages = portal.funnels.filter((funnel) => ours.has(funnel.id)).flatMap((funnel) => funnel.stages);
  return {
    ...settings,
    portal: {
      owner: settings.portal?.owner ?? '',
      users: peopleIn(settings, portal.users),
      stages: stages.map(({ id, name, semantics }) => ({ id, name, semantics })),
      fields: fieldsIn(settings, portal),
    },
  };
}

/**
 * What a check needs of the portal: all that is in use, and of each kind of field one more, which tells that the list
 * is there. The whole of it can be more than passes into the core.
 */
export function inventory(settings: Settings, portal: Snapshot | null): object | null {
  if (!portal) return null;
  const samples = OF.flatMap((of) => portal.fields[of].slice(0, 1).map((field) => asKept(of, { ...field, items: [] })));
  const used = fieldsIn(settings, portal);
  const more = samples.filter((one) => !used.some((other) => other.of === one.of && other.name === one.name));
  const { users, funnels, currencies } = portal;
  return { users: peopleIn(settings, users), funnels, currencies, fields: [...used, ...more] };
}

/** A field of the portal as the settings keep it. */
export function asKept(of: Of, field: Found): PortalField {
  return {
    of,
    name: field.name,
    upper_name: field.upper_name ?? '',
    title: field.title,
    kind: field.type,
    multiple: field.multiple ?? false,
    read_only: field.read_only ?? false,
    items: field.items ?? [],
  };
}

/** Bytes of users that go with every order, as in the shop. */
const PEOPLE = 64 * 1024;
const utf8 = new TextEncoder();
const bytes = (value: unknown) => utf8.encode(JSON.stringify(value)).length;

/** The users whom the settings name, and of the others as many as fit: those who have left, and then the rest. */
export function peopleIn({ responsible }: Settings, all: PortalUser[]): PortalUser[] {
  const users = all.map(({ id, name, active }) => ({ id, name, active }));
  if (bytes(users) <= PEOPLE) return users;
  const { fallback, rules = [], hours = [], absences = [] } = responsible ?? {};
  const wanted = new Set([fallback, ...[...rules, ...hours].flatMap((row) => row.users ?? []), ...absences.map((row) => row.user)]);
  const kept = users.filter(({ id }) => wanted.has(id));
  const others = users.filter(({ id }) => !wanted.has(id));
  const left = others.filter(({ active }) => !active).map((user) => ({ ...user, name: '' }));
  let room = PEOPLE - bytes(kept);
  for (const user of [...left, ...others.filter(({ active }) => active)]) {
    room -= bytes(user) + 1;
    if (room < 0) break;
    kept.push(user);
  }
  return kept;
}

/** The fields that the settings fill. */
function fieldsIn(settings: Settings, portal: Snapshot): PortalField[] {
  const rows = settings.fields ?? [];
  return OF.flatMap((of) => portal.fields[of]
    .filter((field) => rows.some((row) => (row.of ?? 'deal') === of && row.field === field.name))
    .map((field) => asKept(of, field)));
}
