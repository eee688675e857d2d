// Made from pkg/schema by `make build`; not to be edited.

/** What the core can be asked. */
export type Operation =
  | "core.describe"
  | "settings.check"
  | "order.preview"
  | "order.explain"
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
export type ChargeKind =
  "shipping" | "fee" | "discount" | "coupon" | "reward" | "voucher" | "tax" | "rounding" | "other";
/**
 * Whether prices have the tax in them.
 */
export type Prices = "gross" | "net";
/**
 * What a [`Mapping`] fills.
 */
export type Of = "deal" | "contact" | "company";
/**
 * The order changes after its deal was closed.
 */
export type Closed = "update" | "note";
/**
 * The order was deleted in the shop.
 */
export type Deleted = "note" | "lose" | "ignore";
/**
 * The deal was deleted in the portal.
 */
export type Gone = "ask" | "recreate" | "detach";
/**
 * Money was given back.
 */
export type Refund = "reduce" | "note";
/**
 * What to do when several contacts, or companies, could be meant.
 */
export type Ambiguous = "none" | "oldest" | "newest";
/**
 * How a name in one field is split.
 */
export type NameOrder = "last_first" | "first_last";
/**
 * Which line decides in a mixed basket.
 */
export type Basket = "largest_sum" | "first_line" | "most_units" | "rule_order";
/**
 * How one of several users is picked.
 */
export type Pick = "round_robin" | "first";
/**
 * The language of texts for people. Codes and data are the same in every language.
 */
export type Lang = "Ru" | "En";
/**
 * One of the two sides.
 */
export type Side = "portal" | "shop";
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
       * Buyers, as [`Learn::buyer`] named them: of each the link with a deal that was written last.
       */
      buyers?: string[];
      /**
       * Deal ids.
       */
      deals: string[];
      state: unknown;
      step: "look";
    }
  | {
      /**
       * For which order.
       */
      order_id: string;
      /**
       * The round's name.
       */
      round: string;
      state: unknown;
      step: "draw";
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
  Explanation: Explanation;
  Order: Order;
  Preview: Preview;
  Spoken: Spoken;
  Report: Report;
  Settings: Settings;
  Step: Step;
  Task: Task;
}
/**
 * The answer.
 */
export interface Explanation {
  /**
   * The most important first.
   */
  sentences: Sentence[];
  /**
   * The code of the first sentence.
   */
  verdict: string;
}
/**
 * A sentence: ours, or one that the host kept of us.
 */
export interface Sentence {
  /**
   * When it was said, for lines of the journal.
   */
  at?: string | null;
  code: string;
  hint: string;
  message: string;
}
/**
 * An order as the shop keeps it. What the buyer pays is `total`; `prices` and `rate` say how the
 * other amounts lead there.
 */
