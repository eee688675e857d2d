// People: whose contact a buyer is, the company he orders for, and who looks after him.
import { settings, order, created, edit, request, flow, ok, refused, item, answers, nothingFound, dealItem } from './shared.mjs';

const push = { kind: 'push_order', order, link: null, attempt: 1, turn: 1 };
const withBuyer = (buyer) => ({ ...push, order: edit(order, (o) => Object.assign(o.buyer, buyer)) });
const withSettings = (change) => ({ settings: edit(settings, (s) => { s.people = {}; change(s); }) });
const fm = (...all) => all.map(([typeId, value], index) => ({ id: 101 + index, valueType: 'WORK', value, typeId }));
const ivan = { id: 84, name: 'Иван', lastName: 'Петров', secondName: 'Сергеевич', companyId: 0, fm: fm(['PHONE', '8 (999) 123-45-67'], ['EMAIL', 'IVAN@example.ru']) };
const found = (phone, email, more = {}) => answers({ deal: ok({ items: [] }), phone: ok(phone.length ? { CONTACT: phone } : []), email: ok(email.length ? { CONTACT: email } : []), ...more });
const made = answers({ deal: item(dealItem), rows: ok({}) });
const gone = refused('NOT_FOUND', 'Элемент не найден');

export function people(record) {
  names(record);
  contacts(record);
  companies(record);
  known(record);
  managers(record);
}

function names(record) {
  const preview = (name, why, buyer, change = () => {}) => record('order.preview', `people-${name}`, why, request('order.preview', { order: edit(order, (o) => { o.buyer = { phone: '+7 999 123-45-67', ...buyer }; }) }, withSettings(change)));
  preview('last-first', 'One field, the last name first.', { full_name: 'Петров Иван Сергеевич' });
  preview('first-last', 'The same words, the last name last.', { full_name: 'Иван Сергеевич Петров' }, (s) => { s.people.name_order = 'first_last'; });
  preview('one-of-three', 'A shop that puts the whole name into the first name.', { first_name: 'Петров Иван Сергеевич' });
  preview('two-of-three', 'A shop that has the parts is believed.', { first_name: 'Анна Мария', last_name: 'де ла Крус', full_name: 'Анна' });
  preview('short', 'A name of two letters.', { full_name: 'Ли' });
  preview('spaces', 'Nothing but spaces is no name: the phone stands for it.', { full_name: ' \u00a0\t ', last_name: ' ' });
  preview('long', 'What the portal cannot keep of a name is kept in the comment.', { full_name: `${'Щ'.repeat(60)} Иван` });
  preview('emoji', 'Emoji are left in a name.', { full_name: 'Петров Иван 🚀' });
  preview('emoji-plain', 'Unless the portal’s database cannot store them.', { full_name: 'Петров 🚀 Иван 🚀' }, (s) => { s.deal.plain_text = true; });
  preview('emoji-only', 'A name of nothing else is none.', { full_name: '🚀🚀' }, (s) => { s.deal.plain_text = true; });
  preview('nobody-english', 'A buyer without anything, in a shop that speaks English.', { phone: '' }, (s) => { s.shop.language = 'en'; });
  const phone = (name, why, typed) => preview(`phone-${name}`, why, { full_name: 'Иван', phone: typed });
  phone('extension', 'An extension is not part of the number.', '8 (495) 123-45-67 доб. 12');
  phone('two', 'Of two numbers the first counts.', '8 999 123-45-67 / 8 495 765-43-21');
  phone('foreign', 'A foreign number stays what it is.', '00 49 30 901820');
}

