//! The settings document. Every key has a default, so a fresh install works; unknown keys are
//! refused, so a typing error does not pass in silence. The webhook URL is not here: it is a
//! password and stays with the host.

use crate::contract::write::{wire, wire_words};

/// Number of the newest schema.
pub const SCHEMA: u32 = 1;

/// The whole document.
#[derive(Clone, Debug)]
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
    /// Where the deals go.
    pub funnel: Funnel,
    /// How a deal looks.
    pub deal: Deal,
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
            funnel: Funnel::default(),
            deal: Deal::default(),
            statuses: Statuses::default(),
            responsible: Responsible::default(),
            portal: Portal::default(),
        }
    }
}

/// Which shop this is.
#[derive(Clone, Debug, Default)]
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
}

/// The funnel («направление») of the deals.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
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
}

impl Default for Deal {
    fn default() -> Self {
        Self {
            title: "Заказ №{order.number}".to_owned(),
            order_field: "UF_CRM_ORDERBRIDGE_ORDER".to_owned(),
            order_field_item: String::new(),
            source: "WEB".to_owned(),
        }
    }
}

/// Stages and statuses.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Statuses {
    /// Bitrix24 → shop.
    pub from_stage: Vec<FromStage>,
    /// Shop → Bitrix24: the stage a new deal starts in.
    pub to_stage: Vec<ToStage>,
    /// Any won stage that is not in the table.
    pub won: Target,
    /// Any lost stage that is not in the table.
    pub lost: Target,
}

/// A row of the table Bitrix24 → shop.
#[derive(Clone, Debug, Default)]
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
    /// Comment of the history row.
    pub comment: String,
}

/// A status to set, for won and for lost deals.
#[derive(Clone, Debug, Default)]
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
    /// Comment of the history row.
    pub comment: String,
}

/// A row of the table shop → Bitrix24.
#[derive(Clone, Debug, Default)]
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
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Responsible {
    /// In order; the first that fits a line takes it.
    pub rules: Vec<Rule>,
    /// Which line decides in a mixed basket.
    pub basket: Basket,
    /// Who gets what no rule fits, or whose users are all dismissed.
    pub fallback: String,
}

/// Categories and the users who serve them.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Rule {
    /// Category ids; each covers its subcategories.
    pub categories: Vec<String>,
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
    /// The first active one.
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

/// What we know of the portal, from the last snapshot.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Portal {
    /// Its users, so that dismissed ones are passed over.
    pub users: Vec<User>,
}

/// A user of the portal.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct User {
    /// Id in the portal.
    pub id: String,
    /// For people.
    pub name: String,
    /// False when dismissed.
    pub active: bool,
}

wire!(only Settings { schema, shop, funnel, deal, statuses, responsible, portal });
wire!(only Shop { id, name });
wire!(only Funnel { id, name });
wire!(only Deal { title, order_field, order_field_item, source });
wire!(only Statuses { from_stage, to_stage, won, lost });
wire!(only FromStage { stage, status, notify, comment });
wire!(only Target { status, notify, comment });
wire!(only ToStage { status, stage });
wire!(only Responsible { rules, basket, fallback });
wire!(only Rule { categories, users, pick });
wire!(only Portal { users });
wire!(only User { id, name, active });
wire_words!(Pick { "round_robin" => RoundRobin, "first" => First });
wire_words!(Basket {
    "largest_sum" => LargestSum, "first_line" => FirstLine, "most_units" => MostUnits,
    "rule_order" => RuleOrder,
});
