import { useState } from 'preact/hooks';
import { pathOf, tree } from '../app/categories';
import { problemsAt } from '../app/draft';
import { collect, seen } from '../app/sample';
import { categories, mayModify } from '../app/session';
import type { When } from '../core/types';
import { Button } from '../parts/Button';
import { Field, Problems } from '../parts/Field';
import { Tokens } from '../parts/Tokens';
import { condition } from '../words/condition';
import { words } from '../words/words';
import { CategoryDialog } from './CategoryDialog';
import { ALWAYS, LISTS, offersOf, others } from './when';

interface Props {
  /** What it is the condition of, for screen readers. */
  name: string;
  when: When;
  /** JSON Pointer to it in the settings. */
  path: string;
  onChange: (when: Required<When>) => void;
}

/** Chips of a rule with a hundred categories would be all there is to see. */
const CHIPS = 12;

/** For which orders something holds: categories of what was bought first of all, everything else below a fold. */
export function Condition({ name, when, path, onChange }: Props) {
  const say = words(condition);
  const [choosing, choose] = useState(false);
  const count = others(when);
  const [open, setOpen] = useState(count > 0);
  const chosen = when.categories ?? [];
  const change = (part: Partial<When>) => onChange({ ...ALWAYS, ...when, ...part });
  const wrong = problemsAt(`${path}/categories`);
  const whole = problemsAt(path).filter((problem) => problem.path === path);
  return (
    <div class="condition">
      <div class="row chips-row">
        {chosen.length === 0 && count === 0 && <span class="token any">{say.any_order}</span>}
        {chosen.slice(0, CHIPS).map((id) => (
          <span key={id} class="token" data-category={id}>
            {pathOf(tree.value, id)}
            {categories.value && !tree.value.byId.has(id) && <span class="badge warning">{say.gone}</span>}
          </span>
        ))}
        {chosen.length > CHIPS && <span class="soft">{say.more_chips(chosen.length - CHIPS)}</span>}
        {mayModify.value && <Button kind="quiet" label={say.choose_for(name)} onClick={() => choose(true)}>{say.choose}</Button>}
      </div>
      <Problems list={[...wrong, ...whole]} />
      <details
        class="plain more-conditions"
        open={open}
        onToggle={(event) => {
          setOpen(event.currentTarget.open);
          if (event.currentTarget.open) void collect();
        }}
      >
        <summary>{say.more}{count > 0 && <span class="badge info">{say.set(count)}</span>}</summary>
        {open && (
          <div class="conditions">
            <p class="help">{say.all_hold} {say.from_orders}</p>
            <div class="bounds wide">
              {LISTS.map((list) => (
                <Tokens
                  key={list}
                  label={say[list]}
                  list={when[list] ?? []}
                  offers={offersOf(seen.value, list)}
                  problems={problemsAt(`${path}/${list}`)}
                  onChange={(values) => change({ [list]: list === 'currencies' ? values.map((value) => value.toUpperCase()) : values })}
                />
              ))}
              {(['total_from', 'total_to'] as const).map((bound) => (
                <Field key={bound} label={say[bound]} problems={problemsAt(`${path}/${bound}`)}>
                  {(wiring) => (
                    <input
                      class="input"
                      {...wiring}
                      inputMode="decimal"
                      disabled={!mayModify.value}
                      value={when[bound] ?? ''}
                      onInput={(event) => change({ [bound]: event.currentTarget.value.trim().replace(',', '.') })}
                    />
                  )}
                </Field>
              ))}
            </div>
          </div>
        )}
      </details>
      {choosing && (
        <CategoryDialog
          chosen={chosen}
          onClose={() => choose(false)}
          onChoose={(ids) => {
            choose(false);
            change({ categories: ids });
          }}
        />
      )}
    </div>
  );
}
