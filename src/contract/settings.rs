//! The settings document. Every key has a default, so a fresh install works; unknown keys are
//! refused, so a typing error does not pass in silence. The webhook URL is not here: it is a
//! password and stays with the host.

use crate::contract::write::{wire, wire_words};
use crate::error::Lang;

/// Number of the newest schema.
pub const SCHEMA: u32 = 2;

/// The whole document.
#[derive(Debug)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Settings {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Which shop this is.
    pub shop: Shop,
    /// What flows which way.
    pub directions: Directions,
    /// Where the deals go that no rule of `funnels` sends elsewhere.
    pub funnel: Funnel,
    /// In order; the first that fits the order takes its deal.
    pub funnels: Vec<FunnelRule>,
    /// How a deal looks.
    pub deal: Deal,
    /// More fields of deal, contact and company.
    pub fields: Vec<Mapping>,
    /// Whose contact a buyer is.
    pub people: People,
    /// What happens when an order or a deal does not simply go on.
    pub life: Life,
    /// Stages and statuses, two separate tables.
    pub statuses: Statuses,
    /// Who gets which order.
    pub responsible: Responsible,
    /// What we know of the portal.
    pub portal: Portal,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            schema: SCHEMA,
            shop: Shop::default(),
            directions: Directions::default(),
            funnel: Funnel::default(),
            funnels: Vec::new(),
            deal: Deal::default(),
            fields: Vec::new(),
            people: People::default(),
            life: Life::default(),
            statuses: Statuses::default(),
            responsible: Responsible::default(),
            portal: Portal::default(),
        }
    }
}

/// Which shop this is.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Shop {
    /// Marks our deals in the portal (`ORIGINATOR_ID`). Never change it while deals exist.
    pub id: String,
    /// For people.
    pub name: String,
    /// The language of the words that we write into deals.
    pub language: Lang,
}

/// What flows which way.
#[derive(Debug)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Directions {
    /// Orders become deals.
    pub orders: bool,
    /// A status that the shop changes moves the deal, by `statuses.to_stage`.
    pub statuses_to_portal: bool,
    /// A stage that the portal changes moves the order, by `statuses.from_stage`.
    pub statuses_to_shop: bool,
}

impl Default for Directions {
    fn default() -> Self {
        Self {
            orders: true,
            statuses_to_portal: true,
            statuses_to_shop: true,
        }
    }
}

/// A condition on an order: every part that is given must hold; of a list, any one. Nothing given
/// holds always.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct When {
    /// Category ids of a line; each covers its subcategories.
    pub categories: Vec<String>,
    /// Makers of a line, compared without regard to case.
    pub brands: Vec<String>,
    /// Storefronts.
    pub stores: Vec<String>,
    /// Regions or cities of the delivery, compared without regard to case.
    pub regions: Vec<String>,
    /// Codes of the delivery.
    pub deliveries: Vec<String>,
    /// Codes of the payment.
    pub payments: Vec<String>,
    /// Customer groups.
    pub groups: Vec<String>,
    /// ISO 4217.
    pub currencies: Vec<String>,
    /// At least this total, a decimal string in the order's currency.
    pub total_from: String,
    /// Less than this total.
    pub total_to: String,
}

/// A funnel for some orders.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct FunnelRule {
    /// Which.
    pub when: When,
    /// Category id in the portal.
    pub id: String,
    /// Its name there.
    pub name: String,
}

/// The funnel («направление») of the deals.
#[derive(Debug)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Funnel {
    /// Category id in the portal; empty until it is found or created.
    pub id: String,
    /// Its name there.
    pub name: String,
}

impl Default for Funnel {
    fn default() -> Self {
        Self {
            id: String::new(),
            name: "Интернет-магазин".to_owned(),
        }
    }
}

/// How a deal looks.
#[derive(Debug)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Deal {
    /// Template of the title.
    pub title: String,
    /// The hidden field with the order id, its own name.
    pub order_field: String,
    /// The same field's name in `crm.item.*`; empty until it is found or created.
    pub order_field_item: String,
    /// `SOURCE_ID` of new deals; empty leaves the portal's default.
    pub source: String,
    /// Template of the comment; empty writes our own.
    pub comment: String,
    /// Leave out characters that boxes with an old database cannot store (emoji).
    pub plain_text: bool,
}

impl Default for Deal {
    fn default() -> Self {
        Self {
            title: "Заказ №{order.number}".to_owned(),
            order_field: "UF_CRM_ORDERBRIDGE_ORDER".to_owned(),
            order_field_item: String::new(),
            source: "WEB".to_owned(),
            comment: String::new(),
            plain_text: false,
        }
    }
}

/// A field that follows a template.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Mapping {
    /// Of what.
    pub of: Of,
    /// Its name in `crm.item.*`.
    pub field: String,
    /// What it gets; an enumeration is named by its text.
    pub template: String,
    /// For which orders.
    pub when: When,
    /// Set when the deal is made, and the managers' own afterwards.
    pub once: bool,
}

