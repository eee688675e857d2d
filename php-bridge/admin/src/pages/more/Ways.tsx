import { draft, edit, problemsAt } from '../../app/draft';
import { mayModify } from '../../app/session';
import { Field, Problems, Switch } from '../../parts/Field';
import { Select } from '../../parts/Select';
import { more } from '../../words/more';
import { words } from '../../words/words';

type Settings = typeof draft.value;

/** What flows which way. */
export function Directions() {
  const say = words(more);
  const problems = problemsAt('/directions');
  return (
    <section class="card" aria-labelledby="directions-title">
      <h3 id="directions-title">{say.directions}</h3>
      {(['orders', 'statuses_to_shop', 'statuses_to_portal'] as const).map((way) => (
        <Switch
          key={way}
          label={say[way]}
          help={say[`${way}_help`]}
          checked={draft.value.directions?.[way] ?? true}
          disabled={!mayModify.value}
          onChange={(on) => edit((settings) => { settings.directions = { ...settings.directions, [way]: on }; })}
        />
      ))}
      {problems.length > 0 && <Problems list={problems} />}
    </section>
  );
}

/** Whose contact a buyer is. */
export function People() {
  const say = words(more);
  const people = draft.value.people ?? {};
  const off = !mayModify.value;
  const set = (change: Settings['people']) => edit((settings) => { settings.people = { ...settings.people, ...change }; });
  const choices = (values: Record<string, string>) => Object.entries(values).map(([value, label]) => ({ value, label }));
  return (
    <section class="card" aria-labelledby="people-title">
      <h3 id="people-title">{say.people}</h3>
      <Select
        label={say.ambiguous}
        help={say.ambiguous_help}
        value={people.ambiguous ?? 'none'}
        options={choices(say.ambiguous_values)}
        disabled={off}
        onChange={(ambiguous) => set({ ambiguous: ambiguous as keyof typeof say.ambiguous_values })}
      />
      <Select
        label={say.name_order}
        value={people.name_order ?? 'last_first'}
        options={choices(say.name_order_values)}
        disabled={off}
        onChange={(name_order) => set({ name_order: name_order as keyof typeof say.name_order_values })}
      />
      <Switch label={say.keep_manager} help={say.keep_manager_help} checked={people.keep_manager ?? false} disabled={off} onChange={(keep_manager) => set({ keep_manager })} />
      <Switch label={say.without_companies} help={say.without_companies_help} checked={people.without_companies ?? false} disabled={off} onChange={(without_companies) => set({ without_companies })} />
      {!people.without_companies && (
        <Field label={say.preset} help={say.preset_help} problems={problemsAt('/people/preset')}>
          {(wiring) => (
            <input {...wiring} class="input" inputMode="numeric" value={people.preset ?? ''} disabled={off} onInput={({ currentTarget }) => set({ preset: currentTarget.value.trim() })} />
          )}
        </Field>
      )}
    </section>
  );
}
