import { Virtualizer, elementScroll, observeElementOffset, observeElementRect } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

export type Rows = Virtualizer<HTMLElement, HTMLElement>;

interface Given {
  count: number;
  box: RefObject<HTMLElement | null>;
  keyOf: (index: number) => string;
  /** About how high a row is, until it has been drawn and measured. */
  height: number;
  /** This row is drawn wherever the list is scrolled to: the focus is in it. */
  held?: number;
  /** A list that opens and closes its rows itself: what is above stays, what is below moves. */
  still?: boolean;
}

/** Only the rows of a long list that can be seen are drawn; what comes in above them does not move them. */
export function useVirtual({ count, box, keyOf, height, held = -1, still = false }: Given): Rows {
  const [, redraw] = useReducer((number: number) => number + 1, 0);
  const options = {
    count,
    getScrollElement: () => box.current,
    getItemKey: keyOf,
    estimateSize: () => height,
    overscan: 6,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw(0),
    rangeExtractor: ({ startIndex, endIndex, overscan, count: all }: { startIndex: number; endIndex: number; overscan: number; count: number }) => {
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(all - 1, endIndex + overscan);
      const shown = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      return held >= 0 && held < all && (held < first || held > last) ? [...shown, held].sort((one, other) => one - other) : shown;
    },
  };
  const [rows] = useState<Rows>(() => new Virtualizer(options));
  // At the very top one wants to see what is new.
  rows.setOptions({ ...options, anchorTo: !still && (rows.scrollOffset ?? 0) > 0 ? 'end' : 'start' });
  useLayoutEffect(() => rows._didMount(), [rows]);
  useLayoutEffect(() => rows._willUpdate());
  return rows;
}
