import type { Named } from '../../api/actions';
import { draft, edit, problemsAt } from '../../app/draft';
import { mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { Problems } from '../../parts/Field';
import { statuses as texts } from '../../words/statuses';
import { words } from '../../words/words';
import { DirectionOff, StageName, StatusSelect, Telling } from './parts';
import { statusFor } from './suggest';
import { type FunnelOfStages, type Stage, setFrom } from './tables';

/** Bitrix24 → shop. */
export function FromStages({ funnels, statuses }: { funnels: FunnelOfStages[]; statuses: Named[] }) {
  const say = words(texts);
  return (
    <section class="card" aria-labelledby="from-title">
      <h3 id="from-title">{say.from_title}</h3>
      <p class="soft">{say.from_help}</p>
      <DirectionOff way="statuses_to_shop" />
      {funnels.map((funnel) => (
        <table key={funnel.id} class="table mapping" aria-label={`${say.from_title}: ${funnel.name}`}>
          {funnels.length > 1 && <caption>{funnel.name}</caption>}
          <thead>
            <tr>
              <th scope="col">{say.stage}</th>
              <th scope="col">{say.status}</th>
              <th scope="col">{say.notify}</th>
              <th scope="col">{say.comment}</th>
            </tr>
          </thead>
          <tbody>{funnel.stages.map((stage) => <StageRow key={stage.id} stage={stage} statuses={statuses} />)}</tbody>
        </table>
      ))}
    </section>
  );
}

function StageRow({ stage, statuses }: { stage: Stage; statuses: Named[] }) {
  const say = words(texts);
  const tables = draft.value.statuses ?? {};
  const at = (tables.from_stage ?? []).findIndex((row) => row.stage === stage.id);
  const row = at < 0 ? undefined : tables.from_stage?.[at];
  const problems = at < 0 ? [] : problemsAt(`/statuses/from_stage/${at}`);
  const ends = stage.semantics !== 'process';
  const set = (change: Parameters<typeof setFrom>[2]) => edit((settings) => setFrom(settings, stage.id, change));
  const empty = !row && !ends && draft.value.directions?.statuses_to_shop !== false;
  const wanted = empty ? statusFor(stage, statuses) : null;
  const nameOf = (id: string | undefined) => statuses.find((status) => status.id === id)?.name ?? say.not_chosen;
  const none = stage.semantics === 'success' ? say.as_won(nameOf(tables.won?.status))
    : stage.semantics === 'failure' ? say.as_lost(nameOf(tables.lost?.status)) : say.none_stage;
  return (
    <tr class={empty ? 'unmapped' : undefined} data-stage={stage.id}>
      <th scope="row">
        <StageName stage={stage} />
        {problems.length > 0 && <Problems list={problems} />}
      </th>
      <td data-label={say.status}>
        <StatusSelect label={`${say.status}: ${stage.name}`} value={row?.status ?? ''} statuses={statuses} none={none} onChange={(status) => set({ status })} />
        {empty && (
          <p class="offer">
            <span class="badge warning">{say.missing}</span>
            {wanted && mayModify.value && <Button kind="quiet" onClick={() => set({ status: wanted.id })}>{say.map_to(wanted.name)}</Button>}
          </p>
        )}
      </td>
      <Telling of={stage.name} row={row} onChange={set} />
    </tr>
  );
}
