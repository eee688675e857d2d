import type { Row } from '../../api/actions';
import { call } from '../../api/call';
import { mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { TroubleNotice } from '../../parts/Notice';
import { Outside } from '../../parts/Outside';
import { Spinner } from '../../parts/Spinner';
import { toast } from '../../parts/Toasts';
import { useAction, useCall } from '../../parts/useCall';
import { ordersWords } from '../../words/orders';
import { moment, sentence, words } from '../../words/words';
import { State } from './State';

interface Props {
  id: string;
  name: string;
  onRow: (row: Row) => void;
  onClose: () => void;
}

/** Why an order is where it is: the bridge's own sentences, what has happened to it, and what can be done now. */
export function Explain({ id, name, onRow, onClose }: Props) {
  const say = words(ordersWords);
  const { data, trouble, again } = useCall(() => call('orders.get', { id }), [id]);
  const send = useAction(async () => {
    const { row } = await call('orders.send', { id });
    onRow(row);
    toast(say.sent[row.state]);
    await again();
  });
  const failure = trouble ?? send.trouble;
  return (
    <Dialog title={say.explain.title(name)} onClose={onClose} wide>
      {failure && <TroubleNotice trouble={failure} />}
      {!data && !failure && <Spinner text={say.loading} />}
      {data && (
        <>
          <p class="row">
            <State row={data.row} />
            <Outside href={data.row.order.url}>{say.order_number(name)}</Outside>
            {data.row.deal && <Outside href={data.row.deal.url}>{say.deal_number(data.row.deal.id)}</Outside>}
          </p>
          <ul class="sentences" aria-live="polite">
            {/* What has a time is a line of the journal, and that is below. */}
            {data.explanation.sentences.filter((one) => !one.at).map((one) => (
              <li key={one.code}>
                <p>{sentence(one.message)}</p>
                {one.hint && <p class="hint">{sentence(one.hint)}</p>}
              </li>
            ))}
          </ul>
          {mayModify.value && (
            <div class="buttons">
              <Button kind="primary" busy={send.busy} onClick={send.run}>
                {data.row.state === 'failed' || data.row.state === 'synced' ? say.again : say.send}
              </Button>
            </div>
          )}
          <h4 class="journal-title">{say.explain.journal}</h4>
          {data.journal.length === 0 && <p class="soft">{say.explain.journal_empty}</p>}
          {data.journal.length > 0 && <Journal lines={data.journal} />}
        </>
      )}
    </Dialog>
  );
}

function Journal({ lines }: { lines: { at: string; level: string; message: string; hint: string }[] }) {
  const say = words(ordersWords).explain;
  return (
    <div class="scroll">
      <table class="table journal">
        <thead><tr><th scope="col">{say.when}</th><th scope="col">{say.what}</th></tr></thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={index}>
              <td class="soft">{moment(line.at)}</td>
              <td>
                {say.levels[line.level] && <span class={`badge ${line.level}`}>{say.levels[line.level]}</span>} {sentence(line.message)}
                {line.hint && <p class="hint">{sentence(line.hint)}</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
