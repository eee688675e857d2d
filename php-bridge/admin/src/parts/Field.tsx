import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Problem } from '../core/types';

interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean | undefined;
}

interface Props {
  label: string;
  help?: ComponentChildren;
  problems?: Problem[];
  children: (wiring: Wiring) => ComponentChildren;
}

/** A label, a control, what it is for and what is wrong with it, tied together for screen readers. */
export function Field({ label, help, problems = [], children }: Props) {
  const id = useId();
  const invalid = problems.some((problem) => problem.level === 'error');
  const told = [help ? `${id}-help` : '', problems.length > 0 ? `${id}-problems` : ''].join(' ').trim();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': told || undefined, 'aria-invalid': invalid || undefined })}
      {help && <div class="help" id={`${id}-help`}>{help}</div>}
      {problems.length > 0 && <div id={`${id}-problems`}><Problems list={problems} /></div>}
    </div>
  );
}

export function Problems({ list }: { list: Problem[] }) {
  return (
    <ul class="problems">
      {list.map((problem) => (
        <li key={`${problem.path} ${problem.code}`} class={problem.level}>
          {problem.message} {problem.hint && <span class="hint">{problem.hint}</span>}
        </li>
      ))}
    </ul>
  );
}

/** On or off, with its words beside it. */
export function Switch({ label, help, checked, disabled, onChange }: {
  label: string;
  help?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div class="switch">
      <input
        type="checkbox"
        id={id}
        checked={checked}
        disabled={disabled}
        aria-describedby={help ? `${id}-help` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {help && <p class="help" id={`${id}-help`}>{help}</p>}
    </div>
  );
}
