import { plural } from './words';

const ru = {
  new_tab: '(откроется в новой вкладке)',
  list: 'Варианты',
  nothing: 'Ничего не нашлось',
  searching: 'Ищем…',
  more: (count: number) => `Ещё ${plural(count, { one: 'вариант', few: 'варианта', many: 'вариантов' })}: напишите точнее`,
  offers: (count: number) => plural(count, { one: 'вариант', few: 'варианта', many: 'вариантов' }),
  add: 'Добавить',
  add_to: (label: string) => `Добавить: ${label}`,
  take_out: (name: string) => `Убрать: ${name}`,
  earlier: (name: string) => `Раньше: ${name}`,
  add_user: 'Добавить сотрудника',
  no_users: 'Таких сотрудников на портале нет',
  user_number: (id: string) => `Сотрудник ${id}`,
  dismissed: 'уволен',
  unknown_user: 'нет на портале',
  drag: 'Перетащить',
  up: (name: string) => `Выше: ${name}`,
  down: (name: string) => `Ниже: ${name}`,
  moved: (name: string, place: number, count: number) => `${name}: теперь ${place} из ${count}`,
  removed: (name: string) => `${name}: удалено`,
};

const en: typeof ru = {
  new_tab: '(opens in a new tab)',
  list: 'Choices',
  nothing: 'Nothing was found',
  searching: 'Searching…',
  more: (count) => `${plural(count, { one: 'choice', many: 'choices' })} more: type a little more`,
  offers: (count) => plural(count, { one: 'choice', many: 'choices' }),
  add: 'Add',
  add_to: (label) => `Add: ${label}`,
  take_out: (name) => `Take out: ${name}`,
  earlier: (name) => `Earlier: ${name}`,
  add_user: 'Add a user',
  no_users: 'The portal has no such users',
  user_number: (id) => `User ${id}`,
  dismissed: 'dismissed',
  unknown_user: 'not in the portal',
  drag: 'Drag',
  up: (name) => `Up: ${name}`,
  down: (name) => `Down: ${name}`,
  moved: (name, place, count) => `${name}: now ${place} of ${count}`,
  removed: (name) => `${name}: removed`,
};

export const parts = { ru, en };
