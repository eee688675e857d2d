import type { Named } from '../../api/actions';
import { draft, edit, problemsAt } from '../../app/draft';
import { mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { Problems } from '../../parts/Field';
import { Options } from '../../parts/Select';
import { statuses as texts } from '../../words/statuses';
import { words } from '../../words/words';
import { DirectionOff } from './parts';
import { stageFor } from './suggest';
import { type FunnelOfStages, funnelOf, setTo } from './tables';

/** Shop → Bitrix24. */
export function ToStages({ funnels, statuses }: { funnels: FunnelOfStages[]; statuses: Named[] }) {
  const say = words(texts);
  return (
    <section class="card" aria-labelledby="to-title">
      <h3 id="to-title">{say.to_title}</h3>
      <p class="soft">{say.to_help}</p>
      <DirectionOff way="statuses_to_portal" />
      {funnels.map((funnel) => (
        <table key={funnel.id} class="table mapping two" aria-label={`${say.to_title}: ${funnel.name}`}>
          {funnels.length > 1 && <caption>{funnel.name}</caption>}
          <thead><tr><th scope="col">{say.status}</th><th scope="col">{say.stage}</th></tr></thead>
          <tbody>{statuses.map((status) => <StatusRow key={status.id} status={status} funnel={funnel} />)}</tbody>
        </table>
      ))}
    </section>
  );
}

function StatusRow({ status, funnel }: { status: Named; funnel: FunnelOfStages }) {
  const say = words(texts);
  const rows = draft.value.statuses?.to_stage ?? [];
  const at = rows.findIndex((row) => row.status === status.id && funnelOf(row.stage ?? '') === funnel.id);
  const chosen = rows[at]?.stage ?? '';
  const problems = at < 0 ? [] : problemsAt(`/statuses/to_stage/${at}`);
  const set = (stage: string) => edit((settings) => setTo(settings, status.id, funnel.id, stage));
  const empty = at < 0 && draft.value.directions?.statuses_to_portal !== false;
  const wanted = empty ? stageFor(status, funnel.stages) : null;
  const list = [{ value: '', label: say.none_status }, ...funnel.stages.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <tr class={empty ? 'unmapped' : undefined} data-status={status.id}>
      <th scope="row">
        {status.name}
        {problems.length > 0 && <Problems list={problems} />}
      </th>
      <td data-label={say.stage}>
        <select
          class="input"
          aria-label={`${say.stage}: ${status.name}${funnel.name ? `, ${funnel.name}` : ''}`}
          value={chosen}
          disabled={!mayModify.value}
          onChange={({ currentTarget }) => set(currentTarget.value)}
        >
          <Options list={list} value={chosen} />
        </select>
        {empty && (
          <p class="offer">
            <span class="badge warning">{say.missing}</span>
            {wanted && mayModify.value && <Button kind="quiet" onClick={() => set(wanted.id)}>{say.map_to(wanted.name)}</Button>}
          </p>
        )}
      </td>
    </tr>
  );
}
