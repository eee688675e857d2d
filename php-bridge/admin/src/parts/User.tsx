import type { ComponentChildren } from 'preact';
import type { PortalUser } from '../api/actions';
import { userOf } from '../app/portal';
import { parts } from '../words/parts';
import { words } from '../words/words';

/** The first letters of a user's name: a picture would have to be fetched from the portal. */
export function Avatar({ user }: { user: PortalUser }) {
  const letters = user.name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? '').join('');
  return <span class={`avatar hue-${hue(user.id)}`} aria-hidden="true">{letters.toUpperCase() || '?'}</span>;
}

/** One of the portal's users; who has left it, or is not there any more, says so. */
export function UserChip({ id, children }: { id: string; children?: ComponentChildren }) {
  const say = words(parts);
  const user = userOf(id) ?? { id, name: say.user_number(id), active: true };
  const gone = !userOf(id);
  return (
    <span class={`user-chip${user.active ? '' : ' inactive'}`} data-user={id}>
      <Avatar user={user} />
      <span class="user-name">{user.name || say.user_number(id)}</span>
      {!user.active && <span class="badge">{say.dismissed}</span>}
      {gone && <span class="badge warning">{say.unknown_user}</span>}
      {children}
    </span>
  );
}

const HUES = 6;

function hue(id: string): number {
  return [...id].reduce((sum, letter) => sum * 7 + letter.charCodeAt(0), 0) % HUES;
}
