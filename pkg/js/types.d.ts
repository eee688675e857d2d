// Made from pkg/schema by `make build`; not to be edited.

/** What the core can be asked. */
export type Operation =
  | "core.describe"
  | "settings.check"
  | "order.preview"
  | "sync.start"
  | "sync.resume"
  | "batch.pack"
  | "batch.unpack"
  | "inbound.read";

/** A request. `data` is what the operation works on: see the README. */
export interface Request {
  v: 1;
  op: Operation;
  /** The host's time, RFC 3339. */
  now?: string;
  lang?: "ru" | "en";
  settings?: Partial<Settings>;
  data?: unknown;
}

/** An answer. Decide on `outcome` and on the code, never on a text. */
export type Answer<Data = unknown> =
  | { v: 1; outcome: "ok"; data: Data; notes?: Spoken[] }
  | { v: 1; outcome: "rejected"; error: Spoken };

/**
 * Kinds of [`Charge`].
 */
export type ChargeKind = "shipping" | "fee" | "discount" | "coupon" | "rounding" | "other";
/**
 * Which line decides in a mixed basket.
 */
export type Basket = "largest_sum" | "first_line" | "most_units" | "rule_order";
/**
 * How one of several users is picked.
 */
export type Pick = "round_robin" | "first";
/**
 * What a host has to do next. Whatever `learn` and `journal` hold is stored before anything else:
 * that is the recovery point.
 */
export type Step = {
  /**
   * What to write into the journal first.
   */
  journal?: Entry[];
  /**
   * What to write into the link table first.
   */
  learn?: Learn | null;
} & Step1;
export type Step1 =
  | {
      /**
       * Opaque to the host.
       */
      calls: Call[];
      /**
       * Names that belong to this task until it ends: a task that names one of them waits with its
       * calls for that. Two orders of one new buyer would otherwise both find no contact, and both
       * make one.
       */
      locks?: string[];
      state: unknown;
      step: "call";
    }
  | {
      /**
       * What to do.
       */
      effects: Effect[];
      state: unknown;
      step: "apply";
    }
  | {
      /**
       * Deal ids.
       */
      deals: string[];
      state: unknown;
      step: "look";
    }
  | {
      /**
       * Whether it counts as an attempt.
       */
      counts: boolean;
      /**
       * Seconds during which nobody may ask the portal anything; 0 when others may go on.
       */
      hold: number;
      reason: Spoken;
      /**
       * Come back after this many seconds.
       */
      seconds: number;
      step: "wait";
      /**
       * A person has to mend something first; the hold is only a time to look again.
       */
      stop: boolean;
    }
  | {
      /**
       * Where to poll from next time.
       */
      cursor?: Cursor | null;
      /**
       * Jobs to enqueue.
       */
      jobs?: Job[];
      result: unknown;
      step: "done";
    }
  | {
      reason: Spoken;
      step: "dead";
    };
/**
 * Something to do in the shop.
 */
export type Effect =
  | {
      /**
       * Comment of the history row.
       */
      comment: string;
      effect: "set_status";
      /**
       * Whether the shop tells the buyer.
       */
      notify: boolean;
      /**
       * Which.
       */
      order_id: string;
      /**
       * To which status.
       */
      status: string;
    }
  | {
      effect: "add_note";
      /**
       * Which.
       */
      order_id: string;
      /**
       * The line.
       */
      text: string;
    };

/**
 * Everything that crosses the border.
 */
export interface Border {
  Order: Order;
  Preview: Preview;
  Spoken: Spoken;
  Report: Report;
  Settings: Settings;
  Step: Step;
  Task: Task;
}
/**
 * An order as the buyer sees it: final prices, tax included, in the order's currency.
 */
export interface Order {
  buyer?: Buyer;
  /**
   * Shipping, fees, discounts on the whole order.
   */
  charges?: Charge[];
  /**
   * The buyer's own words.
   */
  comment?: string;
  /**
   * When it was placed, RFC 3339.
   */
  created_at?: string;
  /**
   * ISO 4217.
   */
  currency?: string;
  delivery?: Delivery;
  /**
   * The shop's id of the order; the key of everything.
   */
  id?: string;
  /**
   * What was ordered.
   */
  lines?: Line[];
  /**
   * The number people see; the id when empty.
   */
  number?: string;
  payment?: Way;
  /**
   * Id of the shop's status.
   */
  status?: string;
  /**
   * What the buyer pays, a decimal string.
   */
  total?: string;
  /**
   * Where the order opens in the shop's admin.
   */
  url?: string;
  utm?: Utm;
}
/**
 * The buyer. Either the parts of the name or `full_name`.
 */