function contacts(record) {
  const alone = { by_phone: item({ ...ivan, lastName: '', secondName: null, fm: fm(['PHONE', '8 (999) 123-45-67']) }) };
  flow(record, 'people-fill-names', 'A contact who has the phone and only a first name, the same: he gets the rest and the e-mail.', push, [found([84], [], alone), answers({ fill: item({ id: 84 }), ...made.answers })]);
  flow(record, 'people-fill-namesake', 'Another first name: somebody of the family. His name is left alone, nothing is written over.', push, [found([84], [84], { by_phone: item({ ...ivan, name: 'Мария', lastName: '', secondName: '' }) }), made]);
  flow(record, 'people-fill-nothing', 'Found by the phone, and the search by e-mail missed: he has both, however they are written.', push, [found([84], [], { by_phone: item(ivan), by_email: refused('100', 'Could not find value for parameter {id}') }), made]);
  flow(record, 'people-fill-by-email', 'Found by the e-mail alone: he gets the phone and the names that he lacks.', push, [found([], [84], { by_phone: refused('100', ''), by_email: item({ ...ivan, secondName: '', fm: fm(['EMAIL', 'ivan@example.ru']) }) }), answers({ fill: item({ id: 84 }), ...made.answers })]);
  const several = found([84, 9], [101]);
  flow(record, 'people-ambiguous-none', 'Several fit: none is guessed, the comment names them.', push, [several, made]);
  flow(record, 'people-ambiguous-oldest', 'Or the oldest is bound, if the settings say so.', push, [several, answers({ fill: item({ id: 9 }), ...made.answers })], withSettings((s) => { s.people.ambiguous = 'oldest'; }));
  flow(record, 'people-ambiguous-newest', 'Or the newest; the comment tells of the choice, in the shop’s language.', push, [several, answers({ fill: item({ id: 101 }), ...made.answers })], withSettings((s) => { s.people.ambiguous = 'newest'; s.shop.language = 'en'; }));
  flow(record, 'people-ambiguous-both', 'Two have the phone and the e-mail: only they can be meant.', push, [found([84, 9, 12], [9, 84]), answers({ fill: item({ id: 84 }), ...made.answers })], withSettings((s) => { s.people.ambiguous = 'newest'; }));
  const registered = withBuyer({ id: '55' });
  flow(record, 'people-registered', 'A registered buyer with a new phone and a new address is found by our mark, and filled up.', registered, [found([], [], { mark: ok({ items: [{ ...ivan, originatorId: 'shop-1', originId: 'buyer:55', fm: fm(['PHONE', '+7 999 000-00-00']) }] }) }), answers({ fill: item({ id: 84 }), ...made.answers })]);
  flow(record, 'people-registered-new', 'A mark of somebody else’s is not ours.', registered, [found([], [], { mark: ok({ items: [{ ...ivan, originatorId: 'shop-1', originId: 'buyer:5' }] }) }), created]);
  flow(record, 'people-search-cut', 'A search that was cut short is not an empty one: nobody is made.', push, [answers({ deal: ok({ items: [] }), phone: ok([]) })]);

  const first = flow(record, 'people-base', 'The order that the next cases change.', push, [nothingFound, created]);
  const link = { order_id: '17', deal_id: '394', stage: 'C5:NEW', memo: first.learn.memo };
  const task = (buyer) => ({ ...push, order: edit(order, (o) => Object.assign(o.buyer, buyer)), link });
  const mended = task({ phone: '+7 999 000-00-00', email: 'petrov@example.ru' });
  const nobody = { phone: ok([]), email: ok([]) };
  flow(record, 'people-mended', 'Phone and e-mail are both new, the bound contact has the buyer’s name: they are his, nobody is made.', mended, [answers({ ...nobody, bound: item(ivan) }), answers({ fill: item({ id: 84 }) })]);
  flow(record, 'people-other', 'The bound contact has another name: somebody else orders now.', mended, [answers({ ...nobody, bound: item({ ...ivan, name: 'Мария' }) }), answers({ contact: item({ id: 90 }), update: item(dealItem) })]);
  flow(record, 'people-bound-gone', 'The bound contact has been deleted: no reason to stop.', mended, [answers({ ...nobody, bound: gone }), answers({ contact: item({ id: 90 }), update: item(dealItem) })]);
  flow(record, 'people-bound-merged', 'Or merged into another, who is found by the phone.', task({ first_name: 'Ваня' }), [answers({ phone: ok({ CONTACT: [83] }), email: ok({ CONTACT: [83] }), bound: gone }), answers({ update: item(dealItem) })]);
  flow(record, 'people-bound-unread', 'A portal in trouble does not mean that he is gone.', mended, [answers({ ...nobody, bound: refused('QUERY_LIMIT_EXCEEDED', '') })]);
  flow(record, 'people-update-ambiguous', 'Several fit when the order changes: the deal keeps its contact, the comment tells.', task({ phone: '+7 999 000-00-00' }), [answers({ phone: ok({ CONTACT: [85] }), email: ok({ CONTACT: [86] }), bound: item(ivan) }), answers({ update: item(dealItem) })]);
  flow(record, 'people-update-refused', 'The deal does not take the contact: he may have been merged since the search, so it is made again.', task({ phone: '+7 999 000-00-00' }), [answers({ phone: ok({ CONTACT: [85] }), email: ok([]), bound: item(ivan) }), answers({ fill: gone, update: refused('CRM_FIELD_ERROR_VALUE_NOT_VALID', 'Неверное значение поля «Контакты»') })]);
  flow(record, 'people-emptied', 'Neither phone nor e-mail any more: the contact is looked for by the mark, and is still the bound one.', task({ phone: '', email: '' }), [answers({ mark: ok({ items: [] }), bound: item(ivan) })]);
}

