import { useEffect, useState } from 'preact/hooks';
import { Trouble } from '../api/call';
import { consult, type Told } from '../core/core';
import type { Order, Preview, Settings } from '../core/types';
import { shopTime } from './clock';
import { effective } from './portal';
import { page } from './session';

export interface Previewed {
  told: Told<Preview> | null;
  /** Why the core refuses the order; what was seen before stays then. */
  trouble: Trouble | null;
}

/**
 * The deal that an order would become with these settings, by default the draft, made anew whenever either changes.
 *
 * @param at a moment as `<input type="datetime-local">` gives it; now when it is empty
 */
export function usePreview(order: Order | null, at = '', given?: Settings): Previewed {
  const settings = given ?? effective.value;
  const offset = page.value?.shop.offset ?? '+00:00';
  const [known, know] = useState<Previewed>({ told: null, trouble: null });
  useEffect(() => {
    if (!order) return;
    let late = false;
    consult<Preview>('order.preview', { order }, settings, shopTime(offset, at)).then(
      (told) => late || know({ told, trouble: null }),
      (failure: unknown) => late || know(({ told }) => ({ told, trouble: Trouble.of(failure) })),
    );
    return () => {
      late = true;
    };
  }, [order, settings, offset, at]);
  return known;
}
