import { mayModify } from '../app/session';
import { parts } from '../words/parts';
import { words } from '../words/words';
import { Combo } from './Combo';
import { Problems } from './Field';
import { leave } from './focus';
import type { Offer } from './List';
import type { Problem } from '../core/types';

interface Props {
  label: string;
  list: string[];
  offers?: Offer[];
  placeholder?: string;
  problems?: Problem[];
  /** What stands for a value; the value itself when it is left out. */
  nameOf?: (value: string) => string;
  onChange: (list: string[]) => void;
}

/** Several words, each typed or picked. */
export function Tokens({ label, list, offers = [], placeholder, problems = [], nameOf = (value) => value, onChange }: Props) {
  const say = words(parts);
  return (
    <div class="field tokens">
      <span class="field-name" aria-hidden="true">{label}</span>
      {list.length > 0 && (
        <ul class="chips" aria-label={label}>
          {list.map((value) => (
            <li key={value}>
              <span class="token">
                {nameOf(value)}
                {mayModify.value && <button type="button" class="chip-button" aria-label={say.take_out(nameOf(value))} onClick={(event) => { leave(event.currentTarget, '.tokens', 'input'); onChange(list.filter((other) => other !== value)); }}>×</button>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {mayModify.value && (
        <Combo
          label={say.add_to(label)}
          placeholder={placeholder ?? say.add}
          free
          offers={offers.filter(({ id }) => !list.includes(id))}
          onPick={(value) => list.includes(value) || onChange([...list, value])}
        />
      )}
      {problems.length > 0 && <Problems list={problems} />}
    </div>
  );
}
