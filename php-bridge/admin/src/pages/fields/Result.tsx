import type { ComponentChildren } from 'preact';
import { fields } from '../../words/fields';
import { words } from '../../words/words';

/** What the sample order makes of a template; null: nothing can be said. */
export function Result({ text, children }: { text: string | null; children?: ComponentChildren }) {
  const say = words(fields);
  return (
    <div class="outcome-box">
      <p class="field-name">{say.result}</p>
      <output class="outcome-text">{text === null ? <span class="soft">—</span> : text === '' ? <span class="soft">{say.empty}</span> : text}</output>
      {children}
    </div>
  );
}
