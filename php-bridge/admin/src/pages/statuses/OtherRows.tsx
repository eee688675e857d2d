import type { Named } from '../../api/actions';
import { draft, edit, problemsAt } from '../../app/draft';
import { mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { Problems } from '../../parts/Field';
import { statuses as texts } from '../../words/statuses';
import { words } from '../../words/words';
import type { FunnelOfStages } from './tables';

/** Rows that the tables above have no place for: a stage or a status that is gone. They can only be taken out. */
export function OtherRows({ funnels, statuses }: { funnels: FunnelOfStages[]; statuses: Named[] }) {
  const say = words(texts);
  const known = new Set(funnels.flatMap((funnel) => funnel.stages.map((stage) => stage.id)));
  const nameOf = (id: string | undefined) => statuses.find((status) => status.id === id)?.name ?? id;
  const tables = draft.value.statuses ?? {};
  const from = (tables.from_stage ?? [])
    .map((row, at) => ({ list: 'from_stage' as const, at, text: `${row.stage} → ${nameOf(row.status)}`, lost: !known.has(row.stage ?? '') }));
  const to = (tables.to_stage ?? []).map((row, at) => ({
    list: 'to_stage' as const,
    at,
    text: `${nameOf(row.status)} → ${row.stage}`,
    lost: !known.has(row.stage ?? '') || !statuses.some((status) => status.id === row.status),
  }));
  const rows = [...from, ...to].filter(({ lost }) => lost);
  if (rows.length === 0) return null;
  const remove = (list: 'from_stage' | 'to_stage', at: number) => edit((settings) => {
    settings.statuses?.[list]?.splice(at, 1);
  });
  return (
    <section class="card" aria-labelledby="other-title">
      <h3 id="other-title">{say.other_title}</h3>
      <p class="soft">{say.other_help}</p>
      <ul class="stack">
        {rows.map(({ list, at, text }) => (
          <li key={`${list} ${at}`} class="row apart">
            <div><code>{text}</code><Problems list={problemsAt(`/statuses/${list}/${at}`)} /></div>
            {mayModify.value && <Button kind="danger" label={`${say.remove}: ${text}`} onClick={() => remove(list, at)}>{say.remove}</Button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
