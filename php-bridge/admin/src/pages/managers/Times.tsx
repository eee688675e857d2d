import { useRef } from 'preact/hooks';
import { draft, edit, problemsAt } from '../../app/draft';
import { mayModify, page } from '../../app/session';
import type { SettingsResponsible } from '../../core/types';
import { Button } from '../../parts/Button';
import { Fold } from '../../parts/Fold';
import { managers } from '../../words/managers';
import { words } from '../../words/words';
import { AbsenceRow, HoursRow } from './TimeRows';

/** When managers work and when they are away. */
export function Times() {
  const say = words(managers);
  const { hours = [], absences = [] } = draft.value.responsible ?? {};
  const set = (change: Partial<SettingsResponsible>) => edit((settings) => {
    settings.responsible = { ...settings.responsible, ...change };
  });
  const hoursBox = useRef<HTMLElement>(null);
  const absencesBox = useRef<HTMLElement>(null);
  const state = say.times_state(hours.length, absences.length);
  const wrong = [...problemsAt('/responsible/hours'), ...problemsAt('/responsible/absences')].length > 0;
  return (
    <Fold title={say.times} state={state && <span class="badge info">{state}</span>} wanted={wrong}>
      <section aria-labelledby="hours-title" ref={hoursBox}>
        <h4 id="hours-title">{say.hours}</h4>
        <p class="help">{say.hours_help(page.value?.shop.offset ?? '')}</p>
        <ul class="time-rows">
          {hours.map((row, at) => (
            <HoursRow
              key={at}
              row={row}
              at={at}
              onChange={(change) => set({ hours: hours.map((other, index) => (index === at ? { ...other, ...change } : other)) })}
              onRemove={() => {
                toAdding(hoursBox.current);
                set({ hours: hours.filter((_, index) => index !== at) });
              }}
            />
          ))}
        </ul>
        {mayModify.value && <Button onClick={() => set({ hours: [...hours, { users: [], days: '12345', from: '09:00', to: '18:00' }] })}>+ {say.hours_add}</Button>}
      </section>
      <section aria-labelledby="absences-title" class="time-part" ref={absencesBox}>
        <h4 id="absences-title">{say.absences}</h4>
        <p class="help">{say.absences_help}</p>
        <ul class="time-rows">
          {absences.map((row, at) => (
            <AbsenceRow
              key={at}
              row={row}
              at={at}
              onChange={(change) => set({ absences: absences.map((other, index) => (index === at ? { ...other, ...change } : other)) })}
              onRemove={() => {
                toAdding(absencesBox.current);
                set({ absences: absences.filter((_, index) => index !== at) });
              }}
            />
          ))}
        </ul>
        {mayModify.value && <Button onClick={() => set({ absences: [...absences, { user: '', from: today(), to: '' }] })}>+ {say.absence_add}</Button>}
      </section>
    </Fold>
  );
}

/** A row that is taken away would take the focus with it. */
function toAdding(box: HTMLElement | null): void {
  box?.querySelector<HTMLElement>(':scope > button')?.focus();
}

/** By the admin's own calendar. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
