// A list that people bring into order: by dragging, or with two buttons a row.

import Sortable from 'sortablejs';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface Orderly {
  /** Stays with a row wherever it goes, so that what is typed in it and the focus stay with it, too. */
  keys: string[];
  move: (from: number, to: number) => void;
  drop: (at: number) => void;
  add: () => void;
}

let last = 0;
const fresh = (count: number) => Array.from({ length: count }, () => `row-${++last}`);

interface Given<Row> {
  rows: Row[];
  /** The element that has the rows, each `[data-row]` with a `.grip` to drag it by. */
  box: RefObject<HTMLElement | null>;
  disabled: boolean;
  /** A row to begin with. */
  blank: () => Row;
  onChange: (rows: Row[]) => void;
  /** To be announced. */
  onMoved?: (from: number, to: number) => void;
}

export function useOrderly<Row>({ rows, box, disabled, blank, onChange, onMoved }: Given<Row>): Orderly {
  const [known, know] = useState(() => fresh(rows.length));
  // Somebody else has changed the list: undone, or taken over from another admin.
  const keys = known.length === rows.length ? known : fresh(rows.length);
  if (keys !== known) know(keys);
  const move = (from: number, to: number) => {
    if (to < 0 || to >= rows.length || from === to) return;
    know(moved(keys, from, to));
    onChange(moved(rows, from, to));
    onMoved?.(from, to);
  };
  /** Where the focus belongs once the rows are drawn: a new one is to be filled in, a removed one's neighbour is next. */
  const next = useRef<{ at: number; inside: boolean } | null>(null);
  useLayoutEffect(() => {
    const wanted = next.current;
    const list = box.current;
    next.current = null;
    if (!wanted || !list) return;
    const drawn = list.querySelectorAll<HTMLElement>(':scope > [data-row]');
    const row = drawn[Math.min(wanted.at, drawn.length - 1)];
    const place = wanted.inside ? row?.querySelector<HTMLElement>('input, select, textarea') : row;
    (place ?? list.parentElement?.querySelector<HTMLElement>(':scope > .buttons button'))?.focus();
  }, [rows.length]);
  const latest = useRef(move);
  latest.current = move;
  useEffect(() => {
    if (disabled || !box.current) return;
    const list = box.current;
    const sortable = Sortable.create(list, {
      handle: '.grip',
      draggable: '[data-row]',
      animation: 120,
      // The browser's own dragging neither works by touch nor scrolls the page everywhere.
      forceFallback: true,
      fallbackTolerance: 3,
      onEnd: ({ item, oldDraggableIndex: from, newDraggableIndex: to }) => {
        if (from === undefined || to === undefined || from === to) return;
        // Put back where it was: Preact moves it, and has to find the elements as it left them.
        const others = [...list.querySelectorAll<HTMLElement>(':scope > [data-row]')].filter((other) => other !== item);
        list.insertBefore(item, others[from] ?? null);
        latest.current(from, to);
      },
    });
    return () => sortable.destroy();
  }, [disabled, rows.length === 0]);
  return {
    keys,
    move,
    drop: (at) => {
      next.current = { at, inside: false };
      know(keys.filter((_, index) => index !== at));
      onChange(rows.filter((_, index) => index !== at));
    },
    add: () => {
      next.current = { at: rows.length, inside: true };
      know([...keys, ...fresh(1)]);
      onChange([...rows, blank()]);
    },
  };
}

export function moved<Item>(list: Item[], from: number, to: number): Item[] {
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
