import { draft, edit, problemsAt } from '../../app/draft';
import { mayModify } from '../../app/session';
import { Select } from '../../parts/Select';
import { more } from '../../words/more';
import { words } from '../../words/words';

const CASES = ['gone', 'deleted', 'refund', 'closed'] as const;

/** What happens when an order or a deal does not simply go on. */
export function Life() {
  const say = words(more);
  return (
    <section class="card" aria-labelledby="life-title">
      <h3 id="life-title">{say.life}</h3>
      {CASES.map((name) => {
        const values = Object.entries(say[`${name}_values`]).map(([value, label]) => ({ value, label }));
        return (
          <Select
            key={name}
            label={say[name]}
            value={draft.value.life?.[name] ?? values[0]?.value ?? ''}
            options={values}
            problems={problemsAt(`/life/${name}`)}
            disabled={!mayModify.value}
            onChange={(value) => edit((settings) => { settings.life = { ...settings.life, [name]: value as never }; })}
          />
        );
      })}
    </section>
  );
}
