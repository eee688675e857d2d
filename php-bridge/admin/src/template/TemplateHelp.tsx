import { Fold } from '../parts/Fold';
import { templates } from '../words/templates';
import { words } from '../words/words';
import type { Vocabulary } from './useVocabulary';

/** An example of each filter, with a field that shows what it is for. */
const EXAMPLES: Record<string, string> = {
  trim: '{buyer.full_name|trim}',
  upper: '{delivery.city|upper}',
  lower: '{delivery.name|lower}',
  digits: '{buyer.phone|digits}',
  phone: '{buyer.phone|phone}',
  int: '{order.total|int}',
  first: '{coupons|first}',
  lines: '{lines.text|lines}',
  'cut:50': '{order.comment|cut:50}',
  'date:d.m.Y': '{order.created_at|date:d.m.Y H:i}',
  'default:': '{buyer.group|default:—}',
  'prefix:': '{delivery.postcode|prefix:ZIP }',
  'suffix:': '{delivery.price|suffix: ₽}',
};

/** What can stand in a template. */
export function TemplateHelp({ vocabulary }: { vocabulary: Vocabulary }) {
  const say = words(templates);
  return (
    <Fold title={say.help}>
      <p>{say.help_text}</p>
      <p>{say.braces}</p>
      <div class="columns">
        <div class="scroll help-table" role="region" tabIndex={0} aria-label={say.list}>
          <table class="table">
            <thead><tr><th scope="col">{say.field}</th><th scope="col">{say.meaning}</th><th scope="col">{say.value}</th></tr></thead>
            <tbody>
              {vocabulary.fields.map(({ name, meaning, value }) => (
                <tr key={name}><th scope="row"><code>{`{${name}}`}</code></th><td>{meaning}</td><td class="soft help-value">{value}</td></tr>
              ))}
            </tbody>
          </table>
        </div>
        <div class="scroll help-table" role="region" tabIndex={0} aria-label={say.filters}>
          <table class="table">
            <thead><tr><th scope="col">{say.filter}</th><th scope="col">{say.does}</th><th scope="col">{say.example}</th></tr></thead>
            <tbody>
              {vocabulary.filters.map(({ name, meaning }) => (
                <tr key={name}><th scope="row"><code>{`|${name}`}</code></th><td>{meaning}</td><td><code>{EXAMPLES[name] ?? ''}</code></td></tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Fold>
  );
}
