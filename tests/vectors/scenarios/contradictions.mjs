import { settings, edit } from './shared.mjs';

// What `settings.check` finds besides the table of `settings.mjs`: several funnels, the portal's snapshot,
// settings of former schemas.
export function contradictions(record) {
  const check = (name, why, data, more = {}) => record('settings.check', name, why, { v: 1, op: 'settings.check', data, ...more });
  const statuses = [['new', 'Новый'], ['processing', 'В работе'], ['shipped', 'Отправлен'], ['completed', 'Выполнен'], ['cancelled', 'Отменён']].map(([id, name]) => ({ id, name }));
  const stages = (funnel, ...names) => names.map((name) => ({ id: `${funnel}:${name}`, name, semantics: 'process' }));
  const portal = {
    funnels: [
      { id: '5', name: 'Интернет-магазин', stages: stages('C5', 'NEW', 'PREPARATION', 'EXECUTING') },
      { id: '7', name: 'Опт', stages: stages('C7', 'NEW', 'EXECUTING') },
    ],
    users: [], currencies: [{ code: 'RUB', base: true }, { code: 'USD', base: false }], fields: [],
  };
  const lists = { statuses, categories: [{ id: '1' }, { id: '2' }], currencies: ['RUB', 'USD'], portal };
  const whole = edit(settings, (s) => { s.responsible.rules[1].users = ['8']; });
  const changed = (change) => ({ settings: edit(whole, change), ...lists });
  const wholesale = { when: { groups: ['wholesale'] }, id: '7', name: 'Опт' };

  check('two-funnels', 'Each funnel has rows of its own: one status leads to a stage in either.', changed((s) => {
    s.funnels = [wholesale];
    s.statuses.to_stage.push({ status: 'new', stage: 'C7:NEW' });
    s.statuses.from_stage.push({ stage: 'C7:EXECUTING', status: 'shipped' });
  }));
  check('two-funnels-twice', 'In one funnel a status stands once.', changed((s) => {
    s.funnels = [wholesale];
    s.statuses.to_stage.push({ status: 'new', stage: 'C7:NEW' }, { status: 'new', stage: 'C7:EXECUTING' });
  }));
  check('stage-of-no-funnel', 'A stage of neither funnel, and one that its funnel has lost.', changed((s) => {
    s.funnels = [wholesale];
    s.statuses.from_stage[0].stage = 'C9:NEW';
    s.statuses.from_stage[1].stage = 'C7:GONE';
  }));
  check('stage-gone-since', 'Without a fresh look at the portal the settings’ own list of stages counts.', { settings: edit(whole, (s) => {
    s.portal.stages = stages('C5', 'NEW', 'PREPARATION');
  }) });
  check('funnel-rules', 'A rule without a funnel, with with one that is gone, twice the same condition, and one after a rule that takes everything.', changed((s) => {
    s.funnels = [
      { when: { stores: ['2'] }, id: '', name: '' },
      { when: { stores: ['3'] }, id: '8', name: 'Закрытая' },
      { ...wholesale, id: '5' },
      wholesale,
      { id: '7', name: 'Опт' },
      { when: { payments: ['card'] }, id: '5', name: 'Интернет-магазин' },
    ];
  }));
  check('conditions', 'Sums that cannot be read, a range with nothing in it, a currency that is none, a category that is gone.', changed((s) => {
    s.funnels = [{ when: { total_from: '1000', total_to: '500', currencies: ['руб'] }, id: '7', name: 'Опт' }];
    s.responsible.rules[0].when = { categories: ['99'], total_from: 'много' };
    s.fields = [{ field: 'ufCrmA', template: '{order.id}', when: { total_to: '1.23456' } }];
  }));
  check('cycle', 'The shop sets «new», the deal goes to a stage that means «processing», which leads to one that means «new»: for ever.', changed((s) => {
    s.statuses.to_stage = [{ status: 'new', stage: 'C5:PREPARATION' }, { status: 'processing', stage: 'C5:NEW' }];
    s.statuses.from_stage = [{ stage: 'C5:NEW', status: 'new' }, { stage: 'C5:PREPARATION', status: 'processing' }];
  }));
  check('cycle-won', 'The way back may lead over a won deal.', changed((s) => {
    s.portal.stages = [{ id: 'C5:WON', name: 'Успех', semantics: 'success' }, ...stages('C5', 'NEW', 'PREPARATION', 'EXECUTING')];
    portal.funnels[0].stages.push({ id: 'C5:WON', name: 'Успех' });
    s.statuses.to_stage = [{ status: 'shipped', stage: 'C5:WON' }, { status: 'completed', stage: 'C5:EXECUTING' }];
  }), { lang: 'en' });
  portal.funnels[0].stages.pop();
  check('cycle-one-way', 'With one direction off nothing turns in a circle.', changed((s) => {
    s.directions = { statuses_to_portal: false };
    s.statuses.to_stage = [{ status: 'new', stage: 'C5:PREPARATION' }, { status: 'processing', stage: 'C5:NEW' }];
    s.statuses.from_stage = [{ stage: 'C5:NEW', status: 'new' }, { stage: 'C5:PREPARATION', status: 'processing' }];
  }));
  check('two-statuses-one-stage', 'Two statuses may share a stage: the way back settles on one of them.', changed((s) => {
    s.statuses.to_stage.push({ status: 'processing', stage: 'C5:NEW' });
    s.statuses.from_stage.push({ stage: 'C5:NEW', status: 'new' });
  }));
  check('guarded', 'Guarded statuses: one twice, one that the shop does not have.', changed((s) => { s.statuses.guarded = ['completed', 'paid', 'completed']; }));
  check('won-empty', 'Without statuses for closed deals they change nothing; when nothing flows that way, that is meant.', changed((s) => { s.statuses.won = {}; s.statuses.lost = {}; }));
  check('won-empty-off', 'Nothing flows that way.', changed((s) => { s.statuses.won = {}; s.statuses.lost = {}; s.directions = { statuses_to_shop: false }; }));
  check('templates', 'Every template is read on save: the comment of the deal, and those of the history rows, which know two fields more.', changed((s) => {
    s.deal.comment = '{order.nomber}';
    s.statuses.from_stage[0].comment = 'Стадия {stage.name}, сделка {deal.id}, заказ {order.number}';
    s.statuses.from_stage[1].comment = '{stage.colour}';
    s.statuses.won.comment = '{deal.id';
    s.deal.title = '{stage.name}';
  }));
  check('preset', 'A template of requisites is named by its number.', changed((s) => { s.people = { preset: 'ООО' }; }));
  check('directions', 'Everything switched off is allowed, and said.', changed((s) => { s.directions = { orders: false, statuses_to_portal: false, statuses_to_shop: false }; }));
  check('shop-id-changed', 'The shop’s id is how the module knows its deals.', { ...changed((s) => { s.shop.id = 'shop-2'; }), links: 12, shop_id: 'shop-1' });
  check('shop-id-free', 'Before the first deal it may change.', { ...changed((s) => { s.shop.id = 'shop-2'; }), links: 0, shop_id: 'shop-1' });
  check('currencies', 'A currency that people can order in and that the portal does not have.', { ...changed(() => {}), currencies: ['RUB', 'KZT'] });
  migrations(check, lists);
}

