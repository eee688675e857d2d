import { draft, edit, problemsAt } from '../../app/draft';
import { fieldOf } from '../../app/fieldWords';
import { sample } from '../../app/sample';
import { mayModify, snapshot } from '../../app/session';
import { usePreview } from '../../app/usePreview';
import { Field, Switch } from '../../parts/Field';
import { TroubleNotice } from '../../parts/Notice';
import { Select } from '../../parts/Select';
import { TemplateInput } from '../../template/TemplateInput';
import type { Vocabulary } from '../../template/useVocabulary';
import { fields } from '../../words/fields';
import { words } from '../../words/words';
import { Result } from './Result';

type Deal = NonNullable<typeof draft.value.deal>;

/** Title, comment and source of the deal. */
export function DealFields({ vocabulary }: { vocabulary: Vocabulary }) {
  const say = words(fields);
  const deal = draft.value.deal ?? {};
  const { told, trouble } = usePreview(sample.value?.order ?? null);
  const result = (name: string) => (sample.value && !trouble ? told?.data.deal.find((field) => field.name === name)?.value ?? '' : null);
  const set = (change: Deal) => edit((settings) => {
    settings.deal = { ...settings.deal, ...change };
  });
  const template = (name: 'title' | 'comment', shown: string, help?: string, placeholder?: string) => (
    <div class="templated" data-template={name}>
      <Field label={say[name]} help={help} problems={problemsAt(`/deal/${name}`)}>
        {(wiring) => (
          <TemplateInput
            id={wiring.id}
            describedBy={wiring['aria-describedby']}
            invalid={wiring['aria-invalid']}
            value={deal[name] ?? ''}
            placeholder={placeholder}
            disabled={!mayModify.value}
            vocabulary={vocabulary}
            onChange={(value) => set({ [name]: value })}
          />
        )}
      </Field>
      <Result text={problemsAt(`/deal/${name}`).some(({ level }) => level === 'error') ? null : result(shown)} />
    </div>
  );
  return (
    <section class="card" aria-labelledby="deal-fields">
      <h3 id="deal-fields">{say.deal}</h3>
      {trouble && <TroubleNotice trouble={trouble} />}
      {template('title', 'title')}
      {template('comment', 'comments', say.comment_help, say.own_comment)}
      <div class="columns deal-rest">
        <Source value={deal.source ?? ''} onChange={(source) => set({ source })} />
        <Switch label={say.plain_text} help={say.plain_text_help} checked={deal.plain_text ?? false} disabled={!mayModify.value} onChange={(plain_text) => set({ plain_text })} />
      </div>
      <dl class="facts">
        <dt>{say.order_field}</dt>
        <dd>{deal.order_field_item ? <code>{deal.order_field}</code> : <span class="badge warning">{say.order_field_none}</span>} <span class="help">{say.order_field_help}</span></dd>
      </dl>
    </section>
  );
}

/** One of the portal's sources; its code while the portal does not answer. */
function Source({ value, onChange }: { value: string; onChange: (source: string) => void }) {
  const say = words(fields);
  const items = fieldOf(snapshot.value, 'deal', 'sourceId')?.items ?? [];
  const problems = problemsAt('/deal/source');
  if (items.length === 0) {
    return (
      <Field label={say.source} help={say.source_help} problems={problems}>
        {(wiring) => <input class="input" {...wiring} value={value} disabled={!mayModify.value} onInput={(event) => onChange(event.currentTarget.value.trim())} />}
      </Field>
    );
  }
  const options = [{ value: '', label: say.source_default }, ...items.map((item) => ({ value: item.id, label: item.value }))];
  return <Select label={say.source} help={say.source_help} problems={problems} value={value} options={options} disabled={!mayModify.value} onChange={onChange} />;
}
