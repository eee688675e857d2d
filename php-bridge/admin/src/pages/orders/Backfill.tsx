import { useEffect, useRef, useState } from 'preact/hooks';
import type { Backfill as Status, BackfillRun } from '../../api/actions';
import { call } from '../../api/call';
import { href } from '../../app/route';
import { isConnected, mayModify, page } from '../../app/session';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { Fold } from '../../parts/Fold';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { useAction, useCall } from '../../parts/useCall';
import { usePoll } from '../../parts/usePoll';
import { backfillWords } from '../../words/backfill';
import { duration, language, moment, number, words } from '../../words/words';
import { BackfillForm } from './BackfillForm';

const SOON = 3;

/** Sending the orders from before: closed until somebody wants it, open while one is under way. */
export function Backfill({ onChange }: { onChange: () => Promise<void> }) {
  const say = words(backfillWords);
  const { data, trouble, again, set } = useCall(() => call('backfill.status'));
  const isOpen = data?.state === 'running' || data?.state === 'paused';
  usePoll(again, data?.state === 'running' ? SOON : null);
  const before = useRef(data?.state);
  useEffect(() => {
    if (before.current === 'running' && data?.state !== 'running') void onChange();
    before.current = data?.state;
  }, [data?.state]);
  return (
    <Fold title={say.title} wanted={isOpen} state={data && data.state !== 'none' && <Mark run={data} />}>
      <p class="soft">{say.intro}</p>
      {trouble && <TroubleNotice trouble={trouble} />}
      {data && data.state !== 'none' && <Run run={data} onStatus={set} />}
      {data && !isOpen && mayModify.value && isConnected.value && (
        <BackfillForm
          onStart={(status) => {
            set(status);
            void onChange();
          }}
        />
      )}
    </Fold>
  );
}

function Mark({ run }: { run: BackfillRun }) {
  const say = words(backfillWords);
  const look = { running: 'info', paused: 'warning', finished: 'ok', cancelled: '' }[run.state];
  const isOpen = run.state === 'running' || run.state === 'paused';
  return <span class={`badge ${look}`}>{say.states[run.state]}{isOpen && `, ${percent(run)}`}</span>;
}

function Run({ run, onStatus }: { run: BackfillRun; onStatus: (status: Status) => void }) {
  const say = words(backfillWords);
  const [asking, ask] = useState(false);
  const act = useAction(async (action: 'backfill.pause' | 'backfill.resume') => onStatus(await call(action)));
  const isOpen = run.state === 'running' || run.state === 'paused';
  const text = say.done_of(run.done + run.failed, run.total, percent(run));
  const silent = run.state === 'running' && page.value?.alerts.some((alert) => alert.code === 'cron_missing');
  return (
    <div class="backfill-run">
      {isOpen && (
        <>
          <progress class="progress" max={run.total} value={run.done + run.failed} aria-label={say.progress} aria-valuetext={text}>{text}</progress>
          <p class="progress-text">{text}</p>
        </>
      )}
      {run.state === 'finished' && (
        <Notice level={run.failed > 0 ? 'warning' : 'ok'}>
          {run.failed > 0 ? say.finished_failed(run.done, run.failed) : say.finished(run.done)}
        </Notice>
      )}
      {run.state === 'cancelled' && <Notice level="info">{say.cancelled(run.done, run.total)}</Notice>}
      {run.held && <Notice level={run.held.stopped ? 'error' : 'warning'} hint={run.held.hint}>{run.held.message}</Notice>}
      {silent && <Notice level="warning">{say.no_cron} <a href={href('health')}>{say.no_cron_link}</a></Notice>}
      <Figures run={run} />
      {act.trouble && <TroubleNotice trouble={act.trouble} />}
      {isOpen && mayModify.value && (
        <div class="buttons">
          {run.state === 'running' && <Button busy={act.busy} onClick={() => act.run('backfill.pause')}>{say.pause}</Button>}
          {run.state === 'paused' && <Button kind="primary" busy={act.busy} onClick={() => act.run('backfill.resume')}>{say.resume}</Button>}
          <Button kind="danger" disabled={act.busy} onClick={() => ask(true)}>{say.cancel}</Button>
        </div>
      )}
      {asking && (
        <Confirm
          title={say.cancel_title}
          action={say.cancel}
          danger
          onClose={() => ask(false)}
          onConfirm={async () => onStatus(await call('backfill.cancel'))}
        >
          <p>{say.cancel_text(run.done, run.left)}</p>
        </Confirm>
      )}
    </div>
  );
}

function Figures({ run }: { run: BackfillRun }) {
  const say = words(backfillWords);
  const isOpen = run.state === 'running' || run.state === 'paused';
  const rate = run.rate === null ? null : new Intl.NumberFormat(language(), { maximumFractionDigits: 1 }).format(run.rate);
  return (
    <dl class="facts">
      {run.state === 'running' && <><dt>{say.rate}</dt><dd>{rate === null ? say.rate_unknown : say.rate_of(rate)}</dd></>}
      {isOpen && (
        <>
          <dt>{say.remaining}</dt>
          <dd>{run.remaining_seconds === null ? say.remaining_unknown(run.left) : say.remaining_of(duration(run.remaining_seconds), run.left)}</dd>
        </>
      )}
      {run.retrying > 0 && <><dt>{say.retrying}</dt><dd>{number(run.retrying)}</dd></>}
      {run.failed > 0 && <><dt>{say.failed}</dt><dd>{number(run.failed)} · <a href={href('orders', 'filter=failed')}>{say.show_failed}</a></dd></>}
      <dt>{say.started}</dt><dd>{moment(run.started)}</dd>
      {run.ended && <><dt>{say.ended}</dt><dd>{moment(run.ended)}</dd></>}
    </dl>
  );
}

function percent({ done, failed, total }: BackfillRun): string {
  // Never 100 before it is: the last order may be the slow one.
  const part = total === 0 ? 0 : Math.floor(((done + failed) / total) * 100);
  return new Intl.NumberFormat(language(), { style: 'percent' }).format(part / 100);
}
