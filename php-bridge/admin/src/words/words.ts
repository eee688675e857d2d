// Every text of the app is in this folder, one file a page, each with both languages; the compiler sees to it that
// none is missing. Texts with gaps are functions.

import type { Lang } from '../config';

let lang: Lang = 'ru';

export function speak(chosen: Lang): void {
  lang = chosen;
}

export function language(): Lang {
  return lang;
}

/** The texts of a page in the admin's language: `const say = words({ ru, en })` inside of a component. */
export function words<Texts>(both: { ru: Texts; en: Texts }): Texts {
  return both[lang];
}

/** Forms of a word by number: Russian has one, few, many (1 заказ, 2 заказа, 5 заказов); English one, many. */
export function plural(count: number, forms: { one: string; few?: string; many: string }): string {
  const rule = new Intl.PluralRules(lang).select(count);
  const form = rule === 'one' ? forms.one : rule === 'few' ? forms.few ?? forms.many : forms.many;
  return `${number(count)} ${form}`;
}

export function number(value: number): string {
  return new Intl.NumberFormat(lang).format(value);
}

/** Money comes as a decimal string and is never made a float: only its digits are grouped. */
export function money(amount: string, currency: string): string {
  const [whole = '0', part = ''] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
  const sign = currency === 'RUB' ? '₽' : currency;
  return `${grouped}${part === '' ? '' : (lang === 'ru' ? ',' : '.') + part} ${sign}`.trim();
}

/** A moment in the admin's own time zone. */
export function moment(at: string | null): string {
  // An order that only we know of has no date.
  if (!at) return '';
  return new Intl.DateTimeFormat(lang, { dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));
}

export function day(at: string): string {
  return new Intl.DateTimeFormat(lang, { dateStyle: 'medium' }).format(new Date(at));
}

/** «5 минут назад», «через 2 часа»; of a span in seconds, negative for what has been. */
export function span(seconds: number): string {
  const relative = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 60) return relative.format(Math.round(seconds), 'second');
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < 86400) return relative.format(Math.round(seconds / 3600), 'hour');
  return relative.format(Math.round(seconds / 86400), 'day');
}

/** «12 мин», «3 ч»: how long something takes or lies back, in seconds. */
export function duration(seconds: number): string {
  const size = Math.abs(seconds);
  const [value, unit] = size < 90 ? [size, 'second'] : size < 5400 ? [size / 60, 'minute']
    : size < 129_600 ? [size / 3600, 'hour'] : [size / 86400, 'day'];
  return new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }).format(value);
}

/** The bridge's texts begin small, to stand after an order's number; here they are sentences of their own. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