export interface Buyer {
  /**
   * As the buyer typed it.
   */
  email?: string;
  /**
   * Имя.
   */
  first_name?: string;
  /**
   * The whole name, when the shop asks for it in one field.
   */
  full_name?: string;
  /**
   * The shop's customer id; none for a guest.
   */
  id?: string | null;
  /**
   * Фамилия.
   */
  last_name?: string;
  /**
   * As the buyer typed it.
   */
  phone?: string;
  /**
   * Отчество.
   */
  second_name?: string;
}
/**
 * Something besides the goods that changes the total.
 */
export interface Charge {
  /**
   * Decimal string, negative when it lowers the total.
   */
  amount?: string;
  kind?: ChargeKind;
  /**
   * As the buyer saw it.
   */
  name?: string;
  /**
   * VAT in per cent; none means without VAT.
   */
  vat_rate?: string | null;
}
/**
 * Delivery: the method and where to.
 */
export interface Delivery {
  /**
   * The address in one line.
   */
  address?: string;
  /**
   * The shop's code.
   */
  code?: string;
  /**
   * As the buyer saw it.
   */
  name?: string;
}
/**
 * One line of goods.
 */
export interface Line {
  /**
   * Every category path of the product, from the root to the leaf, as category ids.
   */
  categories?: string[][];
  /**
   * Name as in the order.
   */
  name?: string;
  /**
   * Chosen options.
   */
  options?: Choice[];
  /**
   * Price of one, decimal string.
   */
  price?: string;
  /**
   * The shop's product id.
   */
  product_id?: string;
  /**
   * Decimal string, at most four decimals.
   */
  quantity?: string;
  /**
   * Article number, «артикул».
   */
  sku?: string;
  /**
   * Price of the line after its own discounts, decimal string; `price` × `quantity` when empty.
   */
  total?: string;
  /**
   * Unit of measure as the shop writes it; pieces when empty.
   */
  unit?: string;
  /**
   * VAT in per cent; none means without VAT.
   */
  vat_rate?: string | null;
}
/**
 * A chosen option of a line.
 */
export interface Choice {
  /**
   * «Цвет».
   */
  name?: string;
  /**
   * «Красный».
   */
  value?: string;
}
/**
 * A method with a code and a name.
 */
export interface Way {
  /**
   * The shop's code.
   */
  code?: string;
  /**
   * As the buyer saw it.
   */
  name?: string;
}
/**
 * Advertising marks.
 */
export interface Utm {
  /**
   * `utm_campaign`.
   */
  campaign?: string;
  /**
   * `utm_content`.
   */
  content?: string;
  /**
   * `utm_medium`.
   */
  medium?: string;
  /**
   * `utm_source`.
   */
  source?: string;
  /**
   * `utm_term`.
   */
  term?: string;
}
/**
 * The deal as it would be sent now.
 */
export interface Preview {
  contact: Contact;
  /**
   * Of both.
   */
  currency: string;
  /**
   * Fields of the deal.
   */
  deal: Field[];
  /**
   * Why he.
   */
  reason: string;
  responsible: Responsible;
  /**
   * Its product rows.
   */
  rows: Row[];
  /**
   * What the rows come to.
   */
  rows_sum: string;
  /**
   * What the buyer pays.
   */
  total: string;
}
/**
 * The buyer, ready to be sent.
 */
export interface Contact {
  /**
   * Empty when there is none that can be read.
   */
  email: string;
  /**
   * Фамилия.
   */
  last_name: string;
  /**
   * Имя.
   */
  name: string;
  /**
   * Our own mark on the contact (`ORIGIN_ID`).
   */
  origin: string;
  /**
   * In its international form; empty when there is none that can be read.
   */
  phone: string;
  /**
   * Отчество.
   */
  second_name: string;
}
/**
 * A field of the deal. Names are those of `crm.item.*`; see the REST documentation, "CRM object
 * fields".
 */
export interface Field {
  /**
   * `title`.
   */
  name: string;
  /**
   * Its value, as text.
   */
  value: string;
}
/**
 * Who gets the order, and why.
 */
export interface Responsible {
  /**
   * The category that fitted.
   */
  category?: string | null;
  /**
   * The rule that chose him, from 0; none for the fallback.
   */
  rule?: number | null;
  /**
   * User id in the portal; empty leaves the webhook's owner.
   */
  user: string;
}
/**
 * One product row, as it will be sent.
 */
