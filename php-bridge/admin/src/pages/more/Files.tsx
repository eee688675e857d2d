import { useRef, useState } from 'preact/hooks';
import { Trouble, call } from '../../api/call';
import { draft, edit } from '../../app/draft';
import { type Change, changes } from '../../app/difference';
import { mayModify } from '../../app/session';
import type { Problem, Settings } from '../../core/types';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { Problems } from '../../parts/Field';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { toast } from '../../parts/Toasts';
import { useAction } from '../../parts/useCall';
import { frame } from '../../words/frame';
import { more } from '../../words/more';
import { words } from '../../words/words';

interface Read {
  settings: Settings;
  differences: Change[];
  problems: Problem[];
  other: boolean;
}

/** Settings out to a file and back in. A file goes into the draft, where it is seen before it counts. */
export function Files() {
  const say = words(more);
  const chooser = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<Read | null>(null);
  const load = useAction(async (file: File) => {
    const checked = await examined(file);
    if (checked.differences.length === 0) toast(say.import_same);
    else setRead(checked);
  });
  const take = () => {
    if (!read) return;
    edit((settings) => {
      for (const key of Object.keys(settings)) delete settings[key as keyof Settings];
      Object.assign(settings, read.settings);
    });
    setRead(null);
    toast(say.taken);
  };
  return (
    <section class="card" aria-labelledby="file-title">
      <h3 id="file-title">{say.file}</h3>
      <p class="soft">{say.file_help}</p>
      {load.trouble && <TroubleNotice trouble={load.trouble} />}
      {load.trouble?.code === 'file' && Array.isArray(load.trouble.data) && <Problems list={load.trouble.data as Problem[]} />}
      <div class="buttons">
        <Button onClick={download}>{say.export}</Button>
        {mayModify.value && <Button onClick={() => chooser.current?.click()} busy={load.busy}>{load.busy ? say.import_reading : say.import}</Button>}
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".json,application/json"
          aria-label={say.import}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) void load.run(file);
            currentTarget.value = '';
          }}
        />
      </div>
      {read && (
        <Dialog title={say.import_title} onClose={() => setRead(null)} wide>
          <p>{say.import_text}</p>
          {read.other && <Notice level="warning">{say.import_other}</Notice>}
          {read.problems.length > 0 && <Problems list={read.problems} />}
          <Differences list={read.differences} />
          <div class="buttons">
            <Button onClick={() => setRead(null)}>{words(frame).cancel}</Button>
            <Button kind="primary" onClick={take}>{say.import_take}</Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function Differences({ list }: { list: Change[] }) {
  const say = words(more);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={say.import_title}>
      <table class="table">
        <thead><tr><th scope="col">{words(frame).conflict.where}</th><th scope="col">{say.now}</th><th scope="col">{say.in_file}</th></tr></thead>
        <tbody>
          {list.map(({ path, before, now }) => (
            <tr key={path}>
              <th scope="row"><code>{path}</code></th>
              <td><code class="value">{shown(before)}</code></td>
              <td><code class="value">{shown(now)}</code></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A list has a line for each of its rows. */
function shown(value: unknown): string {
  if (value === undefined || value === '') return '—';
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map(shown).join('\n');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What people edit; who works in the portal is not theirs to carry about. */
function portable(settings: Settings): Settings {
  const { portal: _, ...rest } = settings;
  return rest;
}

function download(): void {
  const shop = draft.value.shop?.id ?? 'shop';
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(portable(draft.value), null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `orderbridge-${shop}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The shop's mark and what is known of the portal stay: they are not settings but facts of this shop. */
async function examined(file: File): Promise<Read> {
  const say = words(more);
  let document: unknown;
  try {
    document = JSON.parse(await file.text());
  } catch {
    throw new Trouble('file', say.import_unreadable, say.import_unreadable_hint);
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new Trouble('file', say.import_unreadable, say.import_unreadable_hint);
  }
  const given = document as Settings;
  const now = draft.value;
  const shop = { ...given.shop, id: now.shop?.id };
  const { settings, problems } = await call('settings.check', { document: { ...given, shop, portal: now.portal } });
  if (!settings) throw new Trouble('file', say.import_unreadable, say.import_unreadable_hint, problems);
  return {
    settings: { ...settings, portal: now.portal },
    differences: changes(portable(now), portable(settings)),
    problems: problems.filter((problem) => problem.level === 'error'),
    other: given.shop?.id !== undefined && given.shop.id !== now.shop?.id,
  };
}
