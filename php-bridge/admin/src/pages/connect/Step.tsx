import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { connect } from '../../words/connect';
import { words } from '../../words/words';

interface Props {
  number: number;
  title: string;
  done?: boolean;
  /** Comes later: only its name is shown. */
  waiting?: boolean;
  children?: ComponentChildren;
}

export function Step({ number, title, done = false, waiting = false, children }: Props) {
  const heading = useId();
  return (
    <li class={`card step ${waiting ? 'waits' : ''}`} aria-labelledby={heading}>
      <h3 id={heading}>
        <span class={`step-number ${done ? 'done' : ''}`} aria-hidden="true">{done ? '✓' : number}</span>
        {title}
        {done && <span class="hidden"> ({words(connect).done})</span>}
      </h3>
      {children && <div class="step-body">{children}</div>}
    </li>
  );
}
