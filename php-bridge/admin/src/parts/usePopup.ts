import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

const GAP = 4;
const ROOM = 320;
const NARROWEST = 280;

/** Shows a box right below (or above) another, over everything else: no card and no dialog cuts it off. */
export function usePopup(anchor: RefObject<HTMLElement | null>, box: RefObject<HTMLElement | null>, open: boolean): void {
  useLayoutEffect(() => {
    const popup = box.current;
    if (!open || !popup) return;
    popup.showPopover?.();
    const place = () => {
      const at = anchor.current?.getBoundingClientRect();
      if (!at) return;
      const width = Math.min(Math.max(at.width, NARROWEST), innerWidth - 2 * GAP);
      const below = innerHeight - at.bottom - 2 * GAP;
      const above = at.top - 2 * GAP;
      const up = below < ROOM / 2 && above > below;
      Object.assign(popup.style, {
        left: `${Math.max(GAP, Math.min(at.left, innerWidth - width - GAP))}px`,
        width: `${width}px`,
        top: up ? 'auto' : `${at.bottom + GAP}px`,
        bottom: up ? `${innerHeight - at.top + GAP}px` : 'auto',
        maxHeight: `${Math.min(ROOM, up ? above : below)}px`,
      });
    };
    place();
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    return () => {
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
    };
  }, [open]);
}
