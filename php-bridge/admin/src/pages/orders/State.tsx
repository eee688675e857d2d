import type { Row } from '../../api/actions';
import { isWeb } from '../../parts/Outside';
import { page } from '../../app/session';
import { ordersWords } from '../../words/orders';
import { sentence, span, words } from '../../words/words';

const LOOKS = { synced: 'ok', waiting: 'info', failed: 'error', not_sent: '' } as const;

/** How an order stands, in words and a colour. */
export function State({ row }: { row: Row }) {
  const say = words(ordersWords);
  return (
    <span class="row badges">
      {!(row.difference && row.state === 'synced') && <span class={`badge ${LOOKS[row.state]}`}>{say.states[row.state]}</span>}
      {row.difference && <span class="badge warning">{say.differs}</span>}
    </span>
  );
}

/** Why it stands so, and what to do. */
export function Reason({ row }: { row: Row }) {
  const say = words(ordersWords);
  const { reason, difference } = row;
  const tries = [row.attempts > 0 ? say.attempts(row.attempts) : '', row.next_at && row.state === 'waiting' ? say.next(when(row.next_at)) : ''];
  const tried = tries.filter((part) => part !== '').join(', ');
  return (
    <>
      {reason && <p class="reason">{sentence(reason.message)}</p>}
      {reason?.hint && <p class="hint">{sentence(reason.hint)}</p>}
      {difference && <Differing kind={difference.kind} detail={difference.detail} />}
      {tried && <p class="hint">{sentence(tried)}</p>}
    </>
  );
}

export function Differing({ kind, detail }: { kind: NonNullable<Row['difference']>['kind']; detail: string }) {
  const say = words(ordersWords);
  const { name, todo } = say.kinds[kind];
  const stranger = detail === 'order_unknown';
  return (
    <>
      <p class="reason">{name}. {detail !== '' && !stranger && say.detail(named(detail))}</p>
      <p class="hint">{stranger ? say.stranger : todo}</p>
    </>
  );
}

/** Where Bitrix24 shows a deal; '' when nobody knows. */
export function dealUrl(id: string): string {
  const portal = page.value?.connection.portal_url ?? '';
  return isWeb(portal) && /^\d+$/.test(id) ? `${portal.replace(/\/+$/, '')}/crm/deal/details/${id}/` : '';
}

function named(fields: string): string {
  const say = words(ordersWords);
  return fields.split(', ').map((name) => say.fields[name] ?? say.own_field(name)).join(', ');
}

function when(at: string): string {
  const seconds = (Date.parse(at) - Date.now()) / 1000;
  return seconds < 5 ? words(ordersWords).soon : span(seconds);
}
