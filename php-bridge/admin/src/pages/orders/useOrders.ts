// The ledger as far as it has been scrolled to. It comes page by page; what is looked at is asked for again in place,
// so that neither the scroll nor the rows around jump.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Filter, Ledger, Row } from '../../api/actions';
import { Trouble, call } from '../../api/call';
import { learn, page } from '../../app/session';

const PAGE = 50;
/** Two pages hold whatever window is looked at. */
const WINDOW = 100;

export interface Orders {
  rows: Row[];
  counts: Ledger['counts'] | null;
  hasMore: boolean;
  /** `loading`: nothing to show yet; `more`: the next page is on its way. */
  busy: 'loading' | 'more' | 'again' | null;
  trouble: Trouble | null;
  more: () => Promise<void>;
  /** Asks again for what is around this row. */
  again: (around: number) => Promise<void>;
  put: (row: Row) => void;
}

interface Known {
  rows: Row[];
  next: string | null;
  /** After which row a page ended, and what follows it: `before` of the next page. */
  ends: Map<string, string>;
}

const NOTHING: Known = { rows: [], next: null, ends: new Map() };

export function useOrders(filter: Filter, search: string): Orders {
  const [known, setKnown] = useState<Known | null>(null);
  const [counts, setCounts] = useState<Ledger['counts'] | null>(null);
  const [busy, setBusy] = useState<Orders['busy']>('loading');
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const current = useRef<Known>(NOTHING);
  /** Answers to questions from before the filter changed do not count. */
  const generation = useRef(0);
  const asking = useRef(false);

  const keep = (next: Known) => {
    current.current = next;
    setKnown(next);
  };
  const ask = async (why: NonNullable<Orders['busy']>, before: string | undefined, limit: number, take: (answer: Ledger) => Known) => {
    if (asking.current) return;
    const mine = generation.current;
    asking.current = true;
    setBusy(why);
    try {
      const answer = await call('orders.list', { filter, search: search || undefined, before, limit });
      if (mine !== generation.current) return;
      keep(take(answer));
      setCounts(answer.counts);
      learn({ counts: { ...page.value?.counts, dead: answer.counts.failed ?? 0 } });
      setTrouble(null);
    } catch (failure) {
      if (mine === generation.current) setTrouble(Trouble.of(failure));
    } finally {
      if (mine === generation.current) {
        asking.current = false;
        setBusy(null);
      }
    }
  };
  const more = async () => {
    const { next, rows } = current.current;
    if (next !== null) await ask('more', next, PAGE, (answer) => joined(current.current, rows.length, answer));
  };
  const first = () => ask('loading', undefined, PAGE, (answer) => joined(NOTHING, 0, answer));
  useEffect(() => {
    generation.current++;
    asking.current = false;
    current.current = NOTHING;
    setKnown(null);
    setTrouble(null);
    void first();
  }, [filter, search]);
  // A page may be empty and yet not the last: those that a filter wants lie further back.
  useEffect(() => {
    if (known?.rows.length === 0 && known.next !== null && !busy && !trouble) void more();
  }, [known, busy, trouble]);

  return {
    rows: known?.rows ?? [],
    counts,
    hasMore: known?.next != null,
    busy: known === null && !trouble ? 'loading' : busy,
    trouble,
    more,
    again: async (around) => {
      const { rows, ends } = current.current;
      let start = Math.min(around, rows.length);
      while (start > 0 && !ends.has(rows[start - 1]!.order.id)) start--;
      const before = start > 0 ? ends.get(rows[start - 1]!.order.id) : undefined;
      const limit = start + PAGE < rows.length ? WINDOW : PAGE;
      await ask('again', before, limit, (answer) => joined(current.current, start, answer));
    },
    put: (row) => {
      const { rows, ...rest } = current.current;
      keep({ ...rest, rows: rows.map((other) => (other.order.id === row.order.id ? row : other)) });
    },
  };
}

/**
 * Puts an answer in the place of what was known from `start` on. What follows its last row stays; when that row was
 * not there before, nobody knows what follows, and scrolling will ask for it.
 */
export function joined({ rows, next, ends }: Known, start: number, answer: Ledger): Known {
  const last = answer.rows.at(-1);
  const met = last ? rows.findIndex((row, index) => index >= start && row.order.id === last.order.id) : -1;
  const kept = answer.next === null || met < 0 ? [] : rows.slice(met + 1);
  const fresh = new Set(answer.rows.map((row) => row.order.id));
  const list = [...rows.slice(0, start).filter((row) => !fresh.has(row.order.id)), ...answer.rows, ...kept.filter((row) => !fresh.has(row.order.id))];
  if (last && answer.next !== null) ends = new Map(ends).set(last.order.id, answer.next);
  return { rows: list, next: kept.length > 0 ? next : answer.next, ends };
}
