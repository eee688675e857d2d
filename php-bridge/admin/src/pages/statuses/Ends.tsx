import type { Named } from '../../api/actions';
import { draft, edit, problemsAt } from '../../app/draft';
import { Problems } from '../../parts/Field';
import { statuses as texts } from '../../words/statuses';
import { words } from '../../words/words';
import { StatusSelect, Telling } from './parts';

/** What won and lost deals mean, whichever stage they ended in. */
export function Ends({ statuses }: { statuses: Named[] }) {
  const say = words(texts);
  return (
    <section class="card" aria-labelledby="ends-title">
      <h3 id="ends-title">{say.ends_title}</h3>
      <p class="soft">{say.ends_help}</p>
      <table class="table mapping" aria-labelledby="ends-title">
        <thead>
          <tr>
            <th scope="col">{say.stage}</th>
            <th scope="col">{say.status}</th>
            <th scope="col">{say.notify}</th>
            <th scope="col">{say.comment}</th>
          </tr>
        </thead>
        <tbody>
          {(['won', 'lost'] as const).map((end) => {
            const target = draft.value.statuses?.[end];
            const problems = problemsAt(`/statuses/${end}`);
            const empty = !target?.status && draft.value.directions?.statuses_to_shop !== false;
            const set = (change: object) => edit((settings) => {
              settings.statuses = { ...settings.statuses, [end]: { ...settings.statuses?.[end], ...change } };
            });
            return (
              <tr key={end} class={empty ? 'unmapped' : undefined} data-end={end}>
                <th scope="row">
                  <span class={`badge ${end === 'won' ? 'ok' : 'error'}`}>{say[end]}</span> {say[`${end}_row`]}
                  {problems.length > 0 && <Problems list={problems} />}
                </th>
                <td data-label={say.status}>
                  <StatusSelect label={`${say.status}: ${say[end]}`} value={target?.status ?? ''} statuses={statuses} none={say.none_stage} onChange={(status) => set({ status })} />
                </td>
                <Telling of={say[end]} row={target?.status ? target : undefined} onChange={set} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
