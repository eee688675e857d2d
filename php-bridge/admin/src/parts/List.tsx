import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { parts } from '../words/parts';
import { words } from '../words/words';
import { usePopup } from './usePopup';

export interface Offer {
  id: string;
  label: string;
  /** Said beside it, more quietly. */
  note?: string;
  lead?: ComponentChildren;
  disabled?: boolean;
}

interface Props {
  id: string;
  label: string;
  anchor: RefObject<HTMLElement | null>;
  box: RefObject<HTMLDivElement | null>;
  offers: Offer[];
  active: number;
  /** Said when there is nothing to offer. */
  empty: string;
  busy?: boolean;
  onPick: (offer: Offer) => void;
}

/** More than these are not drawn: who types a little more finds them. */
export const MOST = 100;

/** What a text field offers. The focus stays in the field; the arrow keys move through the list. */
export function List({ id, label, anchor, box, offers, active, empty, busy = false, onPick }: Props) {
  const say = words(parts);
  usePopup(anchor, box, true);
  useLayoutEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div ref={box} class="popup" popover="manual" onMouseDown={(event) => event.preventDefault()}>
      <ul id={id} role="listbox" aria-label={label}>
        {offers.slice(0, MOST).map((offer, index) => (
          <li
            key={offer.id}
            id={`${id}-${index}`}
            role="option"
            class="offer-row"
            aria-selected={index === active}
            aria-disabled={offer.disabled || undefined}
            onClick={() => offer.disabled || onPick(offer)}
          >
            {offer.lead}
            <span class="offer-label">{offer.label}</span>
            {offer.note && <span class="offer-note">{offer.note}</span>}
          </li>
        ))}
      </ul>
      <p class={offers.length === 0 || offers.length > MOST ? 'offer-end' : 'hidden'} role="status">
        {busy ? say.searching : offers.length === 0 ? empty : offers.length > MOST ? say.more(offers.length - MOST) : say.offers(offers.length)}
      </p>
    </div>
  );
}

/** The next one that can be taken, round and round. */
export function step(offers: Offer[], from: number, by: 1 | -1): number {
  const count = Math.min(offers.length, MOST);
  for (let tries = 0, at = from; tries < count; tries++) {
    at = (at + by + count) % count;
    if (!offers[at]?.disabled) return at;
  }
  return -1;
}
