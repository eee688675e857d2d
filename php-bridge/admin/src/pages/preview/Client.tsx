import type { Preview } from '../../core/types';
import { preview } from '../../words/preview';
import { words } from '../../words/words';

/** The contact and, when the order names one, the company. */
export function Client({ deal }: { deal: Preview }) {
  const say = words(preview);
  const { contact, company } = deal;
  const name = [contact.last_name, contact.name, contact.second_name].filter((part) => part !== '').join(' ');
  return (
    <>
      {company && (
        <dl class="facts client">
          <Fact name={say.company} value={company.name} field="company.name" strong />
          <Fact name={say.inn} value={company.inn} field="company.inn" />
          <Fact name={say.kpp} value={company.kpp} field="company.kpp" />
          <Fact name={say.ogrn} value={company.ogrn} field="company.ogrn" />
          <Fact name={say.address} value={company.address} field="company.address" />
        </dl>
      )}
      <dl class="facts client">
        <Fact name={say.contact} value={name || say.nameless} field="contact.name" strong />
        <Fact name={say.phone} value={contact.phone || say.no_phone} field="contact.phone" />
        <Fact name={say.email} value={contact.email} field="contact.email" />
      </dl>
    </>
  );
}

function Fact({ name, value, field, strong = false }: { name: string; value: string; field: string; strong?: boolean }) {
  if (value === '') return null;
  return <div class="fact" data-field={field}><dt>{name}</dt><dd>{strong ? <b>{value}</b> : value}</dd></div>;
}