/// What a [`Mapping`] fills.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum Of {
    /// The deal.
    #[default]
    Deal,
    /// The buyer's contact: only where it is empty.
    Contact,
    /// The buyer's company: only where it is empty.
    Company,
}

/// Whose contact a buyer is.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct People {
    /// What to do when several contacts, or companies, could be meant.
    pub ambiguous: Ambiguous,
    /// How a name in one field is split.
    pub name_order: NameOrder,
    /// Leave companies out, though the order names one.
    pub without_companies: bool,
    /// Template of the requisites (`PRESET_ID`) of new companies; empty: the portal's first.
    pub preset: String,
    /// A known buyer stays with the manager of his last open deal. That has to be asked before the deal
    /// is made, so it takes a second request.
    pub keep_manager: bool,
}

/// What to do when several contacts, or companies, could be meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum Ambiguous {
    /// Bind none, and say so in the deal.
    #[default]
    None,
    /// Bind the one with the smallest id.
    Oldest,
    /// Bind the one with the largest id.
    Newest,
}

/// How a name in one field is split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum NameOrder {
    /// «Петров Иван Сергеевич».
    #[default]
    LastFirst,
    /// «Иван Петров», «Иван Сергеевич Петров».
    FirstLast,
}

/// What happens when an order or a deal does not simply go on.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Life {
    /// The deal was deleted in the portal.
    pub gone: Gone,
    /// The order was deleted in the shop.
    pub deleted: Deleted,
    /// Money was given back.
    pub refund: Refund,
    /// The order changes after its deal was closed.
    pub closed: Closed,
}

/// The deal was deleted in the portal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum Gone {
    /// A person decides.
    #[default]
    Ask,
    /// A new deal is made.
    Recreate,
    /// The order goes on without a deal.
    Detach,
}

/// The order was deleted in the shop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum Deleted {
    /// The deal says so in its timeline.
    #[default]
    Note,
    /// And is moved to its funnel's lost stage.
    Lose,
    /// Nothing.
    Ignore,
}

/// Money was given back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum Refund {
    /// Rows and amount go down by it; when all was given back, the goods stay to be seen at no price.
    #[default]
    Reduce,
    /// The deal only says so in its comment.
    Note,
}

/// The order changes after its deal was closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum Closed {
    /// The deal follows, and its timeline says so.
    #[default]
    Update,
    /// The deal stays as it was closed; its timeline says what changed.
    Note,
}

/// Stages and statuses.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Statuses {
    /// Bitrix24 → shop.
    pub from_stage: Vec<FromStage>,
    /// Shop → Bitrix24: the stage a new deal starts in, and the one that a status of the shop moves it
    /// to. A row counts in the funnel of its stage.
    pub to_stage: Vec<ToStage>,
    /// Any won stage that is not in the table.
    pub won: Target,
    /// Any lost stage that is not in the table.
    pub lost: Target,
    /// Statuses that the portal may only move on, lowest first («оплачен», «выполнен»): an order that
    /// has one of them goes to none before it and to none outside the list.
    pub guarded: Vec<String>,
    /// Let the portal move even guarded ones.
    pub reopen: bool,
    /// Who is right when both sides moved since they last agreed.
    pub conflict: Side,
    /// Apply also the stages that a deal passed between two looks, from its stage history.
    pub every_stage: bool,
}

/// One of the two sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum Side {
    /// Bitrix24.
    #[default]
    Portal,
    /// The shop.
    Shop,
}

/// A row of the table Bitrix24 → shop.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct FromStage {
    /// Stage id, `C5:NEW`.
    pub stage: String,
    /// The shop's status.
    pub status: String,
    /// Whether the shop tells the buyer.
    pub notify: bool,
    /// Template of the history row's comment; besides the order's fields it knows `{stage.name}` and
    /// `{deal.id}`.
    pub comment: String,
}

/// A status to set, for won and for lost deals.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Target {
    /// The shop's status; empty leaves the order alone.
    pub status: String,
    /// Whether the shop tells the buyer.
    pub notify: bool,
    /// Template of the history row's comment; besides the order's fields it knows `{stage.name}` and
    /// `{deal.id}`.
    pub comment: String,
}

/// A row of the table shop → Bitrix24.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct ToStage {
    /// The shop's status.
    pub status: String,
    /// Stage id, `C5:NEW`.
    pub stage: String,
}

/// Who gets which order.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Responsible {
    /// In order; the first that fits the order and a line of it takes the line.
    pub rules: Vec<Rule>,
    /// Which line decides in a mixed basket.
    pub basket: Basket,
    /// Who gets what no rule fits, or whose users are all dismissed or away.
    pub fallback: String,
    /// When users work; those who are in no row work always.
    pub hours: Vec<Hours>,
    /// When users are away.
    pub absences: Vec<Absence>,
}

/// When some users work, in the shop's own time. Several rows for a user add up.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Hours {
    /// User ids.
    pub users: Vec<String>,
    /// Days of the week, 1 is Monday: `12345`.
    pub days: String,
    /// `09:00`.
    pub from: String,
    /// `18:00`; not after `from`: the shift ends on the next day, `00:00` with this one.
    pub to: String,
}

