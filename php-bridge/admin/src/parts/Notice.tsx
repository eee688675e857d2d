import type { ComponentChildren } from 'preact';
import type { Trouble } from '../api/call';
import { sentence } from '../words/words';

export type Level = 'ok' | 'info' | 'warning' | 'error';

export const SIGNS: Record<Level, string> = { ok: '✓', info: 'i', warning: '!', error: '×' };

/** Says something and, below it, what to do. Errors are told to screen readers at once. */
export function Notice({ level, hint, children }: { level: Level; hint?: string; children: ComponentChildren }) {
  return (
    <div class={`notice ${level}`} role={level === 'error' ? 'alert' : undefined}>
      <span class="sign" aria-hidden="true">{SIGNS[level]}</span>
      <div>
        <p>{children}</p>
        {hint && <p class="hint">{hint}</p>}
      </div>
    </div>
  );
}

export function TroubleNotice({ trouble }: { trouble: Trouble }) {
  return <Notice level="error" hint={sentence(trouble.hint)}>{sentence(trouble.message)}</Notice>;
}
