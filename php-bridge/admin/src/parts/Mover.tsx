import { useRef, useLayoutEffect } from 'preact/hooks';
import { parts } from '../words/parts';
import { words } from '../words/words';

interface Props {
  /** What is moved, in words. */
  name: string;
  at: number;
  count: number;
  onMove: (to: number) => void;
}

/** The handle that a row is dragged by, and the two buttons that do the same. */
export function Mover({ name, at, count, onMove }: Props) {
  const say = words(parts);
  const pressed = useRef<HTMLButtonElement | null>(null);
  // An element that is moved in the page loses the focus.
  useLayoutEffect(() => {
    pressed.current?.focus();
    pressed.current = null;
  }, [at]);
  const button = (to: number, sign: string, label: string) => (
    <button
      type="button"
      class="button quiet mini"
      aria-label={label}
      aria-disabled={to < 0 || to >= count || undefined}
      onClick={(event) => {
        if (to < 0 || to >= count) return;
        pressed.current = event.currentTarget;
        onMove(to);
      }}
    >
      {sign}
    </button>
  );
  return (
    <span class="mover">
      <span class="grip" aria-hidden="true" title={say.drag}>⠿</span>
      {button(at - 1, '↑', say.up(name))}
      {button(at + 1, '↓', say.down(name))}
    </span>
  );
}
