import { Condition } from '../../condition/Condition';
import { OF, type Of } from '../../app/adopted';
import { problemsAt } from '../../app/draft';
import { fieldOf, readable, titleOf } from '../../app/fieldWords';
import { mayModify, snapshot } from '../../app/session';
import type { Mapping } from '../../core/types';
import { Button } from '../../parts/Button';
import { Field, Switch } from '../../parts/Field';
import { Mover } from '../../parts/Mover';
import { Select } from '../../parts/Select';
import type { Outcome } from '../../template/probe';
import { TemplateInput } from '../../template/TemplateInput';
import type { Vocabulary } from '../../template/useVocabulary';
import { fields } from '../../words/fields';
import { words } from '../../words/words';
import { FieldPick } from './FieldPick';
import { Result } from './Result';

interface Props {
  row: Mapping;
  at: number;
  count: number;
  name: string;
  outcome: Outcome | null;
  /** Index of the row that counts instead for the sample order; -1: none. */
  taken: number;
  vocabulary: Vocabulary;
  onMove: (to: number) => void;
  onRemove: () => void;
  onChange: (change: Partial<Mapping>) => void;
}

/** A list of what an enumeration takes, as long as it can be read at a glance. */
const CHOICES = 30;

/** One field and what goes into it. */
export function FieldRow({ row, at, count, name, outcome, taken, vocabulary, onMove, onRemove, onChange }: Props) {
  const say = words(fields);
  const of: Of = row.of ?? 'deal';
  const path = `/fields/${at}`;
  const about = fieldOf(snapshot.value, of, row.field ?? '');
  const wrong = problemsAt(`${path}/template`);
  const sound = !wrong.some(({ level }) => level === 'error');
  const choices = about?.items ?? [];
  return (
    <li class="card own-field" data-row data-mapping={at} aria-label={name} tabIndex={-1}>
      <div class="row rule-head">
        {mayModify.value && <Mover name={name} at={at} count={count} onMove={onMove} />}
        <span class="rule-number" aria-hidden="true">{at + 1}</span>
        <b class="own-field-name">{row.field ? titleOf(snapshot.value, of, row.field) : say.field_pick}</b>
        {mayModify.value && <Button kind="quiet" label={say.remove_of(name)} onClick={onRemove}>×</Button>}
      </div>
      <div class="target">
        <Select
          label={say.of}
          help={say.of_help[of] || undefined}
          value={of}
          options={OF.map((value) => ({ value, label: say.ofs[value] }))}
          disabled={!mayModify.value}
          onChange={(value) => onChange({ of: value as Of, field: '' })}
        />
        <FieldPick of={of} value={row.field ?? ''} problems={problemsAt(`${path}/field`)} onPick={(field) => onChange({ field })} />
      </div>
      <div class="templated" data-template={at}>
        <Field
          label={say.template}
          problems={wrong}
          help={choices.length > 0 && choices.length <= CHOICES && <>{say.choices}: {choices.map((item) => `«${item.value}»`).join(', ')}</>}
        >
          {(wiring) => (
            <TemplateInput
              id={wiring.id}
              describedBy={wiring['aria-describedby']}
              invalid={wiring['aria-invalid']}
              value={row.template ?? ''}
              placeholder={say.template_hint}
              disabled={!mayModify.value}
              vocabulary={vocabulary}
              onChange={(template) => onChange({ template })}
            />
          )}
        </Field>
        <Result text={outcome && sound ? shown(outcome, about) : null}>
          {outcome && sound && <Remark outcome={outcome} taken={taken} about={about} />}
        </Result>
      </div>
      {of === 'deal' && <Switch label={say.once} help={say.once_help} checked={row.once ?? false} disabled={!mayModify.value} onChange={(once) => onChange({ once })} />}
      <div role="group" aria-label={`${say.when}: ${name}`}>
        <h4>{say.when}</h4>
        <Condition name={name} when={row.when ?? {}} path={`${path}/when`} onChange={(when) => onChange({ when })} />
      </div>
    </li>
  );
}

type About = ReturnType<typeof fieldOf>;

function shown({ sent }: Outcome, about: About): string {
  return about?.multiple ? sent.split('\n').map((value) => readable(value, about)).join(', ') : readable(sent, about);
}

/** Why the field would get nothing, or not this. */
function Remark({ outcome, taken, about }: { outcome: Outcome; taken: number; about: About }) {
  const say = words(fields);
  const { text, sent, fits } = outcome;
  const count = (value: string, between: string) => value.split(between).filter((one) => one.trim() !== '').length;
  const partly = about?.multiple && sent !== '' && count(text, text.includes('\n') ? '\n' : ',') > count(sent, '\n');
  const remark = !fits ? say.not_now
    : taken >= 0 ? say.taken(taken + 1)
    : about && text !== '' && sent === '' ? say.unfit(say.types[about.type] ?? about.type)
    : partly ? say.partly : '';
  return remark === '' ? null : <p class="warning-text">{remark}</p>;
}
