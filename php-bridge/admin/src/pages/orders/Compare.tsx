import { useEffect, useRef, useState } from 'preact/hooks';
import type { Comparison, Kind } from '../../api/actions';
import { call } from '../../api/call';
import { isConnected, mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { Fold } from '../../parts/Fold';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { Spinner } from '../../parts/Spinner';
import { toast } from '../../parts/Toasts';
import { useCall } from '../../parts/useCall';
import { usePoll } from '../../parts/usePoll';
import { compareWords } from '../../words/compare';
import { ordersWords } from '../../words/orders';
import { moment, number, words } from '../../words/words';
import { CompareForm } from './CompareForm';
import { Differences } from './Differences';

const SOON = 3;
const SHOWN = 200;
const MENDABLE: Kind[] = ['different', 'missing', 'unlinked'];

/** How orders and deals stand to each other: the last result, a new comparison, and mending. */
export function Compare({ onExplain, onChange }: { onExplain: (id: string) => void; onChange: () => Promise<void> }) {
  const say = words(compareWords);
  const { data, trouble, again, set } = useCall(() => call('compare.report', { limit: SHOWN }));
  const works = data !== null && (data.running !== null || data.asked);
  usePoll(again, works ? SOON : null);
  // A comparison of some orders leaves no date behind: that it has ended is said to whoever waited for it.
  const [ended, end] = useState(false);
  const before = useRef(works);
  useEffect(() => {
    if (works !== before.current) end(!works);
    if (before.current && !works) void onChange();
    before.current = works;
  }, [works]);
  const found = data === null ? 0 : sum(data.counts, Object.keys(data.counts) as Kind[]);
  return (
    <Fold
      title={say.title}
      wanted={works}
      state={works ? <span class="badge info">{say.running}</span> : found > 0 && <span class="badge warning">{say.found(found)}</span>}
    >
      <p class="soft">{say.intro}</p>
      {trouble && <TroubleNotice trouble={trouble} />}
      {mayModify.value && isConnected.value && <CompareForm busy={works} onStart={set} />}
      {works && <Spinner text={data.running ? say.progress(data.running.compared, data.running.equal) : say.asked} />}
      <div role="status">{ended && <Notice level={found > 0 ? 'warning' : 'ok'}>{say.ended} {found > 0 ? say.found(found) : say.equal}</Notice>}</div>
      {data && <Result report={data} found={found} quiet={ended} />}
      {data && found > 0 && (
        <>
          {mayModify.value && <RepairAll count={sum(data.counts, MENDABLE)} onReport={(report) => { set(report); void onChange(); }} />}
          <Differences list={data.list} onExplain={onExplain} onReport={(report) => { set(report); void onChange(); }} />
          {found > data.list.length && <p class="soft">{say.first(data.list.length)}</p>}
        </>
      )}
    </Fold>
  );
}

function Result({ report: { last, counts, running }, found, quiet }: { report: Comparison; found: number; quiet: boolean }) {
  const say = words(compareWords);
  const names = words(ordersWords).kinds;
  return (
    <div class="result">
      <p>
        {last ? `${say.last(moment(last.until))} ${say.last_counts(last.counts.compared, last.counts.equal)}` : say.never}
        {last !== null && last.counts.passed > 0 && ` ${say.passed(last.counts.passed)}`}
      </p>
      {last && found === 0 && running === null && !quiet && <Notice level="ok">{say.equal}</Notice>}
      {found > 0 && (
        <ul class="row badges">
          {(Object.keys(counts) as Kind[]).filter((kind) => counts[kind] > 0).map((kind) => (
            <li key={kind} class={`badge ${MENDABLE.includes(kind) ? 'warning' : 'error'}`}>{names[kind].name}: {number(counts[kind])}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function RepairAll({ count, onReport }: { count: number; onReport: (report: Comparison) => void }) {
  const say = words(compareWords);
  const [asking, ask] = useState(false);
  const repair = async () => {
    const { count: repaired, ...report } = await call('compare.repair', {});
    toast(say.repaired(repaired));
    onReport(report);
  };
  if (count === 0) return null;
  return (
    <>
      <div class="buttons"><Button onClick={() => ask(true)}>{say.repair_all(count)}</Button></div>
      {asking && (
        <Confirm title={say.repair_title(count)} action={say.repair_all(count)} onClose={() => ask(false)} onConfirm={repair}>
          <p>{say.repair_text}</p>
        </Confirm>
      )}
    </>
  );
}

function sum(counts: Record<Kind, number>, kinds: Kind[]): number {
  return kinds.reduce((all, kind) => all + (counts[kind] ?? 0), 0);
}
