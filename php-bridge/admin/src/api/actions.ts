// The API's actions with their types; php-bridge/admin/README.md says what each means.

import type { Order, Problem, Settings } from '../core/types';

/** A text with a code, as the core and the bridge say things. */
export interface Said {
  code: string;
  message: string;
  hint: string;
}

export interface Point extends Said {
  level: 'ok' | 'info' | 'warning' | 'error';
}

export interface Connection {
  state: 'none' | 'connected' | 'unreadable';
  masked: string;
  portal_url: string;
}

export interface Saved {
  document: Settings;
  revision: string;
}

export interface Named {
  id: string;
  name: string;
}

export interface Urls {
  endpoint: string;
  monitor: string;
  cron_line: string;
  worker_line: string;
}

export interface Preferences {
  keep_journal_days: number;
  poll_every: number;
  compare_nightly: boolean;
  old_job_seconds: number;
  rate: number | null;
  ca_file: string;
  proxy: string;
  alert_mail: string;
  /** Only to set it; it is never told. */
  telegram_token?: string;
  telegram_token_set: boolean;
  telegram_chat: string;
  keep_data_on_uninstall: boolean;
}

export interface Page {
  may_modify: boolean;
  shop: { id: string; url: string; statuses: Named[] };
  connection: Connection;
  settings: Saved;
  preferences: Preferences;
  urls: Urls;
  versions: Record<string, string>;
  alerts: Point[];
  counts: Record<string, number>;
}

export interface PortalStage extends Named {
  color: string;
  semantics: string;
  sort?: string;
}

export interface PortalFunnel extends Named {
  stages: PortalStage[];
}

export interface PortalUser extends Named {
  active: boolean;
  photo?: string;
  position?: string;
}

export interface PortalField {
  name: string;
  title: string;
  type: string;
  multiple?: boolean;
  read_only?: boolean;
  required?: boolean;
  items?: { id: string; value: string }[];
}

export interface Snapshot {
  at: string;
  funnels: PortalFunnel[];
  users: PortalUser[];
  currencies: { code: string; base?: boolean }[];
  fields: { deal: PortalField[]; contact: PortalField[]; company: PortalField[] };
}

export interface Category extends Named {
  parent_id: string | null;
}

/** A step of provisioning: what is there, what would be made, what would be changed. */
export interface Provision {
  plan: Record<string, unknown>[];
  complete: boolean;
}

export type Filter = 'all' | 'waiting' | 'failed' | 'differing' | 'not_sent' | 'synced';

export interface Summary {
  id: string;
  number: string;
  placed_at: string;
  status: string;
  status_name: string;
  total: string;
  currency: string;
  buyer: string;
  url: string;
}

export interface Row {
  order: Summary;
  deal: { id: string; url: string; stage: string } | null;
  state: 'synced' | 'waiting' | 'failed' | 'not_sent';
  attempts: number;
  next_at: string | null;
  reason: Said | null;
  difference: { kind: string; detail: string } | null;
  updated_at: string | null;
}

export interface Ledger {
  rows: Row[];
  next: string | null;
  counts: Record<Filter, number | null>;
}

export interface JournalLine extends Said {
  at: string;
  level: string;
}

export interface Comparison {
  running: Record<string, number> | null;
  asked: boolean;
  last: Record<string, unknown> | null;
  counts: Record<string, number>;
  list: { order_id: string; deal_ids: string[]; kind: string; detail: string; mend: boolean; found_at: string }[];
}

export interface BackfillRange {
  from?: string;
  to?: string;
  from_id?: string;
  to_id?: string;
}

export interface Backfill {
  state: string;
  done: number;
  total: number;
  rate: number | null;
  remaining_seconds: number | null;
  [more: string]: unknown;
}

export interface ChartDay {
  day: string;
  orders: number;
  statuses: number;
  delay_median: number | null;
  delay_p95: number | null;
}

interface Action<Given, Data> {
  params: Given;
  data: Data;
}

export interface Actions {
  'page.open': Action<undefined, Page>;
  'connection.test': Action<
    { webhook?: string; another?: boolean },
    { ok: boolean; points: Point[]; connection: Connection; settings: Saved }
  >;
  'connection.close': Action<undefined, { connection: Connection }>;
  'portal.snapshot': Action<{ fresh?: boolean }, Snapshot>;
  'provision.plan': Action<undefined, Provision>;
  'provision.run': Action<{ consent: ('create' | 'change')[] }, Provision & { settings: Saved }>;
  'settings.check': Action<{ document: Settings }, { ok: boolean; settings: Settings; problems: Problem[] }>;
  'settings.save': Action<{ document: Settings; revision: string }, Saved & { problems: Problem[] }>;
  'shop.categories': Action<undefined, { categories: Category[] }>;
  'shop.order': Action<{ id: string }, { order: Order }>;
  'orders.list': Action<{ filter: Filter; search?: string; before?: string; limit?: number }, Ledger>;
  'orders.get': Action<
    { id: string },
    { row: Row; explanation: { verdict: string; sentences: (Said & { at?: string | null })[] }; journal: JournalLine[] }
  >;
  'orders.resend': Action<{ ids: string[] } | { filter: 'failed' }, { count: number }>;
  'orders.send': Action<{ id: string }, { row: Row }>;
  'compare.report': Action<{ limit?: number }, Comparison>;
  'compare.start': Action<{ from?: string; to?: string; id?: string }, Comparison>;
  'compare.repair': Action<{ id?: string }, Comparison & { count: number }>;
  'backfill.status': Action<undefined, Backfill>;
  'backfill.count': Action<BackfillRange, { total: number }>;
  'backfill.start': Action<BackfillRange, Backfill>;
  'backfill.pause': Action<undefined, Backfill>;
  'backfill.resume': Action<undefined, Backfill>;
  'backfill.cancel': Action<undefined, Backfill>;
  'work.run': Action<undefined, { counts: Record<string, number> }>;
  'health.read': Action<{ days?: number }, { health: Record<string, unknown>; chart: ChartDay[]; urls: Urls }>;
  'health.checkup': Action<undefined, { findings: Point[] }>;
  'health.diagnostics': Action<undefined, { name: string; file: string }>;
  'preferences.save': Action<{ preferences: Partial<Preferences> }, { preferences: Preferences }>;
  'alerts.test': Action<undefined, Record<'mail' | 'telegram', { ok: boolean; message: string }>>;
  'urls.renew': Action<{ which: 'inbound' | 'monitor' }, { urls: Urls }>;
  'privacy.erase': Action<
    { phone?: string; email?: string; unlink?: boolean; only_count?: boolean },
    Record<string, unknown>
  >;
}
