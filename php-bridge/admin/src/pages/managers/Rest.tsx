import { useRef } from 'preact/hooks';
import { draft, edit, problemsAt } from '../../app/draft';
import { mayModify } from '../../app/session';
import type { SettingsResponsible } from '../../core/types';
import { Button } from '../../parts/Button';
import { Combo } from '../../parts/Combo';
import { Field } from '../../parts/Field';
import { Select } from '../../parts/Select';
import { UserChip } from '../../parts/User';
import { userOffers } from '../../parts/UserPicker';
import { managers } from '../../words/managers';
import { words } from '../../words/words';

/** Who gets what no rule fits, and which rule decides in a mixed basket. */
export function Rest() {
  const say = words(managers);
  const box = useRef<HTMLElement>(null);
  const { fallback = '', basket = 'largest_sum' } = draft.value.responsible ?? {};
  const set = (change: Partial<SettingsResponsible>) => edit((settings) => {
    settings.responsible = { ...settings.responsible, ...change };
  });
  const clear = () => {
    box.current?.querySelector<HTMLElement>('[role="combobox"]')?.focus();
    set({ fallback: '' });
  };
  return (
    <section class="card" aria-labelledby="rest-title" ref={box}>
      <h3 id="rest-title">{say.rest}</h3>
      <div class="columns">
        <Field label={say.fallback} help={say.fallback_help} problems={problemsAt('/responsible/fallback')}>
          {(wiring) => (
            <>
              <div class="row chips-row" data-fallback={fallback}>
                {fallback === '' ? <span class="soft">{say.fallback_none}</span> : <UserChip id={fallback} />}
                {fallback !== '' && mayModify.value && <Button kind="quiet" onClick={clear}>{say.fallback_clear}</Button>}
              </div>
              <Combo
                id={wiring.id}
                describedBy={wiring['aria-describedby']}
                invalid={wiring['aria-invalid']}
                placeholder={fallback === '' ? say.fallback_pick : say.fallback_other}
                offers={userOffers().filter(({ id }) => id !== fallback)}
                disabled={!mayModify.value}
                onPick={(id) => set({ fallback: id })}
              />
            </>
          )}
        </Field>
        <Select
          label={say.basket}
          value={basket}
          options={Object.entries(say.baskets).map(([value, label]) => ({ value, label }))}
          problems={problemsAt('/responsible/basket')}
          disabled={!mayModify.value}
          onChange={(value) => set({ basket: value as SettingsResponsible['basket'] })}
        />
      </div>
    </section>
  );
}
