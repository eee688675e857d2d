import { call } from '../../api/call';
import { Button } from '../../parts/Button';
import { TroubleNotice } from '../../parts/Notice';
import { toast } from '../../parts/Toasts';
import { useAction } from '../../parts/useCall';
import { healthWords } from '../../words/health';
import { words } from '../../words/words';

export function Diagnostics() {
  const say = words(healthWords).diagnostics;
  const { busy, trouble, run } = useAction(async () => {
    const { name, file } = await call('health.diagnostics');
    save(name, file);
    toast(say.done);
  });
  return (
    <section class="card">
      <h3>{say.title}</h3>
      <p class="soft">{say.text}</p>
      {trouble && <TroubleNotice trouble={trouble} />}
      <div class="buttons"><Button busy={busy} onClick={run}>{say.download}</Button></div>
    </section>
  );
}

/** Lets the browser keep a text as a file. */
function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
