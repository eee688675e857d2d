// Where in a template the caret stands, and what may follow there. Pure.

export interface Place {
  /** From the brace, or from the bar, up to the caret: this is replaced. */
  from: number;
  kind: 'field' | 'filter';
  typed: string;
}

/** null: in plain text. Two braces are as good as one, for those who know them from elsewhere. */
export function placeAt(template: string, caret: number): Place | null {
  const before = template.slice(0, caret);
  const brace = before.lastIndexOf('{');
  if (brace < 0) return null;
  const inside = before.slice(brace + 1);
  if (/[}\n]/.test(inside)) return null;
  const bar = inside.lastIndexOf('|');
  if (bar >= 0) return { from: brace + 1 + bar + 1, kind: 'filter', typed: inside.slice(bar + 1) };
  return { from: before[brace - 1] === '{' ? brace - 1 : brace, kind: 'field', typed: inside };
}

export interface Completed {
  template: string;
  caret: number;
}

/** Puts what was chosen where the caret is. A filter that wants an argument leaves the caret there. */
export function completed(template: string, caret: number, place: Place, chosen: string): Completed {
  const before = template.slice(0, place.from);
  let after = template.slice(caret);
  // What is left of the former name goes.
  const rest = /^[^{}|\n]*/.exec(after)?.[0] ?? '';
  if (/^[|}]/.test(after.slice(rest.length))) after = after.slice(rest.length);
  const closes = /^[^{\n]*\}/.test(after);
  const text = place.kind === 'field' ? `{${chosen}` : chosen;
  // Twice opened is twice closed; once is what is meant.
  if (place.kind === 'field' && template[place.from + 1] === '{' && after.startsWith('}}')) after = after.slice(1);
  const end = closes ? '' : '}';
  const at = before.length + text.length;
  const wants = place.kind === 'filter' && chosen.endsWith(':');
  return { template: before + text + end + after, caret: wants ? at : at + (end !== '' || after.startsWith('}') ? 1 : 0) };
}
