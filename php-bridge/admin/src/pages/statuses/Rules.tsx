import type { ComponentChildren } from 'preact';
import type { Named } from '../../api/actions';
import { draft, edit, problemsAt } from '../../app/draft';
import { href } from '../../app/route';
import { mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { Problems, Switch } from '../../parts/Field';
import { Select } from '../../parts/Select';
import { statuses as texts } from '../../words/statuses';
import { words } from '../../words/words';

type Tables = NonNullable<typeof draft.value.statuses>;

/** Who is right, what may not go back. */
export function Rules({ statuses }: { statuses: Named[] }) {
  const say = words(texts);
  const tables = draft.value.statuses ?? {};
  const set = (change: Partial<Tables>) => edit((settings) => {
    settings.statuses = { ...settings.statuses, ...change };
  });
  return (
    <section class="card" aria-labelledby="rules-title">
      <h3 id="rules-title">{say.rules_title}</h3>
      <div class="columns">
        <div>
          <Select
            label={say.conflict}
            help={say.conflict_help}
            value={tables.conflict ?? 'portal'}
            options={Object.entries(say.conflicts).map(([value, label]) => ({ value, label }))}
            disabled={!mayModify.value}
            onChange={(conflict) => set({ conflict: conflict as Tables['conflict'] })}
          />
          <Switch label={say.every_stage} help={say.every_stage_help} checked={tables.every_stage ?? false} disabled={!mayModify.value} onChange={(every_stage) => set({ every_stage })} />
          <p><a href={href('more')}>{say.to_more}</a></p>
        </div>
        <Guarded statuses={statuses} list={tables.guarded ?? []} onChange={(guarded) => set({ guarded })}>
          <Switch label={say.reopen} help={say.reopen_help} checked={tables.reopen ?? false} disabled={!mayModify.value} onChange={(reopen) => set({ reopen })} />
        </Guarded>
      </div>
    </section>
  );
}

function Guarded({ statuses, list, onChange, children }: {
  statuses: Named[];
  list: string[];
  onChange: (list: string[]) => void;
  children: ComponentChildren;
}) {
  const say = words(texts);
  const nameOf = (id: string) => statuses.find((status) => status.id === id)?.name ?? id;
  const moved = (at: number, by: number) => {
    const next = [...list];
    const [status] = next.splice(at, 1);
    next.splice(at + by, 0, status ?? '');
    return next;
  };
  const free = statuses.filter(({ id }) => !list.includes(id));
  return (
    <div>
      <h4>{say.guarded}</h4>
      <p class="help">{say.guarded_help}</p>
      {list.length === 0 && <p class="soft">{say.guarded_none}</p>}
      <ol class="guarded">
        {list.map((id, at) => (
          <li key={id} class="row apart">
            <span>{at + 1}. {nameOf(id)} <Problems list={problemsAt(`/statuses/guarded/${at}`)} /></span>
            {mayModify.value && (
              <span class="row">
                <Button kind="quiet" label={`${say.up}: ${nameOf(id)}`} disabled={at === 0} onClick={() => onChange(moved(at, -1))}>↑</Button>
                <Button kind="quiet" label={`${say.down}: ${nameOf(id)}`} disabled={at === list.length - 1} onClick={() => onChange(moved(at, 1))}>↓</Button>
                <Button kind="quiet" label={`${say.unguard}: ${nameOf(id)}`} onClick={() => onChange(list.filter((other) => other !== id))}>×</Button>
              </span>
            )}
          </li>
        ))}
      </ol>
      {mayModify.value && free.length > 0 && (
        <Select
          label={say.guarded_add}
          value=""
          options={[{ value: '', label: say.guarded_choose }, ...free.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(id) => id !== '' && onChange([...list, id])}
        />
      )}
      {children}
    </div>
  );
}
