import { settings, order, edit, request } from './shared.mjs';

// Every decision of the preview has its reason.
export function decisions(record) {
  const whole = edit(settings, (s) => {
    s.portal.stages = [{ id: 'C5:NEW', name: 'Новый заказ', semantics: 'process' }];
    s.funnels = [{ when: { groups: ['wholesale'] }, id: '7', name: 'Опт' }];
    s.fields = [
      { field: 'ufCrmGift', template: '{order.comment}', when: { total_from: '10000' } },
      { field: 'ufCrmPlace', template: '{delivery.address}' },
    ];
  });
  const preview = (name, why, change, more = {}) => record('order.preview', `why-${name}`, why, request('order.preview', { order: edit(order, change) }, { settings: whole, ...more }));
  preview('retail', 'The funnel of all others, the stage of the table, a contact by both, a field whose condition does not hold.', () => {});
  preview('wholesale', 'A rule’s funnel; no row for the status there; a company by its INN.', (o) => {
    o.buyer.group = 'wholesale';
    o.buyer.company = { name: 'ООО Ромашка', inn: '7717586110' };
    o.buyer.email = '';
    o.total = '12345.00';
    o.lines[0].total = '12110.50';
  });
  preview('english', 'In English: a company by its name, a contact by e-mail, an amount by hand.', (o) => {
    o.buyer.company = { name: 'Romashka' };
    o.buyer.phone = '';
    o.total = '1234.51';
  }, { lang: 'en' });
  preview('company-left-out', 'Companies are switched off; nobody can be reached.', (o) => {
    o.buyer = { full_name: 'Иван', company: { name: 'Romashka' } };
  }, { settings: edit(whole, (s) => { s.people = { without_companies: true }; }) });
}