export interface Row {
  /**
   * Its name.
   */
  measure: string;
  /**
   * Code of the unit of measure (ОКЕИ).
   */
  measure_code: string;
  /**
   * Name, options and article number: what the manager reads.
   */
  name: string;
  /**
   * Price of one, decimal string.
   */
  price: string;
  /**
   * Decimal string.
   */
  quantity: string;
  /**
   * The article number alone, for machines (`xmlId`).
   */
  sku: string;
  /**
   * Price × quantity, decimal string.
   */
  sum: string;
  /**
   * VAT in per cent.
   */
  vat_rate?: string | null;
}
/**
 * A problem in words, as it crosses the border.
 */
export interface Spoken {
  /**
   * Stable, `snake_case`; see `core.describe` for the whole list.
   */
  code: string;
  /**
   * What to do.
   */
  hint: string;
  /**
   * What happened.
   */
  message: string;
  /**
   * JSON Pointer into the request.
   */
  path?: string | null;
}
/**
 * What was found.
 */
export interface Report {
  /**
   * Whether orders can be sent: no problem is an error.
   */
  ok: boolean;
  /**
   * In the order of the document.
   */
  problems: Finding[];
  /**
   * The document with every default filled in; absent when it cannot be read.
   */
  settings?: Settings | null;
}
/**
 * One problem.
 */
export interface Finding {
  code: string;
  hint: string;
  /**
   * `error` stops the exchange, `warning` does not.
   */
  level: string;
  message: string;
  path: string;
}
/**
 * The whole document.
 */
export interface Settings {
  deal?: Deal;
  funnel?: Funnel;
  portal?: Portal;
  responsible?: SettingsResponsible;
  /**
   * [`SCHEMA`].
   */
  schema?: number;
  shop?: Shop;
  statuses?: Statuses;
}
/**
 * How a deal looks.
 */
export interface Deal {
  /**
   * The hidden field with the order id, its own name.
   */
  order_field?: string;
  /**
   * The same field's name in `crm.item.*`; empty until it is found or created.
   */
  order_field_item?: string;
  /**
   * `SOURCE_ID` of new deals; empty leaves the portal's default.
   */
  source?: string;
  /**
   * Template of the title.
   */
  title?: string;
}
/**
 * The funnel («направление») of the deals.
 */
export interface Funnel {
  /**
   * Category id in the portal; empty until it is found or created.
   */
  id?: string;
  /**
   * Its name there.
   */
  name?: string;
}
/**
 * What we know of the portal, from the last snapshot.
 */
export interface Portal {
  /**
   * Its users, so that dismissed ones are passed over.
   */
  users?: User[];
}
/**
 * A user of the portal.
 */
export interface User {
  /**
   * False when dismissed.
   */
  active?: boolean;
  /**
   * Id in the portal.
   */
  id?: string;
  /**
   * For people.
   */
  name?: string;
}
/**
 * Who gets which order.
 */
export interface SettingsResponsible {
  basket?: Basket;
  /**
   * Who gets what no rule fits, or whose users are all dismissed.
   */
  fallback?: string;
  /**
   * In order; the first that fits a line takes it.
   */
  rules?: Rule[];
}
/**
 * Categories and the users who serve them.
 */
export interface Rule {
  /**
   * Category ids; each covers its subcategories.
   */
  categories?: string[];
  pick?: Pick;
  /**
   * User ids in the portal.
   */
  users?: string[];
}
/**
 * Which shop this is.
 */
export interface Shop {
  /**
   * Marks our deals in the portal (`ORIGINATOR_ID`). Never change it while deals exist.
   */
  id?: string;
  /**
   * For people.
   */
  name?: string;
}
/**
 * Stages and statuses.
 */
export interface Statuses {
  /**
   * Bitrix24 → shop.
   */
  from_stage?: FromStage[];
  lost?: Target;
  /**
   * Shop → Bitrix24: the stage a new deal starts in.
   */
  to_stage?: ToStage[];
  won?: Target;
}
/**
 * A row of the table Bitrix24 → shop.
 */
export interface FromStage {
  /**
   * Comment of the history row.
   */
  comment?: string;
  /**
   * Whether the shop tells the buyer.
   */
  notify?: boolean;
  /**
   * Stage id, `C5:NEW`.
   */
  stage?: string;
  /**
   * The shop's status.
   */
  status?: string;
}
/**
 * A status to set, for won and for lost deals.
 */
