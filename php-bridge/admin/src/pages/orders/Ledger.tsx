import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { TroubleNotice } from '../../parts/Notice';
import { Spinner } from '../../parts/Spinner';
import { useVirtual } from '../../parts/useVirtual';
import { frame } from '../../words/frame';
import { ordersWords } from '../../words/orders';
import { words } from '../../words/words';
import { type Doing, LedgerRow } from './LedgerRow';
import type { Orders } from './useOrders';

/** Rows from the end at which the next page is asked for. */
const AHEAD = 15;
const COLUMNS = ['order', 'status', 'deal', 'state', 'actions'] as const;

interface Props {
  orders: Orders;
  doing: Doing;
  /** How many there are in all, where that is known. */
  total: number | null;
  /** Told which row is the first that is looked at. */
  onLook: (first: number) => void;
}

/** The list itself: a table for screen readers, rows or cards for the eye, and only those drawn that can be seen. */
export function Ledger({ orders, doing, total, onLook }: Props) {
  const say = words(ordersWords);
  const { rows, hasMore, busy, trouble, more } = orders;
  const box = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const held = focused === null ? -1 : rows.findIndex((row) => row.order.id === focused);
  const virtual = useVirtual({ count: rows.length, box, keyOf: (index) => rows[index]?.order.id ?? String(index), height: 88, held });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;

  useEffect(() => {
    onLook(virtual.range?.startIndex ?? 0);
    if (hasMore && !busy && !trouble && last >= rows.length - AHEAD) void more();
  });
  // A row that leaves the list while the focus is in it must not throw the reader back to the top of the page.
  useLayoutEffect(() => {
    if (focused === null || held >= 0) return;
    setFocused(null);
    const root = box.current?.getRootNode() as ShadowRoot | undefined;
    if (!root?.activeElement) box.current?.focus({ preventScroll: true });
  }, [focused, held]);
  const track = (event: FocusEvent) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-order]');
    setFocused(row?.dataset.order ?? null);
  };

  return (
    <div class="ledger" ref={box} tabIndex={0} role="region" aria-label={say.list} onFocusIn={track} onFocusOut={(event) => {
      // Removed rows lose the focus to nobody; only a real step elsewhere counts.
      if (event.relatedTarget) setFocused(null);
    }}>
      <div role="table" aria-label={say.list} aria-rowcount={total === null ? -1 : total + 1} aria-busy={busy === 'loading' || undefined}>
        <div role="rowgroup" class="ledger-head">
          <div role="row" aria-rowindex={1} class="ledger-row">
            {COLUMNS.map((name) => <div key={name} role="columnheader">{say.columns[name]}</div>)}
          </div>
        </div>
        <div role="rowgroup" class="ledger-body" style={{ height: `${virtual.getTotalSize()}px` }}>
          {items.map(({ index, key, start }) => {
            const row = rows[index];
            return row && (
              <div
                key={key}
                role="row"
                class={`ledger-row is-${row.state}`}
                data-index={index}
                data-order={row.order.id}
                aria-rowindex={index + 2}
                ref={virtual.measureElement}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LedgerRow row={row} doing={doing} />
              </div>
            );
          })}
        </div>
      </div>
      {trouble && rows.length > 0 && hasMore && (
        <div class="ledger-end">
          <TroubleNotice trouble={trouble} />
          <Button onClick={more}>{words(frame).retry}</Button>
        </div>
      )}
      {busy === 'more' && <div class="ledger-end"><Spinner text={say.loading} /></div>}
    </div>
  );
}
