import type { ComponentChildren } from 'preact';
import { frame } from '../words/frame';
import { words } from '../words/words';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { TroubleNotice } from './Notice';
import { useAction } from './useCall';

interface Props {
  title: string;
  /** The words of the button that does it. */
  action: string;
  danger?: boolean;
  onConfirm: () => Promise<void>;
  onClose: () => void;
  children?: ComponentChildren;
}

/** Asks before something that reaches far. Stays open when it did not work, and says why. */
export function Confirm({ title, action, danger = false, onConfirm, onClose, children }: Props) {
  const { busy, trouble, run } = useAction(async () => {
    await onConfirm();
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {trouble && <TroubleNotice trouble={trouble} />}
      <div class="buttons">
        <Button kind={danger ? 'danger' : 'primary'} busy={busy} onClick={run}>{action}</Button>
        <Button onClick={onClose} disabled={busy}>{words(frame).cancel}</Button>
      </div>
    </Dialog>
  );
}
