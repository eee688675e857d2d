import { useRef, useState } from 'preact/hooks';
import { ALWAYS } from '../../condition/when';
import { draft, edit } from '../../app/draft';
import { mayModify } from '../../app/session';
import type { Rule } from '../../core/types';
import { Button } from '../../parts/Button';
import { useOrderly } from '../../parts/useOrderly';
import { managers } from '../../words/managers';
import { parts } from '../../words/parts';
import { words } from '../../words/words';
import { RuleCard } from './RuleCard';

const blank = (): Rule => ({ name: '', when: { ...ALWAYS }, users: [], pick: 'round_robin' });

/** The rules, in the order in which they are asked. */
export function Rules() {
  const say = words(managers);
  const rules = draft.value.responsible?.rules ?? [];
  const box = useRef<HTMLOListElement>(null);
  const [news, tell] = useState('');
  const set = (list: Rule[]) => edit((settings) => {
    settings.responsible = { ...settings.responsible, rules: list };
  });
  const nameOf = (at: number) => say.rule(at + 1, rules[at]?.name ?? '');
  const { keys, move, drop, add } = useOrderly({
    rows: rules,
    box,
    disabled: !mayModify.value,
    blank,
    onChange: set,
    onMoved: (from, to) => tell(words(parts).moved(nameOf(from), to + 1, rules.length)),
  });
  return (
    <section aria-labelledby="rules-title" class="rules">
      <h3 id="rules-title">{say.rules}</h3>
      {rules.length === 0 && <p class="card empty">{say.no_rules}</p>}
      <ol ref={box}>
        {rules.map((rule, at) => (
          <RuleCard
            key={keys[at]}
            rule={rule}
            at={at}
            count={rules.length}
            onMove={(to) => move(at, to)}
            onRemove={() => {
              tell(words(parts).removed(nameOf(at)));
              drop(at);
            }}
            onChange={(change) => set(rules.map((other, index) => (index === at ? { ...other, ...change } : other)))}
          />
        ))}
      </ol>
      <p class="hidden" role="status">{news}</p>
      {mayModify.value && <div class="buttons under"><Button onClick={add}>+ {say.add}</Button></div>}
    </section>
  );
}
