// Short news that goes away by itself; errors never do, those are notices.

import { signal } from '@preact/signals';

const SECONDS = 4;
const list = signal<{ id: number; text: string }[]>([]);
let last = 0;

export function toast(text: string): void {
  const id = ++last;
  list.value = [...list.value, { id, text }];
  setTimeout(() => {
    list.value = list.value.filter((entry) => entry.id !== id);
  }, SECONDS * 1000);
}

export function Toasts() {
  return <div class="toasts" role="status">{list.value.map(({ id, text }) => <p key={id} class="toast">{text}</p>)}</div>;
}