// Documents as former modules wrote them: an update must read them without a person.
function migrations(check, lists) {
  const first = {
    schema: 1,
    shop: { id: 'chaika.example-8080', name: 'Чайная лавка' },
    funnel: { id: '5', name: 'Интернет-магазин' },
    deal: { title: '{order.number} {buyer.last_name}', order_field: 'UF_CRM_ORDERBRIDGE_ORDER', order_field_item: 'ufCrmOrderbridgeOrder', source: 'STORE' },
    statuses: {
      from_stage: [{ stage: 'C5:PREPARATION', status: 'processing', notify: true, comment: 'Заказ взят в работу' }, { stage: 'C5:EXECUTING', status: 'shipped', notify: false, comment: '' }],
      to_stage: [{ status: 'new', stage: 'C5:NEW' }, { status: 'processing', stage: 'C5:PREPARATION' }],
      won: { status: 'completed', notify: true, comment: 'Спасибо!' },
      lost: { status: 'cancelled', notify: false, comment: '' },
    },
    responsible: {
      rules: [{ categories: ['1'], users: ['6', '8'], pick: 'round_robin' }, { categories: ['2', '1'], users: ['7'], pick: 'first' }],
      basket: 'most_units',
      fallback: '1',
    },
    portal: { users: [{ id: '1', name: 'Админ', active: true }, { id: '6', name: 'Мария', active: true }, { id: '7', name: 'Пётр', active: false }, { id: '8', name: 'Олег', active: true }] },
  };
  check('schema-1-full', 'A document of the first schema with everything set: nothing of it is lost.', { settings: first, ...lists });
  const { shop } = first;
  check('schema-1-fresh', 'The first schema as it was before anything was set up: what `settings.check` had made of the shop’s id.', {
    settings: {
      schema: 1, shop: { id: shop.id, name: '' }, funnel: { id: '', name: 'Интернет-магазин' },
      deal: { title: 'Заказ №{order.number}', order_field: 'UF_CRM_ORDERBRIDGE_ORDER', order_field_item: '', source: 'WEB' },
      statuses: { from_stage: [], to_stage: [], won: { status: '', notify: false, comment: '' }, lost: { status: '', notify: false, comment: '' } },
      responsible: { rules: [], basket: 'largest_sum', fallback: '' }, portal: { users: [] },
    },
  });
  check('schema-1-sparse', 'A document by hand, with parts left out; PHP writes an empty map as a list.', { settings: { schema: 1, shop, responsible: { rules: [[], { users: ['6'] }] }, statuses: [] } });
  check('schema-1-unknown-key', 'A key that the first schema did not know either is refused, as in the newest.', { settings: { ...first, people: {}, colour: 'red' } });
  check('schema-1-both', 'A document that says it is of the first schema and is not.', { settings: { ...first, responsible: { rules: [{ categories: ['1'], when: { brands: ['Гжель'] }, users: ['6'] }] } } });
  check('schema-text', 'A schema that is no number.', { settings: { ...first, schema: '1' } });
  check('schema-0', 'There was never such a schema.', { settings: { ...first, schema: 0 } });
}
