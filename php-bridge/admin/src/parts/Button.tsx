import type { ComponentChildren } from 'preact';

interface Props {
  kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  busy?: boolean;
  disabled?: boolean;
  /** For a button whose words alone do not say of what it is: «Повторить» of order 17. */
  label?: string;
  onClick: () => unknown;
  children: ComponentChildren;
}

/** While it is busy it cannot be pressed again, and says so; it keeps the focus, which `disabled` would take away. */
export function Button({ kind = 'plain', busy = false, disabled = false, label, onClick, children }: Props) {
  return (
    <button
      type="button"
      class={`button ${kind}`}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      aria-label={label}
      onClick={() => busy || void onClick()}
    >
      {busy && <span class="spin" aria-hidden="true" />}
      {children}
    </button>
  );
}
