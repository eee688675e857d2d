// Rows that add up to the total: net prices, taxes, rates, discounts, refunds, and what rounding is.
import { settings, order, edit, request } from './shared.mjs';

const line = (name, quantity, total, more = {}) => ({ product_id: name, sku: `S-${name}`, name, quantity, total, vat_rate: '20', categories: [['1']], ...more });
const charge = (kind, amount, more = {}) => ({ kind, name: '', amount, ...more });

export function rows(record) {
  const preview = (name, why, change, more = {}) => record('order.preview', `rows-${name}`, why, request('order.preview', { order: edit(order, change) }, more));
  const rowsOf = (name, why, of, more = {}) => preview(name, why, (o) => { Object.assign(o, { charges: [] }, of); }, more);

  // Net prices.
  rowsOf('net-taxes', 'OpenCart: net prices, an eco tax and VAT in lines of the totals. Both go into the prices, the coupon has lowered the VAT already.', {
    prices: 'net', total: '226.0000',
    lines: [line('A', '1', '200.0000', { price: '200.0000' })],
    charges: [charge('shipping', '5.0000', { name: 'Курьер', vat_rate: '20.0000' }), charge('coupon', '-20.0000'), charge('tax', '4.0000', { name: 'Эко-сбор' }), charge('tax', '37.0000', { name: 'НДС 20%', vat_rate: '20.0000' })],
  });
  rowsOf('net-two-rates', 'A tax that names its rate falls on the rows of that rate alone; what is free of tax stays as it is.', {
    prices: 'net', total: '374.60',
    lines: [line('A', '3', '100.00'), line('B', '1', '133.27', { vat_rate: '10' }), line('C', '2', '50.00', { vat_rate: null })],
    charges: [charge('shipping', '50.00', { vat_rate: '20' }), charge('tax', '28.00', { vat_rate: '20' }), charge('tax', '13.33', { vat_rate: '10' })],
  });
  rowsOf('net-tax-of-no-rate', 'Two taxes on the same rows name other rates than the rows do: both go by what is taxed.', {
    prices: 'net', total: '212.00',
    lines: [line('A', '1', '100.00', { vat_rate: '12' }), line('B', '1', '100.00', { vat_rate: null })],
    charges: [charge('tax', '5.00', { vat_rate: '5' }), charge('tax', '7.00', { vat_rate: '7' })],
  });
  rowsOf('net-untold-rates', 'A shop that does not say which rows are taxed: the tax goes over all of them.', {
    prices: 'net', total: '240.00',
    lines: [line('A', '1', '150.00', { vat_rate: null }), line('B', '1', '50.00', { vat_rate: null })],
    charges: [charge('tax', '40.00')],
  });
  rowsOf('net-tax-alone', 'A tax on nothing that is seen is a row.', { prices: 'net', total: '12.00', lines: [], charges: [charge('tax', '12.00', { name: 'Пошлина' })] });
  rowsOf('net-by-rates', 'Net prices without lines of tax: each row by its own rate, rounded to the shop’s total.', {
    prices: 'net', total: '160.10',
    lines: [line('A', '3', '100.01'), line('B', '1', '36.45', { vat_rate: '10' })],
  });
  rowsOf('net-voucher', 'A discount lowers net prices; a voucher pays the tax too; a fee of the shop stays a row.', {
    prices: 'net', total: '70.00',
    lines: [line('A', '1', '100.00')],
    charges: [charge('discount', '-10.00'), charge('fee', '10.00', { name: 'Упаковка', vat_rate: '20' }), charge('tax', '20.00', { vat_rate: '20' }), charge('voucher', '-50.00', { name: 'Сертификат' })],
  });
  rowsOf('net-by-hand', 'Rounding is a smallest unit for a line; more is a mistake of the shop, and is said.', { prices: 'net', total: '120.03', lines: [line('A', '1', '100.00')] });
  rowsOf('gross-tax', 'Gross prices have their tax in them: a line of tax only says how much it was.', { total: '120.00', lines: [line('A', '1', '120.00')], charges: [charge('tax', '20.00')] });

  // Rate.
  rowsOf('rate', 'OpenCart in euro: everything is in the base currency, and the total is converted and rounded once.', {
    currency: 'EUR', rate: '0.78460002', prices: 'net', total: '250.0000',
    lines: [line('A', '2', '200.0000', { price: '100.0000' }), line('B', '3', '4.1667', { price: '1.3889' })],
    charges: [charge('shipping', '5.0000', { vat_rate: '20' }), charge('coupon', '-1.0000'), charge('tax', '41.8333', { vat_rate: '20' })],
  });
  rowsOf('rate-large', 'A base currency whose cent is many units: a cent for a line is rounding.', {
    currency: 'VND', rate: '25345.123456789012345', total: '20.01', lines: [line('A', '3', '10.00'), line('B', '1', '10.00')],
  });
  rowsOf('rate-dinar', 'Three decimals.', { currency: 'KWD', rate: '0.307125', total: '100.00', lines: [line('A', '3', '66.67'), line('B', '7', '33.33')] });

  // Finer than the currency.
  rowsOf('fine', 'Amounts finer than the currency are rounded together, not one by one.', {
    total: '100.0001', lines: [line('A', '1', '41.6667'), line('B', '1', '41.6667'), line('C', '1', '16.6667')],
  });
  rowsOf('fine-yen', 'Shares of a yen.', { currency: 'JPY', total: '100', lines: [line('A', '1', '33.3333'), line('B', '1', '33.3333'), line('C', '1', '33.3334')] });

  // Discounts.
  rowsOf('line-discounts', 'Discounts of a line: in per cent, as a sum, and the sum counts where both are given.', {
    total: '270.00',
    lines: [
      line('A', '1', '', { price: '100.00', discount_percent: '10' }), line('B', '2', '', { price: '60.00', discount: '20.00' }),
      line('C', '1', '', { price: '100.00', discount: '20.00', discount_percent: '19.99' }), line('D', '1', '999.00', { price: '1', discount: '5', total: '0.00' }),
    ],
  });
  rowsOf('charge-percent', 'Charges in per cent of the goods: a discount, and a fee of the payment.', {
    total: '950.00', lines: [line('A', '3', '900.00'), line('B', '1', '100.00')], charges: [charge('discount', '', { percent: '-10' }), charge('fee', '', { percent: '5', name: 'Оплата картой' })],
  });
  rowsOf('line-discount-all', 'A discount of the whole line, rounded up by the shop and made larger by the rate, leaves nothing.', {
    total: '0.0000', rate: '270.25752130',
    lines: [line('A', '4.9179', '', { price: '2717.5000', discount: '13364.3933', vat_rate: null })],
  });
  rowsOf('charge-both', 'A charge that has both a sum and per cent: the sum counts.', {
    total: '950.00', lines: [line('A', '1', '1000.00')], charges: [charge('discount', '-50.00', { percent: '-10' })],
  });
  rowsOf('all-that-lowers', 'Coupon, reward points, voucher and discount lower the goods; none of them is a row.', {
    total: '610.00', lines: [line('A', '3', '700.00'), line('B', '1', '300.00')],
    charges: [charge('coupon', '-100.00'), charge('reward', '-90.00'), charge('voucher', '-150.00'), charge('discount', '-50.00')],
  });
  rowsOf('voucher-sold', 'A gift voucher that is sold is a row.', { total: '1000.00', lines: [], charges: [charge('voucher', '1000.00', { name: 'Сертификат Анне' })] });
  rowsOf('nothing-to-pay', 'A gift, and a coupon for everything: rows at no price, nothing to pay.', {
    total: '0.00', lines: [line('A', '2', '100.00'), line('Подарок', '1', '0.00')], charges: [charge('shipping', '30.00'), charge('coupon', '-130.00')],
  });

  // Prices that give the sum.
  rowsOf('weight-two-prices', 'A weight is two rows a kopeck apart where one price cannot give the sum.', { total: '1000.00', lines: [line('A', '150.5', '1000.00', { unit: 'кг' })] });
  rowsOf('weight-below-one', 'Below one unit one price always gives the sum.', { total: '10.03', lines: [line('A', '0.0700', '10.03', { unit: 'кг' })] });
  rowsOf('weight-next-price', 'With a fraction the next price may round to the sum where the lower one and whole pieces cannot.', { total: '0.10', lines: [line('A', '1.9', '0.10', { unit: 'кг' })] });

  // Refunds.
  const goods = { total: '1900.00', lines: [line('A', '2', '1000.00'), line('B', '1', '1000.00')], charges: [charge('coupon', '-200.00'), charge('shipping', '100.00')] };
  const refunded = (name, why, change, more = {}) => rowsOf(`refund-${name}`, why, edit(goods, change), more);
  refunded('line', 'A line that came back goes, and its share of the coupon with it.', (o) => { o.refunded = '900.00'; o.lines[0].refunded_quantity = '2'; });
  refunded('piece', 'One of two came back, with the sum that the shop names.', (o) => { o.refunded = '450.00'; Object.assign(o.lines[0], { refunded_quantity: '1', refunded_total: '500.00' }); });
  refunded('money', 'Money without goods lowers like a discount.', (o) => { o.refunded = '100.00'; });
  refunded('beyond', 'Goods came back, and more was given back than they cost.', (o) => { o.refunded = '1000.00'; o.lines[0].refunded_quantity = '2'; });
  refunded('kept', 'The shop kept a part of what came back: that is a row, for it is no price of the other goods.', (o) => { o.refunded = '800.00'; o.lines[0].refunded_quantity = '2'; });
  refunded('cheaper', 'All pieces came back for a part of their price: the rest is still theirs.', (o) => { o.refunded = '450.00'; Object.assign(o.lines[0], { refunded_quantity: '2', refunded_total: '500.00' }); });
  refunded('goods', 'All goods came back, the delivery stays.', (o) => { o.refunded = '1800.00'; o.lines[0].refunded_quantity = '2'; o.lines[1].refunded_quantity = '1'; });
  refunded('whole', 'All of it: the goods stay to be seen at no price, for a deal without rows cannot be sent and says nothing.', (o) => { o.refunded = '1900.00'; o.lines[0].refunded_quantity = '2'; });
  refunded('more', 'More than all of it is still nothing to pay.', (o) => { o.refunded = '2000.00'; });
  refunded('note', 'Or the deal stays as it was, and its comment says how much was given back.', (o) => { o.refunded = '900.00'; o.lines[0].refunded_quantity = '2'; }, { settings: { ...settings, life: { refund: 'note' } } });
  refunded('net', 'Of net prices in another currency.', (o) => {
    Object.assign(o, { prices: 'net', currency: 'EUR', rate: '0.01012', total: '2280.00', refunded: '1080.00' });
    o.charges.push(charge('tax', '380.00', { vat_rate: '20' }));
    o.charges[1].vat_rate = '20';
    Object.assign(o.lines[0], { refunded_quantity: '2', refunded_total: '1000.00' });
  });
  refunded('by-hand', 'Rows that did not add up before do not after.', (o) => { o.total = '1950.00'; o.refunded = '900.00'; o.lines[0].refunded_quantity = '2'; });

  rowsOf('english', 'The words in the rows are in the shop’s language.', {
    total: '160.00', refunded: '95.00', lines: [line('A', '1', '100.00', { refunded_quantity: '1' })], charges: [charge('shipping', '50.00'), charge('fee', '10.00', { name: 'Gift box' })],
  }, { settings: { ...settings, shop: { ...settings.shop, language: 'en' } } });

  // What cannot be read.
  const refuse = (name, why, change) => preview(`refused-${name}`, why, change);
  refuse('rate', 'A rate is a positive number.', (o) => { o.rate = '0'; });
  refuse('refunded', 'What was given back is an amount.', (o) => { o.refunded = 'всё'; });
  refuse('refunded-negative', 'And not a negative one.', (o) => { o.refunded = '-1'; });
  refuse('returned', 'How many came back is a number.', (o) => { o.refunded = '1'; o.lines[0].refunded_quantity = '-1'; });
  refuse('returned-total', 'For how much, too.', (o) => { o.refunded = '1'; o.lines[0].refunded_total = '-1'; });
  refuse('discount', 'A discount in per cent is a number.', (o) => { o.lines[0].total = ''; o.lines[0].discount_percent = '10%'; });
  refuse('discount-large', 'A discount larger than the line leaves less than nothing.', (o) => { o.lines[0].total = ''; o.lines[0].discount = '1000.01'; });
  refuse('percent', 'So is a charge in per cent.', (o) => { o.charges[0].amount = ''; o.charges[0].percent = 'половина'; });
}
