import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface Props {
  title: string;
  /** A few words beside the title that say how it stands, also while it is closed. */
  state?: ComponentChildren;
  /** Opens by itself when this becomes true; whoever closes it then has it closed. */
  wanted?: boolean;
  children: ComponentChildren;
}

/** A part of a page that is closed until somebody wants it. */
export function Fold({ title, state, wanted = false, children }: Props) {
  const [open, setOpen] = useState(wanted);
  useEffect(() => {
    if (wanted) setOpen(true);
  }, [wanted]);
  return (
    <details class="card fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <div class="row">
          <h3>{title}</h3>
          {state}
        </div>
      </summary>
      {open && <div class="fold-body">{children}</div>}
    </details>
  );
}
