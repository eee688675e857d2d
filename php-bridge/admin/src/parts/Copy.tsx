import { useRef } from 'preact/hooks';
import { frame } from '../words/frame';
import { words } from '../words/words';
import { Button } from './Button';
import { toast } from './Toasts';

/** A line to take elsewhere: an address, a line for cron. */
export function Copy({ label, text, shown = false }: { label: string; text: string; /** Nothing else says what it is. */ shown?: boolean }) {
  const say = words(frame);
  const line = useRef<HTMLInputElement>(null);
  const copy = async () => {
    line.current?.select();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without TLS there is no clipboard; the line is selected, the keyboard can copy it.
      document.execCommand('copy');
    }
    toast(say.copied);
  };
  const field = (
    <div class="copy">
      <input ref={line} class="input code" readOnly value={text} aria-label={label} onFocus={(event) => event.currentTarget.select()} />
      <Button onClick={copy} label={`${say.copy}: ${label}`}>{say.copy}</Button>
    </div>
  );
  return shown ? <div><span class="field-name" aria-hidden="true">{label}</span>{field}</div> : field;
}
