import type { Of } from '../../app/adopted';
import { draft } from '../../app/draft';
import { fieldOf, titleOf } from '../../app/fieldWords';
import { mayModify, snapshot } from '../../app/session';
import type { Problem } from '../../core/types';
import { Combo } from '../../parts/Combo';
import { Field } from '../../parts/Field';
import type { Offer } from '../../parts/List';
import { fields } from '../../words/fields';
import { words } from '../../words/words';

/** Fields that Orderbridge fills by itself; the core refuses them. */
const OWNED: Record<Of, string> = {
  deal: 'id title stageId stageSemanticId closed categoryId currencyId opportunity isManualOpportunity comments assignedById contactId contactIds companyId originatorId originId',
  contact: 'id name lastName secondName fm phone email companyId companyIds assignedById originatorId originId',
  company: 'id title fm phone email contactIds assignedById originatorId originId',
};

interface Props {
  of: Of;
  value: string;
  problems: Problem[];
  onPick: (field: string) => void;
}

/** One of the fields that the portal has and that can be written. */
export function FieldPick({ of, value, problems, onPick }: Props) {
  const say = words(fields);
  const portal = snapshot.value;
  const owned = [...OWNED[of].split(' '), draft.value.deal?.order_field_item];
  const typeOf = (type: string, multiple?: boolean) => [say.types[type] ?? type, multiple ? say.multiple : ''].filter(Boolean).join(', ');
  const offers: Offer[] = (portal?.fields[of] ?? [])
    .filter((field) => !field.read_only && field.type !== 'file' && !owned.includes(field.name))
    .map((field) => ({ id: field.name, label: field.title || field.name, note: `${typeOf(field.type, field.multiple)} · ${field.upper_name || field.name}` }));
  const about = fieldOf(portal, of, value);
  return (
    <Field label={say.field} problems={problems} help={about && `${typeOf(about.type, about.multiple)} · ${about.upper_name || about.name}`}>
      {(wiring) => (
        <Combo
          id={wiring.id}
          describedBy={wiring['aria-describedby']}
          invalid={wiring['aria-invalid']}
          placeholder={say.field_pick}
          shown={value === '' ? '' : titleOf(portal, of, value)}
          offers={offers}
          free={portal === null}
          empty={say.no_fields}
          disabled={!mayModify.value}
          onPick={onPick}
        />
      )}
    </Field>
  );
}
