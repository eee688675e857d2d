import type { ComponentChildren } from 'preact';
import { parts } from '../words/parts';
import { words } from '../words/words';

/** A link that leaves the app. Only http and https are ever followed; of any other address the words remain. */
export function Outside({ href, children }: { href: string; children: ComponentChildren }) {
  if (!isWeb(href)) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <span aria-hidden="true" class="outside"> ↗</span>
      <span class="hidden"> {words(parts).new_tab}</span>
    </a>
  );
}

export function isWeb(href: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(href);
}
