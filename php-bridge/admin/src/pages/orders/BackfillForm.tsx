import { useEffect, useState } from 'preact/hooks';
import type { Backfill, BackfillRange } from '../../api/actions';
import { Trouble, call } from '../../api/call';
import { Button } from '../../parts/Button';
import { Choice } from '../../parts/Choice';
import { Field } from '../../parts/Field';
import { TroubleNotice } from '../../parts/Notice';
import { useAction } from '../../parts/useCall';
import { useDebounced } from '../../parts/useDebounced';
import { backfillWords } from '../../words/backfill';
import { words } from '../../words/words';

type By = 'date' | 'id' | 'all';

/** Which orders; how many that are is counted before anything can be started. */
export function BackfillForm({ onStart }: { onStart: (status: Backfill) => void }) {
  const say = words(backfillWords);
  const [by, choose] = useState<By>('date');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const range = rangeOf(by, from.trim(), to.trim());
  const wrong = range !== null && backwards(range);
  const asked = useDebounced(range === null || wrong ? '' : JSON.stringify(range), 400);
  const current = range === null || wrong ? '' : JSON.stringify(range);
  const { total, trouble } = useCount(asked);
  const known = asked === current ? total : null;
  const start = useAction(async () => {
    if (range) onStart(await call('backfill.start', range));
  });
  const clear = (next: By) => {
    choose(next);
    setFrom('');
    setTo('');
  };
  const problems = wrong ? [{ code: 'bad_range', level: 'error', path: '', message: say.bad_range, hint: '' }] : [];
  const bound = (label: string, value: string, set: (value: string) => void) => (
    <Field label={label} problems={problems}>
      {(wiring) => (by === 'date'
        ? <input {...wiring} class="input" type="date" value={value} onInput={(event) => set(event.currentTarget.value)} />
        : <input {...wiring} class="input" inputMode="numeric" maxLength={18} value={value} onInput={(event) => set(event.currentTarget.value.replace(/\D/g, ''))} />)}
    </Field>
  );
  return (
    <div class="range">
      <Choice label={say.which} value={by} options={{ date: say.by.date, id: say.by.id, all: say.by.all }} onChange={clear} />
      {by !== 'all' && (
        <div class="bounds">
          {bound(by === 'date' ? say.from_date : say.from_id, from, setFrom)}
          {bound(by === 'date' ? say.to_date : say.to_id, to, setTo)}
          <p class="help">{say.bound_help}</p>
        </div>
      )}
      <p role="status">{range === null ? say.give_range : wrong ? '' : trouble ? '' : known === null ? say.counting : say.counted(known)}</p>
      {trouble && asked === current && <TroubleNotice trouble={trouble} />}
      {start.trouble && <TroubleNotice trouble={start.trouble} />}
      <div class="buttons">
        <Button kind="primary" disabled={!known} busy={start.busy} onClick={start.run}>
          {known ? say.start_counted(known) : say.start}
        </Button>
      </div>
    </div>
  );
}

/** null: nothing has been said yet, and nothing is not everything. */
function rangeOf(by: By, from: string, to: string): BackfillRange | null {
  if (by === 'all') return {};
  if (from === '' && to === '') return null;
  const bounds = by === 'date' ? { from, to } : { from_id: from, to_id: to };
  return Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== ''));
}

function backwards({ from, to, from_id, to_id }: BackfillRange): boolean {
  return Boolean((from && to && from > to) || (from_id && to_id && BigInt(from_id) > BigInt(to_id)));
}

/** Counts whenever the range, as JSON, has changed; an older count that comes later is dropped. */
function useCount(range: string): { total: number | null; trouble: Trouble | null } {
  const [counted, count] = useState<{ total: number | null; trouble: Trouble | null }>({ total: null, trouble: null });
  useEffect(() => {
    count({ total: null, trouble: null });
    if (range === '') return;
    let over = false;
    call('backfill.count', JSON.parse(range) as BackfillRange).then(
      ({ total }) => { if (!over) count({ total, trouble: null }); },
      (failure: unknown) => { if (!over) count({ total: null, trouble: Trouble.of(failure) }); },
    );
    return () => {
      over = true;
    };
  }, [range]);
  return counted;
}
