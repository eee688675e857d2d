import { useRef, useState } from 'preact/hooks';
import type { Filter, Row } from '../../api/actions';
import { Trouble, call } from '../../api/call';
import { href, route } from '../../app/route';
import { isConnected } from '../../app/session';
import { Button } from '../../parts/Button';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { Spinner } from '../../parts/Spinner';
import { toast } from '../../parts/Toasts';
import { useDebounced } from '../../parts/useDebounced';
import { usePoll } from '../../parts/usePoll';
import { ordersWords } from '../../words/orders';
import { compareWords } from '../../words/compare';
import { words } from '../../words/words';
import { Backfill } from './Backfill';
import { Compare } from './Compare';
import { Explain } from './Explain';
import { Ledger } from './Ledger';
import type { Doing } from './LedgerRow';
import { useOrders } from './useOrders';
import { FILTERS, Toolbar } from './Toolbar';

/** Seconds between two looks, while something waits and while nothing does. */
const SOON = 5;
const LATER = 30;

export function Orders() {
  const say = words(ordersWords);
  const filter = filterOf(route.value.rest);
  const [typed, type] = useState('');
  const search = useDebounced(typed.trim(), 300);
  const orders = useOrders(filter, search);
  const [explained, explain] = useState<{ id: string; name: string } | null>(null);
  const [refreshing, setRefreshing] = useState(false);
  const first = useRef(0);
  const { rows, counts, busy, trouble } = orders;
  const again = () => orders.again(first.current);
  usePoll(again, (counts?.waiting ?? 0) > 0 ? SOON : LATER);
  const refresh = async () => {
    setRefreshing(true);
    await again();
    setRefreshing(false);
  };
  const doing = useDoing(orders.put, again, explain);
  const looking = rows.length === 0 && (busy === 'loading' || orders.hasMore) && !trouble;
  const nothing = rows.length === 0 && !looking && !trouble;

  return (
    <div class="orders">
      <p class="soft">{say.intro}</p>
      {!isConnected.value && (
        <Notice level="warning">{say.connect} <a href={href('connect')}>{say.connect_link}</a></Notice>
      )}
      <Toolbar filter={filter} counts={counts} search={typed} onSearch={type} onRefresh={refresh} refreshing={refreshing} />
      {doing.trouble && <TroubleNotice trouble={doing.trouble} />}
      {trouble && !(rows.length > 0 && orders.hasMore) && <TroubleNotice trouble={trouble} />}
      <p class="hidden" role="status">{looking ? say.loading : nothing ? say.nothing_found : say.found(shown(filter, search, counts, rows.length), search !== '' && orders.hasMore)}</p>
      <section class="card ledger-card">
        {looking && <div class="empty"><Spinner text={say.loading} /></div>}
        {nothing && (
          <div class="empty">
            <p>{search === '' ? say.empty[filter] : say.nothing_found}</p>
            {search !== '' && <Button onClick={() => type('')}>{say.clear_search}</Button>}
          </div>
        )}
        {rows.length > 0 && (
          <Ledger
            key={`${filter} ${search}`}
            orders={orders}
            doing={doing}
            total={search === '' ? counts?.[filter] ?? null : orders.hasMore ? null : rows.length}
            onLook={(index) => { first.current = index; }}
          />
        )}
      </section>
      <Backfill onChange={again} />
      <Compare onExplain={(id) => explain({ id, name: id })} onChange={again} />
      {explained && <Explain {...explained} onRow={orders.put} onClose={() => explain(null)} />}
    </div>
  );
}

/** What the buttons of a row do. */
function useDoing(put: (row: Row) => void, again: () => Promise<void>, explain: (order: { id: string; name: string }) => void): Doing & { trouble: Trouble | null } {
  const say = words(ordersWords);
  const [at, setAt] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const work = async (row: Row, action: (id: string) => Promise<string>) => {
    setAt(row.order.id);
    setTrouble(null);
    try {
      toast(await action(row.order.id));
      await again();
    } catch (failure) {
      setTrouble(Trouble.of(failure));
    } finally {
      setAt(null);
    }
  };
  return {
    at,
    trouble,
    explain: ({ order }) => explain({ id: order.id, name: order.number || order.id }),
    send: (row) => work(row, async (id) => {
      const sent = (await call('orders.send', { id })).row;
      put(sent);
      return say.sent[sent.state];
    }),
    resend: (row) => work(row, async (id) => say.queued((await call('orders.resend', { ids: [id] })).count)),
    repair: (row) => work(row, async (id) => words(compareWords).repaired((await call('compare.repair', { id })).count)),
  };
}

function shown(filter: Filter, search: string, counts: Record<Filter, number | null> | null, loaded: number): number {
  return search === '' ? counts?.[filter] ?? loaded : loaded;
}

/** `filter=failed`, from the address. */
function filterOf(rest: string): Filter {
  const asked = new URLSearchParams(rest).get('filter');
  return FILTERS.find((name) => name === asked) ?? 'all';
}
