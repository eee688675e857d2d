// The portal as the draft sees it.

import { computed } from '@preact/signals';
import type { PortalUser } from '../api/actions';
import { asSaved } from './adopted';
import { draft } from './draft';
import { snapshot } from './session';

/** What orders would be sent with if the draft were saved now. */
export const effective = computed(() => asSaved(draft.value, snapshot.value));

/** As the portal has them now; as they are remembered while it does not answer. */
export const users = computed<PortalUser[]>(() => snapshot.value?.users
  ?? (draft.value.portal?.users ?? []).map(({ id = '', name = '', active = true }) => ({ id, name, active })));

export function userOf(id: string): PortalUser | undefined {
  return users.value.find((user) => user.id === id);
}
