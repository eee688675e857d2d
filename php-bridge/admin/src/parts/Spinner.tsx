export function Spinner({ text }: { text: string }) {
  return <p class="waiting" role="status"><span class="spin" aria-hidden="true" />{text}</p>;
}