/// A time when a user is away.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Absence {
    /// User id.
    pub user: String,
    /// First day, `2026-12-29`.
    pub from: String,
    /// Last day; empty: until further notice.
    pub to: String,
}

/// Which orders, and the users who serve them.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Rule {
    /// For people; turns go on while it stays.
    pub name: String,
    /// Which orders; `categories` and `brands` are asked of each line.
    pub when: When,
    /// User ids in the portal.
    pub users: Vec<String>,
    /// How one of several is picked.
    pub pick: Pick,
}

/// How one of several users is picked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum Pick {
    /// In turn.
    #[default]
    RoundRobin,
    /// The first who is there.
    First,
}

/// Which line decides in a mixed basket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum Basket {
    /// The rule with the largest sum.
    #[default]
    LargestSum,
    /// The rule of the first line that has one.
    FirstLine,
    /// The rule with the most units.
    MostUnits,
    /// The first rule that any line fits.
    RuleOrder,
}

/// What we know of the portal, from the last snapshot: `settings.check` fills it. Its rows come from a
/// machine, so keys that nobody knows are no typing errors.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Portal {
    /// Its users, so that dismissed ones are passed over.
    pub users: Vec<User>,
    /// The webhook's owner: what he moves are our own doings.
    pub owner: String,
    /// The stages of our funnels.
    pub stages: Vec<Stage>,
    /// The fields that `fields` fills.
    pub fields: Vec<PortalField>,
}

/// A stage of one of our funnels.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct Stage {
    /// `C5:NEW`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `process`, `success` or `failure`.
    pub semantics: String,
}

/// A field of the portal. Bitrix24: REST documentation, "CRM object fields", `crm.item.fields`.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct PortalField {
    /// Of what.
    pub of: Of,
    /// Its name in `crm.item.*`.
    pub name: String,
    /// Its name in the portal's own pages, `UF_CRM_…`.
    pub upper_name: String,
    /// For people.
    pub title: String,
    /// `string`, `integer`, `double`, `boolean`, `enumeration`, `date`, `datetime`, `money`, `url`,
    /// `employee`, `crm_status`, …
    pub kind: String,
    /// Whether it takes several values.
    pub multiple: bool,
    /// Whether it is the portal's own to write.
    pub read_only: bool,
    /// What an enumeration can be.
    pub items: Vec<FieldItem>,
}

/// One of the values of an enumeration.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct FieldItem {
    /// What is sent.
    pub id: String,
    /// What people read.
    pub value: String,
}

/// A user of the portal.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct User {
    /// Id in the portal.
    pub id: String,
    /// For people.
    pub name: String,
    /// False when dismissed.
    pub active: bool,
}

wire!(only Settings {
    schema, shop, directions, funnel, funnels, deal, fields, people, life, statuses, responsible, portal
});
wire!(only Shop { id, name, language });
wire!(only Directions { orders, statuses_to_portal, statuses_to_shop });
wire!(only When {
    categories, brands, stores, regions, deliveries, payments, groups, currencies, total_from, total_to
});
wire!(only Funnel { id, name });
wire!(only FunnelRule { when, id, name });
wire!(only Deal { title, order_field, order_field_item, source, comment, plain_text });
wire!(only Mapping { of, field, template, when, once });
wire!(only People { ambiguous, name_order, without_companies, preset, keep_manager });
wire!(only Life { gone, deleted, refund, closed });
wire!(only Statuses { from_stage, to_stage, won, lost, guarded, reopen, conflict, every_stage });
wire!(only FromStage { stage, status, notify, comment });
wire!(only Target { status, notify, comment });
wire!(only ToStage { status, stage });
wire!(only Responsible { rules, basket, fallback, hours, absences });
wire!(only Hours { users, days, from, to });
wire!(only Absence { user, from, to });
wire!(only Rule { name, when, users, pick });
wire!(only Portal { users, owner, stages, fields });
wire!(User { id, name, active });
wire!(Stage {
    id,
    name,
    semantics
});
wire!(PortalField {
    of,
    name,
    upper_name,
    title,
    kind,
    multiple,
    read_only,
    items
});
wire!(FieldItem { id, value });
wire_words!(Pick { "round_robin" => RoundRobin, "first" => First });
wire_words!(Basket {
    "largest_sum" => LargestSum, "first_line" => FirstLine, "most_units" => MostUnits,
    "rule_order" => RuleOrder,
});
wire_words!(Of { "deal" => Deal, "contact" => Contact, "company" => Company });
wire_words!(Ambiguous { "none" => None, "oldest" => Oldest, "newest" => Newest });
wire_words!(NameOrder { "last_first" => LastFirst, "first_last" => FirstLast });
wire_words!(Gone { "ask" => Ask, "recreate" => Recreate, "detach" => Detach });
wire_words!(Deleted { "note" => Note, "lose" => Lose, "ignore" => Ignore });
wire_words!(Refund { "reduce" => Reduce, "note" => Note });
wire_words!(Closed { "update" => Update, "note" => Note });
wire_words!(Side { "portal" => Portal, "shop" => Shop });
