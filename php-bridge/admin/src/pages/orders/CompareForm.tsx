import { useState } from 'preact/hooks';
import type { Comparison } from '../../api/actions';
import { call } from '../../api/call';
import { Button } from '../../parts/Button';
import { Choice } from '../../parts/Choice';
import { Field } from '../../parts/Field';
import { TroubleNotice } from '../../parts/Notice';
import { useAction } from '../../parts/useCall';
import { backfillWords } from '../../words/backfill';
import { compareWords } from '../../words/compare';
import { words } from '../../words/words';

type By = 'month' | 'dates' | 'one';

export function CompareForm({ busy, onStart }: { busy: boolean; onStart: (report: Comparison) => void }) {
  const say = words(compareWords);
  const [by, choose] = useState<By>('month');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [id, setId] = useState('');
  const wrong = by === 'dates' && from !== '' && to !== '' && from > to;
  const given = by === 'month' ? {} : by === 'dates' ? { from, to } : { id: id.trim() };
  const complete = by === 'month' || (by === 'dates' ? from !== '' && !wrong : id.trim() !== '');
  const start = useAction(async () => onStart(await call('compare.start', given)));
  const problems = wrong ? [{ code: 'bad_range', level: 'error', path: '', message: words(backfillWords).bad_range, hint: '' }] : [];
  return (
    <div class="range">
      <Choice label={say.which} value={by} options={{ month: say.by.month, dates: say.by.dates, one: say.by.one }} onChange={choose} />
      {by === 'dates' && (
        <div class="bounds">
          <Field label={say.from_date} problems={problems}>
            {(wiring) => <input {...wiring} class="input" type="date" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />}
          </Field>
          <Field label={say.to_date} problems={problems}>
            {(wiring) => <input {...wiring} class="input" type="date" value={to} onInput={(event) => setTo(event.currentTarget.value)} />}
          </Field>
        </div>
      )}
      {by === 'one' && (
        <div class="bounds">
          <Field label={say.id}>
            {(wiring) => <input {...wiring} class="input" inputMode="numeric" maxLength={64} value={id} onInput={(event) => setId(event.currentTarget.value)} />}
          </Field>
        </div>
      )}
      {start.trouble && <TroubleNotice trouble={start.trouble} />}
      <div class="buttons"><Button kind="primary" disabled={!complete} busy={start.busy || busy} onClick={start.run}>{say.start}</Button></div>
    </div>
  );
}
