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
  /** Of the module in the box; empty for those who may only look. */
  companion: { url: string; secret: string };
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
  /** `offset`: the shop's own time, `+03:00`. */
  shop: { id: string; url: string; statuses: Named[]; offset: string };
  connection: Connection;
  settings: Saved;
  preferences: Preferences;
  urls: Urls;
  /** `heard`: when the module in the box was heard last; calls since then that were wrong. */
  companion: { heard: string | null; refused: number; stale: number };
  versions: Record<string, string>;
  alerts: Point[];
  counts: Record<string, number>;
}

export interface PortalStage extends Named {
  color: string;
  semantics: string;
  sort: number;
}

export interface PortalFunnel extends Named {
  stages: PortalStage[];
}

export interface PortalUser extends Named {
  active: boolean;
}

export interface PortalField {
  name: string;
  upper_name?: string;
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

/** One thing that provisioning would do. `existing`: it touches, or has found, what is there already. */
export interface PlanItem {
  existing: boolean;
  code: string;
  message: string;
}

export interface Provision {
  plan: PlanItem[];
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
  deal: { id: string; url: string; stage: string; stage_name: string } | null;
  state: 'synced' | 'waiting' | 'failed' | 'not_sent';
  attempts: number;
  next_at: string | null;
  reason: Said | null;
  difference: { kind: Kind; detail: string } | null;
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

/** What a push mends is the first three; of the others a person has to decide. */
export type Kind = 'different' | 'missing' | 'unlinked' | 'doubled' | 'foreign';

/** `passed`: could not be looked at this time, because they were just being sent, or the portal did not answer. */
export type Compared = Record<Kind | 'compared' | 'equal' | 'passed', number>;

export interface Difference {
  order_id: string;
  deal_ids: string[];
  kind: Kind;
  /** Names of the deal's fields, or `order_unknown`. */
  detail: string;
  /** Its repair has been asked for. */
  mend: boolean;
  found_at: string;
}

export interface Comparison {
  running: Compared | null;
  asked: boolean;
  /** The last one of all orders that came to its end. */
  last: { at: string; until: string; counts: Compared } | null;
  counts: Record<Kind, number>;
  list: Difference[];
}

export interface BackfillRange {
  from?: string;
  to?: string;
  from_id?: string;
  to_id?: string;
}

export interface BackfillRun {
  state: 'running' | 'paused' | 'finished' | 'cancelled';
  number: number;
  /** `before`: placed earlier than that. */
  range: { from: string | null; before: string | null; from_id: number | null; to_id: number | null };
  total: number;
  done: number;
  failed: number;
  retrying: number;
  left: number;
  /** Orders a second; null while nobody can say. */
  rate: number | null;
  remaining_seconds: number | null;
  started: string;
  ended: string | null;
  /** Why the portal is being left alone. */
  held: { stopped: boolean; until: string; message: string; hint: string } | null;
}

export type Backfill = { state: 'none' } | BackfillRun;

/** Everything in `ago` is seconds; null: never. */
export interface Health {
  ok: boolean;
  level: 'ok' | 'warning' | 'error';
  alerts: Point[];
  versions: Record<string, string>;
  engine: { name: string; core: string; proved: boolean; problem: string };
  tables: boolean;
  portal: {
    connected: boolean;
    webhook: string;
    readable: boolean;
    answered: number | null;
    failed: number | null;
    failure: string;
    reachable: boolean | null;
  };
  configured: boolean;
  jobs: {
    ready: number;
    leased: number;
    waiting: number;
    dead: number;
    backfill: number;
    oldest_age: number;
    lanes: { live: number; retry: number; backfill: number };
  };
  inbox: number;
  hold: { active: boolean; stopped: boolean; code: string; message: string; hint: string } | null;
  ago: Record<'cron' | 'daemon' | 'kick' | 'poll' | 'sweep' | 'event' | 'preflight', number | null>;
  /** Seconds that the others' clocks are ahead of PHP's. */
  clock_skew: { portal: number | null; database: number };
  secrets_sealed: boolean;
  refused: number;
  silent_polls: number;
  cron_seen: boolean;
  links: number;
  differences: Record<Kind, number>;
}

export interface ChartDay {
  day: string;
  orders: number;
  statuses: number;
  delay_median: number | null;
  delay_p95: number | null;
}

/** What was erased of a buyer (or would be), and where there is more of him. */
export interface Erased {
  only_count: boolean;
  orders: string[];
  /** In Bitrix24, untouched. */
  remains: Record<'deals' | 'contacts' | 'companies', { id: string; url: string }[]>;
  queued: string[];
  at_work: string[];
  links: number;
  jobs: number;
  lines: number;
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
  'settings.check': Action<{ document: Settings }, { ok: boolean; settings?: Settings | null; problems: Problem[] }>;
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
  'health.read': Action<{ days?: number }, { health: Health; chart: ChartDay[]; urls: Urls }>;
  'health.checkup': Action<undefined, { findings: Point[] }>;
  'health.diagnostics': Action<undefined, { name: string; file: string }>;
  'preferences.save': Action<{ preferences: Partial<Preferences> }, { preferences: Preferences }>;
  'alerts.test': Action<undefined, Record<'mail' | 'telegram', { ok: boolean; tried: boolean; message: string }>>;
  'urls.renew': Action<{ which: 'inbound' | 'monitor' | 'companion' }, { urls: Urls }>;
  'privacy.erase': Action<
    { phone?: string; email?: string; unlink?: boolean; only_count?: boolean },
    Erased
  >;
}
