import type { Comparison, Difference } from '../../api/actions';
import { call } from '../../api/call';
import { mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { TroubleNotice } from '../../parts/Notice';
import { Outside } from '../../parts/Outside';
import { toast } from '../../parts/Toasts';
import { useAction } from '../../parts/useCall';
import { compareWords } from '../../words/compare';
import { ordersWords } from '../../words/orders';
import { words } from '../../words/words';
import { Differing, dealUrl } from './State';

interface Props {
  list: Difference[];
  onExplain: (id: string) => void;
  onReport: (report: Comparison) => void;
}

/** What the comparison has found, order by order: what a push mends, and what only a person can decide. */
export function Differences({ list, onExplain, onReport }: Props) {
  const say = words(compareWords);
  return (
    <div class="scroll">
      <table class="table stacks">
        <thead>
          <tr>
            <th scope="col">{say.columns.order}</th>
            <th scope="col">{say.columns.deals}</th>
            <th scope="col">{say.columns.what}</th>
            <th scope="col">{say.columns.action}</th>
          </tr>
        </thead>
        <tbody>{list.map((one) => <Line key={one.order_id} one={one} onExplain={onExplain} onReport={onReport} />)}</tbody>
      </table>
    </div>
  );
}

function Line({ one, onExplain, onReport }: { one: Difference } & Omit<Props, 'list'>) {
  const say = words(compareWords);
  const orders = words(ordersWords);
  const byHand = one.kind === 'doubled' || one.kind === 'foreign';
  const repair = useAction(async () => {
    const { count, ...report } = await call('compare.repair', { id: one.order_id });
    toast(say.repaired(count));
    onReport(report);
  });
  const again = useAction(async () => onReport(await call('compare.start', { id: one.order_id })));
  const trouble = repair.trouble ?? again.trouble;
  return (
    <tr>
      <th scope="row">
        <button type="button" class="link" aria-label={orders.why_of(one.order_id)} onClick={() => onExplain(one.order_id)}>{say.order_of(one.order_id)}</button>
      </th>
      <td>
        {one.deal_ids.length === 0 && <span class="soft">{orders.no_deal}</span>}
        <ul>{one.deal_ids.map((id) => <li key={id}><Outside href={dealUrl(id)}>{orders.deal_number(id)}</Outside></li>)}</ul>
      </td>
      <td>
        {byHand && <span class="badge error">{say.by_hand}</span>}
        <Differing kind={one.kind} detail={one.detail} />
        {trouble && <TroubleNotice trouble={trouble} />}
      </td>
      <td>
        {one.mend && <span class="badge info">{say.repairing}</span>}
        {mayModify.value && !one.mend && (byHand
          ? <Button busy={again.busy} label={say.again_of(one.order_id)} onClick={again.run}>{say.again}</Button>
          : <Button busy={repair.busy} label={orders.repair_of(one.order_id)} onClick={repair.run}>{orders.repair}</Button>)}
      </td>
    </tr>
  );
}
