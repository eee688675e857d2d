import { useRef } from 'preact/hooks';
import { problemsAt } from '../../app/draft';
import { mayModify } from '../../app/session';
import type { Absence, Hours } from '../../core/types';
import { Button } from '../../parts/Button';
import { Combo } from '../../parts/Combo';
import { Field, Problems } from '../../parts/Field';
import { UserChip } from '../../parts/User';
import { UserPicker, userOffers } from '../../parts/UserPicker';
import { managers } from '../../words/managers';
import { words } from '../../words/words';

interface Props<Row> {
  row: Row;
  at: number;
  onChange: (change: Partial<Row>) => void;
  onRemove: () => void;
}

export function HoursRow({ row, at, onChange, onRemove }: Props<Hours>) {
  const say = words(managers);
  const name = say.hours_row(at + 1);
  const { users = [], days = '', from = '', to = '' } = row;
  const flip = (day: string) => {
    const next = days.includes(day) ? days.replace(day, '') : days + day;
    onChange({ days: [...next].sort().join('') });
  };
  return (
    <li class="time-row" aria-label={name}>
      <UserPicker label={name} list={users} onChange={(list) => onChange({ users: list })} />
      <div class="row">
        <fieldset class="days">
          <legend class="hidden">{`${say.days}: ${name}`}</legend>
          {say.day_names.map((label, index) => {
            const day = String(index + 1);
            return (
              <label key={day} class="day">
                <input type="checkbox" checked={days.includes(day)} disabled={!mayModify.value} onChange={() => flip(day)} />
                <span>{label}</span>
              </label>
            );
          })}
        </fieldset>
        {(['from', 'to'] as const).map((end) => (
          <label key={end} class="row nowrap time">
            {say[end]}
            <input
              type="time"
              class="input"
              aria-label={`${say[end]}: ${name}`}
              value={end === 'from' ? from : to}
              disabled={!mayModify.value}
              onInput={(event) => onChange({ [end]: event.currentTarget.value })}
            />
          </label>
        ))}
        {to !== '' && from !== '' && to <= from && to !== '00:00' && <span class="soft">{say.next_day}</span>}
        {mayModify.value && <Button kind="quiet" label={`${say.remove_row}: ${name}`} onClick={onRemove}>×</Button>}
      </div>
      <Problems list={problemsAt(`/responsible/hours/${at}`)} />
    </li>
  );
}

export function AbsenceRow({ row, at, onChange, onRemove }: Props<Absence>) {
  const say = words(managers);
  const name = say.absence_row(at + 1);
  const { user = '', from = '', to = '' } = row;
  const box = useRef<HTMLLIElement>(null);
  // Chip and field take each other's place; the focus stays with what is there.
  const take = (id: string) => {
    onChange({ user: id });
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('.absence-who button, .absence-who input')?.focus());
  };
  const problems = problemsAt(`/responsible/absences/${at}`)
    .map((problem) => (user === '' && problem.path.endsWith('/user') ? { ...problem, message: `${say.fallback_pick}.`, hint: '' } : problem));
  return (
    <li class="time-row" aria-label={name} ref={box}>
      <div class="row absence">
        <div class="absence-who">
          {user === '' ? (
            <Combo label={`${say.who}: ${name}`} placeholder={say.fallback_pick} offers={userOffers()} disabled={!mayModify.value} onPick={take} />
          ) : (
            <UserChip id={user}>
              {mayModify.value && <button type="button" class="chip-button" aria-label={`${say.fallback_pick}: ${name}`} onClick={() => take('')}>×</button>}
            </UserChip>
          )}
        </div>
        <Field label={say.first_day}>
          {(wiring) => <input type="date" class="input" {...wiring} value={from} disabled={!mayModify.value} onInput={(event) => onChange({ from: event.currentTarget.value })} />}
        </Field>
        <Field label={say.last_day}>
          {(wiring) => <input type="date" class="input" {...wiring} value={to} min={from} disabled={!mayModify.value} onInput={(event) => onChange({ to: event.currentTarget.value })} />}
        </Field>
        {mayModify.value && <Button kind="quiet" label={`${say.remove_row}: ${name}`} onClick={onRemove}>×</Button>}
      </div>
      <Problems list={problems} />
    </li>
  );
}
