import type { Row } from '../../api/actions';
import { mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { Outside } from '../../parts/Outside';
import { ordersWords } from '../../words/orders';
import { moment, money, words } from '../../words/words';
import { Reason, State } from './State';

export interface Doing {
  explain: (row: Row) => void;
  send: (row: Row) => Promise<void>;
  resend: (row: Row) => Promise<void>;
  repair: (row: Row) => Promise<void>;
  /** Order that is being worked on. */
  at: string | null;
}

const MENDABLE = ['different', 'missing', 'unlinked'];

export function LedgerRow({ row, doing }: { row: Row; doing: Doing }) {
  const say = words(ordersWords);
  const { order, deal } = row;
  const name = order.number || order.id;
  const fine = row.state === 'synced' && !row.difference;
  return (
    <>
      <div role="cell" class="of-order">
        <strong><Outside href={order.url}>{say.order_number(name)}</Outside></strong>
        <span class="soft">{moment(order.placed_at)}</span>
        <span class="clip" title={order.buyer}>{order.buyer}</span>
      </div>
      <div role="cell" class="of-status">
        <span>{order.status_name || order.status}</span>
        <span class="sum">{money(order.total, order.currency)}</span>
      </div>
      <div role="cell" class="of-deal">
        {deal ? (
          <>
            <Outside href={deal.url}>{say.deal_number(deal.id)}</Outside>
            <span class="soft">{deal.stage_name || deal.stage}</span>
          </>
        ) : <span class="soft">{say.no_deal}</span>}
      </div>
      <div role="cell" class="of-state">
        <State row={row} />
        <Reason row={row} />
      </div>
      <div role="cell" class="of-actions">
        {mayModify.value && <Act row={row} name={name} doing={doing} />}
        <Button kind="quiet" label={fine ? say.more_of(name) : say.why_of(name)} onClick={() => doing.explain(row)}>{fine ? say.more : say.why}</Button>
      </div>
    </>
  );
}

function Act({ row, name, doing }: { row: Row; name: string; doing: Doing }) {
  const say = words(ordersWords);
  const busy = doing.at === row.order.id;
  if (row.state === 'failed') {
    return <Button busy={busy} label={say.again_of(name)} onClick={() => doing.resend(row)}>{say.again}</Button>;
  }
  if (row.state === 'waiting' || row.state === 'not_sent') {
    return <Button busy={busy} label={say.send_of(name)} onClick={() => doing.send(row)}>{say.send}</Button>;
  }
  if (row.difference && MENDABLE.includes(row.difference.kind)) {
    return <Button busy={busy} label={say.repair_of(name)} onClick={() => doing.repair(row)}>{say.repair}</Button>;
  }
  return null;
}