export interface Order {
  buyer?: Buyer;
  /**
   * Shipping, fees, discounts on the whole order; taxes, when the prices are net.
   */
  charges?: Charge[];
  /**
   * The buyer's own words.
   */
  comment?: string;
  /**
   * Codes of the coupons used.
   */
  coupons?: string[];
  /**
   * When it was placed, RFC 3339.
   */
  created_at?: string;
  /**
   * ISO 4217: what the buyer pays in, and the deal's currency.
   */
  currency?: string;
  delivery?: Delivery;
  extra?: MapOfString;
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
  prices?: Prices;
  /**
   * How many units of `currency` one unit of the shop's base currency is, a decimal string. When it
   * is there, every amount of the order is in the base currency.
   */
  rate?: string;
  /**
   * How much of that has been given back since, a decimal string.
   */
  refunded?: string;
  /**
   * Id of the shop's status.
   */
  status?: string;
  /**
   * The storefront, when one shop has several.
   */
  store?: string;
  /**
   * What the buyer pays, tax included, a decimal string; rounded to the currency when it is finer.
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
   * The company that orders, when it is one.
   */
  company?: Company | null;
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
   * The shop's customer group.
   */
  group?: string;
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
 * A company that orders.
 */
export interface Company {
  /**
   * Legal address in one line.
   */
  address?: string;
  /**
   * ИНН, 10 or 12 digits.
   */
  inn?: string;
  /**
   * КПП.
   */
  kpp?: string;
  /**
   * «ООО Ромашка».
   */
  name?: string;
  /**
   * ОГРН.
   */
  ogrn?: string;
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
   * Per cent of the goods, negative when it lowers the total; used when `amount` is empty.
   */
  percent?: string;
  /**
   * VAT in per cent; none means without VAT. A tax that names it falls on what has the same rate, one
   * that does not on all that is taxed.
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
   * City.
   */
  city?: string;
  /**
   * The shop's code.
   */
  code?: string;
  /**
   * Country, as the shop writes it.
   */
  country?: string;
  /**
   * As the buyer saw it.
   */
  name?: string;
  /**
   * Postal code.
   */
  postcode?: string;
  /**
   * Who receives it, when that is not the buyer.
   */
  recipient?: string;
  /**
   * Region.
   */
  region?: string;
}
export interface MapOfString {
  [k: string]: string | undefined;
}
/**
 * One line of goods.
 */
export interface Line {
  /**
   * The maker.
   */
  brand?: string;
  /**
   * Every category path of the product, from the root to the leaf, as category ids.
   */
  categories?: string[][];
  /**
   * The line's own discount as a sum for the whole line; used when `total` is empty.
   */
  discount?: string;
  /**
   * The line's own discount in per cent of `price`; used when `total` is empty.
   */
  discount_percent?: string;
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
   * Given back since: how many.
   */
  refunded_quantity?: string;
  /**
   * Given back since: how much, in the same kind of price as `total`.
   */
  refunded_total?: string;
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
  /**
   * The company that orders, if none of the portal is it.
   */
  company?: PreviewCompany | null;
  /**
   * Mapped fields of the company: they go where it is empty.
   */
  company_fields: Field[];
  contact: Contact;
  /**
   * Mapped fields of the contact: they go where it is empty.
   */
  contact_fields: Field[];
  /**
   * Of both.
   */
  currency: string;
  /**
   * Fields of the deal.
   */
  deal: Field[];
  /**
   * What else was decided, and why so.
   */
  decisions: Decision[];
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
 * The company, ready to be sent.
 */
export interface PreviewCompany {
  /**
   * Legal address in one line.
   */
  address: string;
  /**
   * ИНН; empty when there is none whose check digits are right.
   */
  inn: string;
  /**
   * КПП.
   */
  kpp: string;
  /**
   * «ООО Ромашка».
   */
  name: string;
  /**
   * ОГРН, or ОГРНИП of an entrepreneur.
   */
  ogrn: string;
  /**
   * Our own mark on the company (`ORIGIN_ID`).
   */
  origin: string;
}
/**
 * A field of the deal. Names are those of `crm.item.*`; see the REST documentation, "CRM object
 * fields".
 */
export interface Field {
  /**
   * Whether it takes several values; they stand in lines.
   */
  many?: boolean | null;
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
 * A decision with its reason.
 */
export interface Decision {
  /**
   * `funnel`, `stage`, `contact`, `company`, `responsible`, `amount`, or the name of a field that is
   * left out.
   */
  what: string;
  /**
   * In words.
   */
  why: string;
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
   * Users who take turns: whose it is shows when the deal is made.
   */
  one_of: string[];
  /**
   * The rule that chose, from 0; none for the fallback.
   */
  rule?: number | null;
  /**
   * User id in the portal; empty leaves the webhook's owner, or one of `one_of`.
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
  directions?: Directions;
  /**
   * More fields of deal, contact and company.
   */
  fields?: Mapping[];
  funnel?: Funnel;
  /**
   * In order; the first that fits the order takes its deal.
   */
  funnels?: FunnelRule[];
  life?: Life;
  people?: People;
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
   * Template of the comment; empty writes our own.
   */
  comment?: string;
  /**
   * The hidden field with the order id, its own name.
   */
  order_field?: string;
  /**
   * The same field's name in `crm.item.*`; empty until it is found or created.
   */
  order_field_item?: string;
  /**
   * Leave out characters that boxes with an old database cannot store (emoji).
   */
  plain_text?: boolean;
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
 * What flows which way.
 */
export interface Directions {
  /**
   * Orders become deals.
   */
  orders?: boolean;
  /**
   * A status that the shop changes moves the deal, by `statuses.to_stage`.
   */
  statuses_to_portal?: boolean;
  /**
   * A stage that the portal changes moves the order, by `statuses.from_stage`.
   */
  statuses_to_shop?: boolean;
}
/**
 * A field that follows a template.
 */
export interface Mapping {
  /**
   * Its name in `crm.item.*`.
   */
  field?: string;
  of?: Of;
  /**
   * Set when the deal is made, and the managers' own afterwards.
   */
  once?: boolean;
  /**
   * What it gets; an enumeration is named by its text.
   */
  template?: string;
  when?: When;
}
/**
 * A condition on an order: every part that is given must hold; of a list, any one. Nothing given
 * holds always.
 */
export interface When {
  /**
   * Makers of a line, compared without regard to case.
   */
  brands?: string[];
  /**
   * Category ids of a line; each covers its subcategories.
   */
  categories?: string[];
  /**
   * ISO 4217.
   */
  currencies?: string[];
  /**
   * Codes of the delivery.
   */
  deliveries?: string[];
  /**
   * Customer groups.
   */
  groups?: string[];
  /**
   * Codes of the payment.
   */
  payments?: string[];
  /**
   * Regions or cities of the delivery, compared without regard to case.
   */
  regions?: string[];
  /**
   * Storefronts.
   */
  stores?: string[];
  /**
   * At least this total, a decimal string in the order's currency.
   */
  total_from?: string;
  /**
   * Less than this total.
   */
  total_to?: string;
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
 * A funnel for some orders.
 */
export interface FunnelRule {
  /**
   * Category id in the portal.
   */
  id?: string;
  /**
   * Its name there.
   */
  name?: string;
  when?: When;
}
/**
 * What happens when an order or a deal does not simply go on.
 */
export interface Life {
  closed?: Closed;
  deleted?: Deleted;
  gone?: Gone;
  refund?: Refund;
}
/**
 * Whose contact a buyer is.
 */
export interface People {
  ambiguous?: Ambiguous;
  /**
   * A known buyer stays with the manager of his last open deal. That has to be asked before the deal
   * is made, so it takes a second request.
   */
  keep_manager?: boolean;
  name_order?: NameOrder;
  /**
   * Template of the requisites (`PRESET_ID`) of new companies; empty: the portal's first.
   */
  preset?: string;
  /**
   * Leave companies out, though the order names one.
   */
  without_companies?: boolean;
}
/**
 * What we know of the portal, from the last snapshot: `settings.check` fills it. Its rows come from a
 * machine, so keys that nobody knows are no typing errors.
 */
export interface Portal {
  /**
   * The fields that `fields` fills.
   */
  fields?: PortalField[];
  /**
   * The webhook's owner: what he moves are our own doings.
   */
  owner?: string;
  /**
   * The stages of our funnels.
   */
  stages?: Stage[];
  /**
   * Its users, so that dismissed ones are passed over.
   */
  users?: User[];
}
/**
 * A field of the portal. Bitrix24: REST documentation, "CRM object fields", `crm.item.fields`.
 */
export interface PortalField {
  /**
   * What an enumeration can be.
   */
  items?: FieldItem[];
  /**
   * `string`, `integer`, `double`, `boolean`, `enumeration`, `date`, `datetime`, `money`, `url`,
   * `employee`, `crm_status`, …
   */
  kind?: string;
  /**
   * Whether it takes several values.
   */
  multiple?: boolean;
  /**
   * Its name in `crm.item.*`.
   */
  name?: string;
  of?: Of;
  /**
   * Whether it is the portal's own to write.
   */
  read_only?: boolean;
  /**
   * For people.
   */
  title?: string;
  /**
   * Its name in the portal's own pages, `UF_CRM_…`.
   */
  upper_name?: string;
}
/**
 * One of the values of an enumeration.
 */
export interface FieldItem {
  /**
   * What is sent.
   */
  id?: string;
  /**
   * What people read.
   */
  value?: string;
}
/**
 * A stage of one of our funnels.
 */
export interface Stage {
  /**
   * `C5:NEW`.
   */
  id?: string;
  /**
   * Its name.
   */
  name?: string;
  /**
   * `process`, `success` or `failure`.
   */
  semantics?: string;
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
  /**
   * When users are away.
   */
  absences?: Absence[];
  basket?: Basket;
  /**
   * Who gets what no rule fits, or whose users are all dismissed or away.
   */
  fallback?: string;
  /**
   * When users work; those who are in no row work always.
   */
  hours?: Hours[];
  /**
   * In order; the first that fits the order and a line of it takes the line.
   */
  rules?: Rule[];
}
/**
 * A time when a user is away.
 */
export interface Absence {
  /**
   * First day, `2026-12-29`.
   */
  from?: string;
  /**
   * Last day; empty: until further notice.
   */
  to?: string;
  /**
   * User id.
   */
  user?: string;
}
/**
 * When some users work, in the shop's own time. Several rows for a user add up.
 */
export interface Hours {
  /**
   * Days of the week, 1 is Monday: `12345`.
   */
  days?: string;
  /**
   * `09:00`.
   */
  from?: string;
  /**
   * `18:00`; not after `from`: the shift ends on the next day, `00:00` with this one.
   */
  to?: string;
  /**
   * User ids.
   */
  users?: string[];
}
/**
 * Which orders, and the users who serve them.
 */
export interface Rule {
  /**
   * For people; turns go on while it stays.
   */
  name?: string;
  pick?: Pick;
  /**
   * User ids in the portal.
   */
  users?: string[];
  when?: When;
}
/**
 * Which shop this is.
 */
export interface Shop {
  /**
   * Marks our deals in the portal (`ORIGINATOR_ID`). Never change it while deals exist.
   */
  id?: string;
  language?: Lang;
  /**
   * For people.
   */
  name?: string;
}
/**
 * Stages and statuses.
 */
export interface Statuses {
  conflict?: Side;
  /**
   * Apply also the stages that a deal passed between two looks, from its stage history.
   */
  every_stage?: boolean;
  /**
   * Bitrix24 → shop.
   */
  from_stage?: FromStage[];
  /**
   * Statuses that the portal may only move on, lowest first («оплачен», «выполнен»): an order that
   * has one of them goes to none before it and to none outside the list.
   */
  guarded?: string[];
  lost?: Target;
  /**
   * Let the portal move even guarded ones.
   */
  reopen?: boolean;
  /**
   * Shop → Bitrix24: the stage a new deal starts in, and the one that a status of the shop moves it
   * to. A row counts in the funnel of its stage.
   */
  to_stage?: ToStage[];
  won?: Target;
}
/**
 * A row of the table Bitrix24 → shop.
 */
export interface FromStage {
  /**
   * Template of the history row's comment; besides the order's fields it knows `{stage.name}` and
   * `{deal.id}`.
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
   * Template of the history row's comment; besides the order's fields it knows `{stage.name}` and
   * `{deal.id}`.
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
   * Who the buyer is, as a fingerprint of his phone and e-mail.
   */
  buyer?: string | null;
  /**
   * Bind this deal.
   */
  deal_id?: string | null;
  /**
   * Take the row out altogether.
   */
  forget?: boolean | null;
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
   * The deal's company, when we bound one.
   */
  company?: string | null;
  /**
   * The deal's contact, when we bound one.
   */
  contact?: string | null;
  /**
   * The newest row of the deal's stage history that was gone through, with `every_stage`.
   */
  history?: string | null;
  /**
   * When we last moved the deal or the order by ourselves, seconds since 1970: the second breaker.
   */
  moves: number[];
  sent: MapOfString;
  /**
   * The stage we last sent the deal to.
   */
  stage?: string | null;
  /**
   * The status that both sides last agreed on.
   */
  status?: string | null;
  /**
   * A deal may have been made already: search before making one.
   */
  tried: boolean;
  /**
   * The responsible we chose.
   */
  user?: string | null;
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
   * The newest change that the companion module has told; empty where there is none.
   */
  changes: string;
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
   * Why this job waited the last time: the code that the host keeps of it. Empty for a new job, and
   * when a person said «send again».
   */
  code: string;
  /**
   * `provision`: what the owner allowed: `create` new things, `change` existing ones. `compare`:
   * `repair`, which lets the order's next push send again what differs.
   */
  consent: string[];
  /**
   * `poll`: where the last one ended; none the first time.
   */
  cursor?: Cursor | null;
  /**
   * `push_order`, `pull_deal`, `poll`, `preflight`, `snapshot`, `provision`, `compare`.
   */
  kind: string;
  /**
   * What is known of the order's deal.
   */
  link?: Link | null;
  /**
   * `push_order`, `compare`: the whole order as it is now. `pull_deal`: at least its id and status.
   */
  order?: Order | null;
  roles: Roles;
  /**
   * Any number that stays the same for this job: spreads retries.
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
