// What the cases share: the settings, the order, and the words of the portal.

export const NOW = '2026-11-23T10:00:00Z';

export const settings = {
  schema: 2,
  shop: { id: 'shop-1', name: 'Чайная лавка' },
  funnel: { id: '5', name: 'Интернет-магазин' },
  deal: {
    title: 'Заказ №{order.number}',
    order_field: 'UF_CRM_ORDERBRIDGE_ORDER',
    order_field_item: 'ufCrmOrderbridgeOrder',
    source: 'WEB',
  },
  statuses: {
    from_stage: [
      { stage: 'C5:PREPARATION', status: 'processing', notify: true, comment: 'Заказ взят в работу' },
      { stage: 'C5:EXECUTING', status: 'shipped', notify: true },
    ],
    to_stage: [{ status: 'new', stage: 'C5:NEW' }],
    won: { status: 'completed', notify: true },
    lost: { status: 'cancelled' },
  },
  responsible: {
    rules: [
      { when: { categories: ['1'] }, users: ['6', '8'], pick: 'first' },
      { when: { categories: ['2'] }, users: ['7'], pick: 'first' },
    ],
    fallback: '1',
  },
  portal: {
    users: [
      { id: '1', name: 'Админ', active: true },
      { id: '6', name: 'Мария', active: true },
      { id: '7', name: 'Пётр', active: false },
      { id: '8', name: 'Олег', active: true },
    ],
  },
};

export const order = {
  id: '17',
  number: '2026-17',
  created_at: '2026-11-23T12:58:00+03:00',
  status: 'new',
  currency: 'RUB',
  total: '1234.50',
  url: 'https://shop.example/admin/orders/17',
  buyer: { last_name: 'Петров', first_name: 'Иван', second_name: 'Сергеевич', phone: '8 (999) 123-45-67', email: 'Ivan@Example.ru' },
  lines: [
    { product_id: '7', sku: 'TP-1', name: 'Чайник', options: [{ name: 'Цвет', value: 'Красный' }], quantity: '2', unit: 'шт', price: '500.00', total: '1000.00', vat_rate: '20', categories: [['1', '12']] },
  ],
  charges: [{ kind: 'shipping', name: 'Курьер', amount: '234.50' }],
  comment: 'Позвоните до доставки',
  payment: { code: 'cash', name: 'При получении' },
  delivery: { code: 'courier', name: 'Курьер', address: 'Москва, Тверская, 1' },
  utm: { source: 'yandex', medium: 'cpc' },
};

export const edit = (base, change) => {
  const copy = structuredClone(base);
  change(copy);
  return copy;
};

export const request = (op, data, more = {}) => ({ v: 1, op, now: NOW, settings, data, ...more });

/**
 * One task from its start to its end; `replies` are what the host brings after each step. That a buyer is not
 * among the links goes without saying, unless the reply has links.
 */
export function flow(record, name, why, task, replies, more = {}) {
  let answer = JSON.parse(record('sync.start', name, why, request('sync.start', { task }, more)));
  replies.forEach((reply, index) => {
    if (answer.data?.buyers && !reply.links) {
      const links = { state: answer.data.state, reply: { links: [] } };
      answer = JSON.parse(record.ask(request('sync.resume', links, more)));
    }
    const state = answer.data?.state;
    if (!state) throw new Error(`${name}: nothing to resume at step ${index + 1}: ${JSON.stringify(answer)}`);
    answer = JSON.parse(record('sync.resume', `${name}-${index + 1}`, why, request('sync.resume', { state, reply }, more)));
  });
  return answer.data;
}

export const ok = (result) => ({ result });
export const refused = (code, text) => ({ error: { code, text } });
export const item = (fields) => ok({ item: fields });
export const answers = (map) => ({ answers: map });
export const failure = (kind, more = {}) => ({ failure: { kind, status: 0, code: '', text: '', after: 0, ...more } });
export const portal = (status, code, text = '', after = 0) => failure('portal', { status, code, text, after });

export const nothingFound = answers({ deal: ok({ items: [] }), phone: ok([]), email: ok([]) });
export const dealItem = { id: 394, stageId: 'C5:NEW', categoryId: 5, originatorId: 'shop-1', originId: '17', contactId: 84, stageSemanticId: 'P' };
export const created = answers({ contact: item({ id: 84 }), deal: item(dealItem), rows: ok({ productRows: [] }) });
