import type { PortalUser } from '../api/actions';
import { users } from '../app/portal';
import { mayModify } from '../app/session';
import { parts } from '../words/parts';
import { words } from '../words/words';
import { Combo } from './Combo';
import type { Offer } from './List';
import { Avatar, UserChip } from './User';
import { leave } from './focus';

interface Props {
  /** Whose users they are, for screen readers. */
  label: string;
  list: string[];
  /** Their order counts: they can be moved. */
  ordered?: boolean;
  onChange: (list: string[]) => void;
}

/** Several of the portal's users: chips, and a field that adds one more. */
export function UserPicker({ label, list, ordered = false, onChange }: Props) {
  const say = words(parts);
  const swap = (at: number) => {
    const next = [...list];
    [next[at - 1], next[at]] = [next[at]!, next[at - 1]!];
    onChange(next);
  };
  return (
    <div class="picker">
      {list.length > 0 && (
        <ul class="chips" aria-label={label}>
          {list.map((id, at) => (
            <li key={id}>
              <UserChip id={id}>
                {mayModify.value && (
                  <>
                    {ordered && at > 0 && <button type="button" class="chip-button" aria-label={say.earlier(nameOf(id))} onClick={() => swap(at)}>←</button>}
                    <button type="button" class="chip-button" aria-label={say.take_out(nameOf(id))} onClick={(event) => { leave(event.currentTarget, '.picker', 'input'); onChange(list.filter((other) => other !== id)); }}>×</button>
                  </>
                )}
              </UserChip>
            </li>
          ))}
        </ul>
      )}
      {mayModify.value && (
        <Combo
          label={`${say.add_user}: ${label}`}
          placeholder={say.add_user}
          offers={userOffers().filter(({ id }) => !list.includes(id))}
          empty={say.no_users}
          onPick={(id) => onChange([...list, id])}
        />
      )}
    </div>
  );
}

/** Those who work there first; who has left stays to be seen, greyed. */
export function userOffers(): Offer[] {
  const say = words(parts);
  const offer = (user: PortalUser): Offer => ({
    id: user.id,
    label: user.name || say.user_number(user.id),
    note: user.active ? undefined : say.dismissed,
    lead: <Avatar user={user} />,
    disabled: !user.active,
  });
  return [...users.value].sort((one, other) => Number(other.active) - Number(one.active)).map(offer);
}

function nameOf(id: string): string {
  return users.value.find((user) => user.id === id)?.name ?? id;
}