export interface Target {
  /**
   * Comment of the history row.
   */
  comment?: string;
  /**
   * Whether the shop tells the buyer.
   */
  notify?: boolean;
  /**
   * The shop's status; empty leaves the order alone.
   */
  status?: string;
}
/**
 * A row of the table shop → Bitrix24.
 */
export interface ToStage {
  /**
   * Stage id, `C5:NEW`.
   */
  stage?: string;
  /**
   * The shop's status.
   */
  status?: string;
}
/**
 * A line of the journal.
 */
export interface Entry {
  /**
   * See `core.describe`.
   */
  code: string;
  /**
   * Of which deal.
   */
  deal_id?: string | null;
  /**
   * What to do.
   */
  hint: string;
  /**
   * `info`, `warning` or `error`.
   */
  level: string;
  /**
   * What happened.
   */
  message: string;
  /**
   * Of which order.
   */
  order_id?: string | null;
}
/**
 * What to write into the link table; keys that are absent stay as they are.
 */
export interface Learn {
  /**
   * Bind this deal.
   */
  deal_id?: string | null;
  /**
   * Replaces the stored one whole.
   */
  memo?: Memo | null;
  /**
   * The row.
   */
  order_id: string;
  /**
   * The stage seen.
   */
  stage?: string | null;
}
/**
 * What the core wants to remember of an order. Opaque to the host.
 */
export interface Memo {
  /**
   * The deal's contact, when we bound one.
   */
  contact?: string | null;
  sent: MapOfString;
  /**
   * The status we last set in the shop.
   */
  status?: string | null;
  /**
   * The responsible we chose.
   */
  user?: string | null;
}
export interface MapOfString {
  [k: string]: string | undefined;
}
/**
 * One REST call. Opaque to the host.
 */
export interface Call {
  /**
   * Names its answer.
   */
  key: string;
  /**
   * Bitrix24's method.
   */
  method: string;
  /**
   * Parameters, encoded as a query. `$result[~key]` refers to another call of the same step.
   */
  query: string;
}
/**
 * Where a poll ended.
 */
export interface Cursor {
  /**
   * The newest row of the stage history that was read.
   */
  history: string;
  /**
   * And the newest change it had seen by then.
   */
  newest: string;
  /**
   * When the last poll stopped in the middle of our changed deals: the deal it came to.
   */
  page: string;
  /**
   * Our deals that changed before this moment were read, in the portal's own words.
   */
  updated: string;
}
/**
 * An order to look at.
 */
export interface Job {
  /**
   * Which.
   */
  order_id: string;
  /**
   * `push` or `pull`.
   */
  wants: string;
}
/**
 * A piece of work. Which parts must be there depends on `kind`.
 */
export interface Task {
  /**
   * Which attempt this is, from 1.
   */
  attempt: number;
  /**
   * `provision`: what the owner allowed: `create` new things, `change` existing ones.
   */
  consent: string[];
  /**
   * `poll`: where the last one ended; none the first time.
   */
  cursor?: Cursor | null;
  /**
   * `push_order`, `pull_deal`, `poll`, `preflight`, `snapshot`, `provision`.
   */
  kind: string;
  /**
   * What is known of the order's deal.
   */
  link?: Link | null;
  /**
   * `push_order`: the whole order as it is now. `pull_deal`: at least its id and status.
   */
  order?: Order | null;
  roles: Roles;
  /**
   * Any number that stays the same for this job: picks in turn, spreads retries.
   */
  turn: number;
}
/**
 * Order ↔ deal, as the host stores it.
 */
export interface Link {
  /**
   * The deal, once known.
   */
  deal_id?: string | null;
  /**
   * Ours; the host keeps it as it is.
   */
  memo?: Memo | null;
  /**
   * The shop's order.
   */
  order_id: string;
  /**
   * The stage last seen in the portal.
   */
  stage?: string | null;
}
/**
 * The shop's statuses by the part they play.
 */
export interface Roles {
  /**
   * «Отменён».
   */
  lost: string;
  /**
   * A new order.
   */
  new: string;
  /**
   * «Получить оплату».
   */
  payment: string;
  /**
   * «Отправка товара».
   */
  shipping: string;
  /**
   * «Заказ выполнен».
   */
  won: string;
  /**
   * «Взять в работу».
   */
  work: string;
}
