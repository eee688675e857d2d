import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { frame } from '../words/frame';
import { words } from '../words/words';

interface Props {
  title: string;
  wide?: boolean;
  onClose: () => void;
  children: ComponentChildren;
}

/** The browser's own modal dialog: it keeps the focus inside, closes by Escape and gives the focus back. */
export function Dialog({ title, wide = false, onClose, children }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    // Taken away without being closed it would not give the focus back.
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={box} class={wide ? 'dialog wide' : 'dialog'} aria-labelledby={heading} onClose={onClose}>
      <div class="dialog-head">
        <h3 id={heading}>{title}</h3>
        <button type="button" class="button quiet" aria-label={words(frame).close} onClick={() => box.current?.close()}>×</button>
      </div>
      {children}
    </dialog>
  );
}
