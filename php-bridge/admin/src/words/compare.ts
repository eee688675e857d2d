import { number, plural } from './words';

const orders = (count: number) => plural(count, { one: 'заказ', few: 'заказа', many: 'заказов' });

const ru = {
  title: 'Сравнить заказы со сделками',
  intro: 'Каждую ночь заказы последних 30 дней сравниваются со своими сделками: сумма, валюта, название, стадия и заполнены ли ваши поля. Здесь это можно сделать сразу. В Битрикс24 при этом ничего не меняется.',
  which: 'Что сравнить',
  by: { month: 'Последние 30 дней', dates: 'За даты', one: 'Один заказ' },
  from_date: 'С даты',
  to_date: 'По дату',
  id: 'Номер заказа (ID)',
  start: 'Сравнить',
  running: 'Сравниваем…',
  asked: 'Сравнение начнётся в ближайшую минуту.',
  progress: (compared: number, equal: number) => `Сравнено: ${orders(compared)}, сходятся: ${number(equal)}`,
  never: 'Ещё не сравнивали.',
  last: (when: string) => `Последнее полное сравнение: ${when}.`,
  last_counts: (compared: number, equal: number) => `Сравнено ${orders(compared)}, сходятся ${number(equal)}.`,
  passed: (count: number) => `Не удалось проверить: ${number(count)}. Проверим в следующий раз.`,
  equal: 'Заказы и сделки сходятся.',
  found: (count: number) => `Расхождений: ${number(count)}`,
  first: (count: number) => `Показаны первые ${number(count)}.`,
  repair_all: (count: number) => `Исправить всё, что можно (${number(count)})`,
  repair_title: (count: number) => `Отправить ещё раз ${orders(count)}?`,
  repair_text: 'В сделках появятся данные из заказов: сумма, товары, название и ваши поля. Двойные и чужие сделки останутся как есть, о них решите вы.',
  repairing: 'исправляется',
  repaired: (count: number) => (count === 0 ? 'Исправлять нечего' : `Исправляем: ${orders(count)}`),
  by_hand: 'Решите сами',
  columns: { order: 'Заказ', deals: 'Сделки', what: 'Что не так', action: 'Действие' },
  order_of: (id: string) => `Заказ ${id}`,
  again: 'Сравнить ещё раз',
  again_of: (id: string) => `Сравнить ещё раз: заказ ${id}`,
};

const many = (count: number) => plural(count, { one: 'order', many: 'orders' });

const en: typeof ru = {
  title: 'Compare orders and deals',
  intro: 'Every night the orders of the last 30 days are compared with their deals: amount, currency, title, stage, and whether your own fields are filled. Do it here at once. Nothing in Bitrix24 is changed by that.',
  which: 'What to compare',
  by: { month: 'The last 30 days', dates: 'By date', one: 'One order' },
  from_date: 'From date',
  to_date: 'To date',
  id: 'Order number (id)',
  start: 'Compare',
  running: 'Comparing…',
  asked: 'The comparison begins within a minute.',
  progress: (compared, equal) => `Compared: ${many(compared)}, equal: ${number(equal)}`,
  never: 'Not compared yet.',
  last: (when) => `Last whole comparison: ${when}.`,
  last_counts: (compared, equal) => `Compared ${many(compared)}, ${number(equal)} of them equal.`,
  passed: (count) => `Could not be looked at: ${number(count)}. They will be the next time.`,
  equal: 'Orders and deals are equal.',
  found: (count) => `Differences: ${number(count)}`,
  first: (count) => `The first ${number(count)} are shown.`,
  repair_all: (count) => `Repair all that can be (${number(count)})`,
  repair_title: (count) => `Send ${many(count)} again?`,
  repair_text: 'The deals get what the orders have: amount, products, title and your own fields. Doubled and foreign deals stay as they are: you decide about them.',
  repairing: 'being repaired',
  repaired: (count) => (count === 0 ? 'There is nothing to repair' : `Being repaired: ${many(count)}`),
  by_hand: 'Up to you',
  columns: { order: 'Order', deals: 'Deals', what: 'What is wrong', action: 'Action' },
  order_of: (id) => `Order ${id}`,
  again: 'Compare again',
  again_of: (id) => `Compare again: order ${id}`,
};

export const compareWords = { ru, en };