const firm = { name: 'ООО «Ромашка»', inn: '7707083893', kpp: '773601001', ogrn: '1027700132195', address: 'Москва, Вавилова, 19' };
const requisite = { ID: '31', ENTITY_TYPE_ID: '4', ENTITY_ID: '12', RQ_INN: '7707083893', RQ_KPP: '773601001', RQ_OGRN: '1027700132195' };

function companies(record) {
  const task = (change = {}) => withBuyer({ company: { ...firm, ...change } });
  const search = (rows, items = [], more = {}) => found([84], [84], { by_phone: item(ivan), requisite: ok(rows), company: ok({ items }), ...more });
  const nobody = found([], [], { requisite: ok([]), company: ok({ items: [] }) });
  const all = answers({ company: item({ id: 12 }), presets: ok([{ ID: '1' }]), requisite: ok(31), address: ok(true), contact: item({ id: 84 }), deal: item(dealItem), rows: ok({}) });
  flow(record, 'company-new', 'A new buyer for a new company: company, requisites, legal address, contact, deal and rows in one batch.', task(), [nobody, all]);
  flow(record, 'company-preset', 'The template of the requisites may be chosen.', task({ address: '' }), [nobody, all], withSettings((s) => { s.people.preset = '7'; }));
  flow(record, 'company-known', 'The ИНН is known: the company gets the deal and, as he has none, the contact. A legal address is never written over.', task(), [search([requisite]), answers({ address: refused('', 'TypeAddress exists.'), fill: item({ id: 84 }), ...made.answers })]);
  flow(record, 'company-fill', 'Requisites without КПП and ОГРН are filled up.', task(), [search([{ ...requisite, RQ_KPP: '', RQ_OGRN: null }]), answers({ requisite: ok(true), address: ok(true), fill: item({ id: 84 }), ...made.answers })]);
  flow(record, 'company-contact-has-one', 'A contact who has a company keeps it.', task({ address: '' }), [search([requisite], [], { by_phone: item({ ...ivan, companyId: 77 }) }), made]);
  flow(record, 'company-branch', 'Several with the ИНН, one of them with the КПП: that branch.', task({ address: '' }), [search([{ ...requisite, ID: '30', ENTITY_ID: '11', RQ_KPP: '770043001' }, requisite]), answers({ fill: item({ id: 84 }), ...made.answers })]);
  flow(record, 'company-ambiguous', 'Several with the same requisites: none is guessed, the comment names them.', task(), [search([requisite, { ...requisite, ID: '32', ENTITY_ID: '13' }]), made]);
  flow(record, 'company-ambiguous-oldest', 'Unless the settings choose.', task({ address: '' }), [search([requisite, { ...requisite, ID: '32', ENTITY_ID: '13' }]), answers({ fill: item({ id: 84 }), ...made.answers })], withSettings((s) => { s.people.ambiguous = 'oldest'; }));
  flow(record, 'company-filter-ignored', 'Requisites of others, from a portal that ignores a filter, are nobody’s.', task(), [search([{ ...requisite, RQ_INN: '7736050003' }, { ...requisite, ENTITY_TYPE_ID: '3' }]), answers({ ...all.answers, fill: item({ id: 84 }) })]);
  flow(record, 'company-half-made', 'The company was made, the answer lost before its requisites: found by our mark, it gets them.', task(), [search([], [{ id: 12, originatorId: 'shop-1', originId: 'inn:7707083893' }]), answers({ presets: ok([{ ID: '1' }]), requisite: ok(31), address: ok(true), fill: item({ id: 84 }), ...made.answers })]);
  flow(record, 'company-adopt', 'An adopted deal keeps the company that it has.', task(), [search([requisite], [], { deal: ok({ items: [{ ...dealItem, companyId: 5 }] }) }), answers({ update: item(dealItem), rows: ok({}) })]);
  flow(record, 'company-search-missing', 'A search for the company that was not answered is not an empty one.', task(), [found([84], [84], { requisite: ok([]) })]);
  flow(record, 'company-search-refused', 'A refused one stops.', task(), [search([requisite], [], { requisite: refused('', 'Access denied') })]);
  flow(record, 'company-inn-wrong', 'A mistyped ИНН finds nobody and writes no requisites: a company by its name, and all of it in the comment.', task({ inn: '7707083894' }), [found([], [], { company: ok({ items: [] }) }), answers({ company: item({ id: 12 }), ...created.answers })]);
  flow(record, 'company-entrepreneur', 'An entrepreneur: twelve digits, ОГРНИП.', task({ name: 'ИП Петров', inn: '500100732259', kpp: '', ogrn: '304500116000157', address: '' }), [nobody, all]);
  flow(record, 'company-refused', 'The company is refused, the deal is not: its data go into the comment.', task(), [nobody, answers({ ...created.answers, company: refused('ACCESS_DENIED', 'Доступ запрещен'), requisite: refused('', 'ENTITY_ID is not defined or invalid.') }), answers({ bind: item(dealItem) })]);
  flow(record, 'company-requisite-refused', 'Only the requisites are refused: the company is bound, they stand in the comment.', task(), [nobody, answers({ ...all.answers, requisite: refused('', 'PRESET_ID is not defined or invalid.') }), answers({ bind: item(dealItem) })]);
  const fails = flow(record, 'company-refused-with-deal', 'Company and deal are refused: perhaps for the company’s sake, so the next attempt goes without.', task(), [nobody, answers({ company: refused('ACCESS_DENIED', 'нет'), contact: item({ id: 84 }), deal: refused('CRM_FIELD_ERROR_VALUE_NOT_VALID', 'Неверное значение поля "companyId"') })]);
  flow(record, 'company-let-go', 'Which makes the deal; the company stands in its comment.', { ...task(), link: { order_id: '17', deal_id: null, stage: null, memo: fails.learn.memo }, attempt: 2 }, [found([84], [84]), made]);
  const first = flow(record, 'company-base', 'The order that the next case changes.', task(), [nobody, all]);
  const link = { order_id: '17', deal_id: '394', stage: 'C5:NEW', memo: first.learn.memo };
  flow(record, 'company-changed', 'Another company orders: only it is looked for, the contact stays as it is.', { ...task({ name: 'ПАО «Лилия»', inn: '7736050003', kpp: '', ogrn: '', address: '' }), link }, [answers({ requisite: ok([]), company: ok({ items: [] }) }), answers({ company: item({ id: 14 }), presets: ok([{ ID: '1' }]), requisite: ok(33), update: item(dealItem) })]);
  flow(record, 'company-unchanged', 'Nothing has changed: nothing is asked.', { ...task(), link }, []);
  const preview = (name, why, company, change = () => {}) => record('order.preview', `company-${name}`, why, request('order.preview', { order: edit(order, (o) => { o.buyer.company = company; }) }, withSettings(change)));
  preview('whole', 'The company as it would be made.', firm);
  preview('without', 'Companies are left out: it stands in the comment.', firm, (s) => { s.people.without_companies = true; });
  preview('wrong-inn', 'A mistyped ИНН: a note, and the company as it was typed.', { ...firm, inn: '77-07-083894' });
  preview('nameless', 'A company without a name is called by its ИНН.', { inn: 'ИНН 7707083893' });
  preview('nothing', 'Neither name nor ИНН: no company.', { name: ' ', kpp: '773601001' });
  preview('no-inn', 'Without an ИНН a company is its name and its buyer.', { name: 'ООО  Ромашка' });
}

