// What an order becomes.
import { settings, order, edit, request, refused } from './shared.mjs';

export function previews(record) {
  const preview = (name, why, change = () => {}, more = {}) => record('order.preview', name, why, request('order.preview', { order: edit(order, change) }, more));
  preview('whole', 'An ordinary order: contact, fields, rows, responsible and why he.');
  preview('english', 'The reason in English; the deal itself does not change with the reader.', () => {}, { lang: 'en' });
  preview('net-of-discount', 'A discount on the order lowers the goods in proportion, to the kopeck.', (o) => {
    o.lines.push({ product_id: '8', name: 'Чашка', quantity: '3', price: '33.33', total: '99.99', categories: [['2']] });
    o.charges = [{ kind: 'discount', name: 'Скидка', amount: '-100.01' }];
    o.total = '999.98';
  });
  preview('kopeck-left-over', 'A line that cannot be divided by its quantity becomes two rows a kopeck apart.', (o) => { o.lines[0].quantity = '3'; o.lines[0].price = ''; });
  preview('weight', 'A weight whose price gives the sum keeps its unit.', (o) => { Object.assign(o.lines[0], { quantity: '1.5', unit: 'кг', price: '200.00', total: '300.00' }); o.total = '534.50'; });
  preview('price-only', 'Without a line total the price times the quantity is rounded to the kopeck.', (o) => { Object.assign(o.lines[0], { quantity: '1.5', price: '33.33', total: '' }); o.total = '284.50'; });
  preview('rounding', 'The shop’s own rounding goes into the goods.', (o) => { o.charges.push({ kind: 'rounding', name: 'Округление', amount: '0.50' }); o.total = '1235.00'; });
  preview('discount-eats-delivery', 'A discount larger than the goods lowers the delivery.', (o) => { o.charges.push({ kind: 'coupon', name: 'ВСЁ', amount: '-1100.00' }); o.total = '134.50'; });
  preview('by-hand', 'Rows that cannot give the total: the amount is set by hand and a note says by how much.', (o) => { o.total = '1234.51'; });
  preview('yen', 'A currency without minor units.', (o) => { o.currency = 'JPY'; o.lines[0].total = '1000'; o.charges[0].amount = '234'; o.total = '1234'; });
  preview('dinar', 'A currency with three decimals.', (o) => { o.currency = 'KWD'; o.lines[0].total = '10.001'; o.charges = []; o.total = '10.001'; });
  preview('guest-one-name', 'A name in one field is split by a stated rule and loses no word.', (o) => { o.buyer = { full_name: 'Алиев Вагиф Самед оглы', phone: '+994 50 123 45 67' }; });
  preview('registered', 'A registered buyer is marked by his own id.', (o) => { o.buyer.id = '55'; });
  preview('no-name', 'A buyer without a name is called by his phone.', (o) => { o.buyer = { phone: '9991234567' }; });
  preview('nobody', 'Neither name nor phone nor mail: the deal is made all the same.', (o) => { o.buyer = {}; });
  preview('bad-phone-and-mail', 'What cannot be read is not lost: it stands in the comment.', (o) => { o.buyer.phone = 'спросить у жены'; o.buyer.email = 'ivan@'; });
  preview('no-rule', 'No rule fits: the fallback, and a note.', (o) => { o.lines[0].categories = [['3']]; });
  preview('dismissed', 'The rule’s only user is dismissed: the fallback, and a note.', (o) => { o.lines[0].categories = [['2', '21']]; });
  preview('nobody-responsible', 'No rules and no fallback: the webhook’s owner.', () => {}, { settings: { ...settings, responsible: {} } });
  preview('title-long', 'A title longer than the portal keeps is cut.', (o) => { o.number = '№'.repeat(300); });
  preview('injection', 'A buyer who types a batch reference cannot reach into the batch.', (o) => { o.comment = '$result[contact] <b>&amp;</b> "quotes" \\ 😀'; });
  preview('nameless-line', 'A line without a name shows its product id.', (o) => { o.lines[0].name = ' '; o.lines[0].sku = ''; o.lines[0].options = [{ name: '', value: 'XL' }, { name: 'x', value: '' }]; });
  preview('fee', 'A fee is a row that says what it is.', (o) => { o.charges.push({ kind: 'fee', name: 'Подарочная упаковка', amount: '50' }, { kind: 'gift', name: '', amount: '0' }); o.total = '1284.50'; });
  const refuse = (name, why, change) => preview(`refused-${name}`, why, change);
  refuse('id', 'An order must have an id.', (o) => { o.id = ''; });
  refuse('status', 'An order must have a status.', (o) => { o.status = ''; });
  refuse('currency', 'A currency is three capital letters.', (o) => { o.currency = 'руб'; });
  refuse('total', 'An amount is a decimal string.', (o) => { o.total = '1 234,50'; });
  refuse('line-total', 'The place of a bad amount is named.', (o) => { o.lines[0].total = 'много'; });
  refuse('line-price', 'So is that of a bad price.', (o) => { o.lines[0].total = ''; o.lines[0].price = ''; });
  refuse('line-negative', 'A line does not cost less than nothing.', (o) => { o.lines[0].total = '-1.00'; });
  refuse('quantity', 'A quantity is positive.', (o) => { o.lines[0].quantity = '0'; });
  refuse('vat', 'A VAT rate is a percentage.', (o) => { o.lines[0].vat_rate = '20%'; });
  refuse('charge-vat', 'Of a charge as well.', (o) => { o.charges[0].vat_rate = '200'; });
  refuse('lines', 'More than a thousand lines are too many.', (o) => { o.lines = Array(1001).fill({}); });
}
