import { useState } from 'preact/hooks';
import type { Row } from '../../api/actions';
import { Trouble, call } from '../../api/call';
import { errors, isDirty, save } from '../../app/draft';
import type { Sample } from '../../app/sample';
import { mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { Outside } from '../../parts/Outside';
import { useAction, useCall } from '../../parts/useCall';
import { preview } from '../../words/preview';
import { sentence, words } from '../../words/words';

const LEVELS = { synced: 'ok', waiting: 'warning', failed: 'error', not_sent: 'info' } as const;

/** Sends the order that is looked at, and says what became of it. */
export function Send({ sample, refused }: { sample: Sample; refused: boolean }) {
  const say = words(preview);
  const known = useCall(() => call('orders.get', { id: sample.id }), [sample.id]);
  const [asking, ask] = useState(false);
  const [sent, know] = useState<Row | null>(null);
  const send = async () => know((await call('orders.send', { id: sample.id })).row);
  const { busy, trouble, run } = useAction(send);
  const wrong = isDirty.value && errors.value.length > 0;
  const deal = sent?.deal ?? known.data?.row.deal ?? null;
  const saveAndSend = async () => {
    if (!(await save())) throw new Trouble('not_saved', say.save_failed, say.save_failed_hint);
    await send();
  };
  return (
    <div class="send" aria-live="polite">
      {deal && !sent && <p>{say.has_deal} <Outside href={deal.url}>{say.deal(deal.id)}</Outside> <span class="badge">{deal.stage_name || deal.stage}</span></p>}
      {sent && <Result row={sent} />}
      {trouble && <TroubleNotice trouble={trouble} />}
      {mayModify.value && (
        <>
          <Button kind="primary" busy={busy} disabled={refused || wrong} onClick={() => (isDirty.value ? ask(true) : run())}>{say.send}</Button>
          <p class={wrong ? 'warning-text' : 'help'}>{wrong ? say.mend_first : say.send_help}</p>
        </>
      )}
      {asking && (
        <Confirm title={say.save_first} action={say.save_and_send} onConfirm={saveAndSend} onClose={() => ask(false)}>
          <p>{say.save_first_text}</p>
        </Confirm>
      )}
    </div>
  );
}

function Result({ row }: { row: Row }) {
  const say = words(preview);
  const reason = row.state === 'synced' ? null : row.reason;
  return (
    <Notice level={LEVELS[row.state]} hint={reason ? sentence(reason.hint) : undefined}>
      {say.sent[row.state]}{reason ? `. ${sentence(reason.message)}` : ''}
      {row.deal && <> <Outside href={row.deal.url}>{say.deal(row.deal.id)}</Outside></>}
    </Notice>
  );
}
