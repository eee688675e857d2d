import type { ComponentType } from 'preact';
import type { PageName } from '../app/route';
import { Connect } from './connect/Connect';
import { Fields } from './fields/Fields';
import { Health } from './health/Health';
import { Managers } from './managers/Managers';
import { More } from './more/More';
import { Orders } from './orders/Orders';
import { Preview } from './preview/Preview';
import { Statuses } from './statuses/Statuses';

export const pages: Record<PageName, ComponentType> = {
  connect: Connect,
  statuses: Statuses,
  managers: Managers,
  fields: Fields,
  preview: Preview,
  orders: Orders,
  health: Health,
  more: More,
};
