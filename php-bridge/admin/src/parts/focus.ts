/** A button that is taken away takes the focus with it, to nowhere: first it goes to what stays beside. */
export function leave(button: Element, around: string, wanted: string): void {
  button.closest(around)?.querySelector<HTMLElement>(wanted)?.focus();
}
