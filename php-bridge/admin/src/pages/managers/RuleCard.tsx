import { Condition } from '../../condition/Condition';
import { problemsAt } from '../../app/draft';
import { mayModify } from '../../app/session';
import type { Rule } from '../../core/types';
import { Button } from '../../parts/Button';
import { Problems } from '../../parts/Field';
import { Mover } from '../../parts/Mover';
import { Select } from '../../parts/Select';
import { UserPicker } from '../../parts/UserPicker';
import { managers } from '../../words/managers';
import { words } from '../../words/words';

interface Props {
  rule: Rule;
  at: number;
  count: number;
  onMove: (to: number) => void;
  onRemove: () => void;
  onChange: (change: Partial<Rule>) => void;
}

/** One rule: which orders, to whom, and which of them. */
export function RuleCard({ rule, at, count, onMove, onRemove, onChange }: Props) {
  const say = words(managers);
  const path = `/responsible/rules/${at}`;
  const name = say.rule(at + 1, rule.name ?? '');
  const users = rule.users ?? [];
  const pick = rule.pick ?? 'round_robin';
  const whole = problemsAt(path).filter((problem) => problem.path === path);
  return (
    <li class="card rule" data-row data-rule={at} aria-label={name} id={`rule-${at}`} tabIndex={-1}>
      <div class="row rule-head">
        {mayModify.value && <Mover name={name} at={at} count={count} onMove={onMove} />}
        <span class="rule-number" aria-hidden="true">{at + 1}</span>
        <input
          class="input rule-name"
          aria-label={`${say.name}: ${name}`}
          placeholder={say.name_hint}
          value={rule.name ?? ''}
          maxLength={100}
          disabled={!mayModify.value}
          onInput={(event) => onChange({ name: event.currentTarget.value })}
        />
        {mayModify.value && <Button kind="quiet" label={say.remove_of(name)} onClick={onRemove}>×</Button>}
      </div>
      <Problems list={whole} />
      <div class="rule-body">
        <div role="group" aria-label={`${say.orders}: ${name}`}>
          <h4>{say.orders}</h4>
          <Condition name={name} when={rule.when ?? {}} path={`${path}/when`} onChange={(when) => onChange({ when })} />
        </div>
        <div role="group" aria-label={`${say.users}: ${name}`}>
          <h4>{say.users}</h4>
          <UserPicker label={name} list={users} ordered={pick === 'first'} onChange={(list) => onChange({ users: list })} />
          <Problems list={problemsAt(`${path}/users`)} />
          {users.length > 1 && (
            <Select
              label={say.pick}
              help={say.pick_help[pick]}
              value={pick}
              options={(['round_robin', 'first'] as const).map((value) => ({ value, label: say.picks[value] }))}
              disabled={!mayModify.value}
              onChange={(value) => onChange({ pick: value as Rule['pick'] })}
            />
          )}
        </div>
      </div>
    </li>
  );
}