function known(record) {
  const link = (memo) => ({ links: [{ order_id: '9', deal_id: '300', stage: 'C5:WON', memo }] });
  const all = { twin: ok({ items: [] }), bound: item(ivan), deal: item(dealItem), rows: ok({}) };
  flow(record, 'known-buyer', 'A buyer whose last order is linked: search and deal in one request, and the portal refuses the deal if the search finds one.', push, [link({ contact: '84' }), answers(all)]);
  const calls = [{ key: 'twin', method: 'crm.item.list', query: 'entityTypeId=2' }, { key: 'deal', method: 'crm.item.add', query: 'entityTypeId=$total[~twin]00002&fields[title]=%5B~x' }];
  record('batch.pack', 'unless', 'The number that decides is that of the task’s own search.', { v: 1, op: 'batch.pack', data: { tasks: [{ id: 'a', calls }, { id: 'b', calls }] } });
  flow(record, 'known-company', 'So it is for his company.', withBuyer({ company: firm }), [link({ contact: '84', company: '12' }), answers({ ...all, company_bound: item({ id: 12 }) })]);
  flow(record, 'known-company-not', 'If his company was not bound, everything is searched.', withBuyer({ company: firm }), [link({ contact: '84' })]);
  flow(record, 'known-no-contact', 'So it is if he was bound to nobody.', push, [link({})]);
  flow(record, 'known-hiccup', 'Neither he nor the rows got through: both are sent by the next attempt, which knows the deal.', push, [link({ contact: '84' }), answers({ ...all, bound: refused('OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit'), rows: refused('OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit') })]);
  flow(record, 'known-twin', 'There is a deal already: it was not made twice. It is found and adopted.', push, [link({ contact: '84' }), answers({ twin: ok({ items: [dealItem] }), bound: item(ivan), deal: refused('NOT_FOUND', 'Смарт-процесс не найден'), rows: refused('OWNER_NOT_FOUND', 'Owner was not found') }), found([84], [84], { deal: ok({ items: [dealItem] }) }), answers({ update: item(dealItem), rows: ok({}) })]);
  flow(record, 'known-cut', 'The batch was cut short: everything is searched.', push, [link({ contact: '84' }), answers({ twin: ok({ items: [] }), bound: item(ivan) })]);
  flow(record, 'known-rows-refused', 'Refused rows are refused rows.', push, [link({ contact: '84' }), answers({ ...all, rows: refused('100', '') })]);
  flow(record, 'known-gone', 'The contact is gone: the deal is there, and gets the one who has his phone now.', push, [link({ contact: '84' }), answers({ ...all, bound: gone }), answers({ phone: ok({ CONTACT: [83] }), email: ok({ CONTACT: [83] }), by_phone: item({ ...ivan, id: 83 }) }), answers({ update: item(dealItem) })]);
  flow(record, 'known-other-phone', 'The contact has another phone by now: he is searched anew.', push, [link({ contact: '84' }), answers({ ...all, bound: item({ ...ivan, fm: fm(['PHONE', '+7 999 000-00-00'], ['EMAIL', 'ivan@example.ru']) }) }), answers({ phone: ok([]), email: ok({ CONTACT: [84] }) }), answers({ fill: item({ id: 84 }), update: item(dealItem) })]);
  flow(record, 'known-company-gone', 'The company is gone: found or made anew, and bound to the deal that is there.', withBuyer({ company: firm }), [link({ contact: '84', company: '12' }), answers({ ...all, company_bound: gone }), answers({ phone: ok({ CONTACT: [84] }), email: ok({ CONTACT: [84] }), by_phone: item(ivan), requisite: ok([]), company: ok({ items: [] }) }), answers({ company: item({ id: 14 }), presets: ok([{ ID: '1' }]), requisite: ok(33), address: ok(true), fill: item({ id: 84 }), update: item(dealItem) })]);
  flow(record, 'known-no-reply', 'A look that brings nothing back is a fault of the host.', push, [{ links: null }]);
}

function managers(record) {
  const more = withSettings((s) => { s.people.keep_manager = true; });
  const open = (fields) => ok({ items: [{ id: 280, contactId: 84, assignedById: 6, closed: 'N', ...fields }] });
  const keep = (name, why, opened, reply = made) => flow(record, `manager-${name}`, why, push, [found([84], [84], { by_phone: item(ivan), open_phone: opened }), reply], more);
  keep('kept', 'He has an open deal: its manager gets the new one as well, and the journal says why.', open({}));
  keep('dismissed', 'A manager who is dismissed does not.', open({ assignedById: 7 }));
  keep('stranger', 'Nor does one of a deal of somebody else’s: a reference that led nowhere lets any deal through.', open({ contactId: 85 }));
  keep('closed', 'Nor one whose deal is closed.', open({ closed: 'Y' }));
  keep('none', 'Without an open deal the rules choose.', ok({ items: [] }));
  flow(record, 'manager-new', 'A new buyer has none.', push, [nothingFound, created], more);
}
