//! Everything that is wrong with the settings, each with its place and what to do.
//!
//! One function a part of the document, in its order; what several parts have, conditions on orders and
//! templates, is checked by `parts`.

mod fields;
mod funnels;
mod parts;
mod responsible;
mod statuses;

use crate::contract::json::Json;
use crate::contract::migrate;
use crate::contract::pairs::Pairs;
use crate::contract::read::{reads, At, Read};
use crate::contract::settings::{Of, Portal, Settings};
use crate::contract::write::{again, writes};
use crate::domain::text::Digits;
use crate::error::{Code, Lang, Problem};
use crate::mapping::fields::adopt;
use crate::sync::step::{field, list};

/// `data` of `settings.check`. What is left out is not checked against.
#[derive(Default)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Input {
    /// The document, whatever it is.
    pub settings: Option<Json>,
    /// The shop's statuses: a list of `id` and `name`.
    pub statuses: Option<Json>,
    /// The shop's categories: a list of `id`.
    pub categories: Option<Json>,
    /// The currencies that people can order in, ISO 4217.
    pub currencies: Vec<String>,
    /// The portal's stages, a list of `id`, when there is no snapshot.
    pub stages: Option<Json>,
    /// What the portal has: the result of the task `snapshot`, or its `funnels` and `currencies`. When
    /// its `users` and `fields` are there, the settings' part of the portal is made anew from it.
    pub portal: Option<Json>,
    /// How many orders have their deals, and
    pub links: u32,
    /// under which `shop.id` they were made.
    pub shop_id: String,
}

reads!(Input {
    settings,
    statuses,
    categories,
    currencies,
    stages,
    portal,
    links,
    shop_id
});

impl Input {
    /// A list of the snapshot.
    fn inventory(&self, name: &str) -> Option<&Json> {
        self.portal.as_ref()?.get(name)
    }

    /// The snapshot as the settings keep it; only one that says who or what there is counts. What it
    /// leaves out stays as it was.
    fn adopted(&self, kept: &Portal) -> Option<Portal> {
        let mut members = Pairs::default();
        for name in ["users", "fields", "owner"] {
            if let Some(value) = self.inventory(name) {
                members.push(name.to_owned(), value.clone());
            }
        }
        if members.is_empty() {
            return None;
        }
        let funnels = list(self.inventory("funnels"));
        if !funnels.is_empty() {
            let stages = funnels.iter().flat_map(|funnel| list(funnel.get("stages")));
            members.push("stages".to_owned(), Json::List(stages.cloned().collect()));
        }
        let mut portal = again(kept);
        let at = At::root("/data/portal", Code::RequestUnreadable);
        portal.fill(&mut Json::Map(members), &at).ok()?;
        Some(portal)
    }
}

/// Whether a list has a row whose `key` is this; what there is no list of, nothing bad is assumed of.
fn has(rows: Option<&Json>, key: &str, id: &str) -> bool {
    rows.is_none() || list(rows).iter().any(|row| field(row, key) == id)
}

/// What people call it.
pub(super) fn name_of(rows: Option<&Json>, id: &str) -> String {
    list(rows)
        .iter()
        .find(|row| field(row, "id") == id)
        .map(|row| field(row, "name"))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| id.to_owned())
}

/// The place of a row.
fn row(table: &str, index: usize) -> String {
    [table, "/", &index.digits()].concat()
}

/// What was found.
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Report {
    /// Whether orders can be sent: no problem is an error.
    ok: bool,
    /// The document with every default filled in; absent when it cannot be read.
    settings: Option<Settings>,
    /// In the order of the document.
    problems: Vec<Finding>,
}

writes!(Report {
    ok,
    settings,
    problems
});

/// One problem.
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
struct Finding {
    /// `error` stops the exchange, `warning` does not.
    level: &'static str,
    code: &'static str,
    path: String,
    message: String,
    hint: String,
}

writes!(Finding {
    level,
    code,
    path,
    message,
    hint
});

const ERROR: &str = "error";
const WARNING: &str = "warning";

#[derive(Default)]
struct Findings(Vec<(&'static str, Problem)>);

impl Findings {
    /// A problem at a place that is put together of parts.
    fn add(&mut self, level: &'static str, code: Code, at: &[&str], args: &[(&'static str, &str)]) {
        let mut problem = Problem::new(code).at(at.concat());
        for (name, value) in args {
            problem = problem.with(name, *value);
        }
        self.0.push((level, problem));
    }
}

/// Checks a document.
#[must_use]
pub fn check(input: &Input, lang: Lang) -> Report {
    let document = input.settings.clone().unwrap_or_default();
    let mut findings = Findings::default();
    let settings = match migrate::read(document, &At::root("", Code::SettingsUnreadable)) {
        Ok(mut settings) => {
            let portal = input.adopted(&settings.portal);
            let fields = portal.iter().flat_map(|portal| &portal.fields);
            let whole: Vec<Of> = fields.map(|field| field.of).collect();
            adopt(&mut settings, portal);
            shop(&settings, input, &mut findings);
            funnels::check(&settings, input, &mut findings);
            deal(&settings, input, &mut findings);
            fields::check(&settings, &whole, input, &mut findings);
            statuses::check(&settings, input, &mut findings);
            responsible::check(&settings, input, &mut findings);
            Some(settings)
        }
        Err(problem) => {
            findings.0.push((ERROR, problem));
            None
        }
    };
    Report {
        ok: findings.0.iter().all(|(level, _)| *level != ERROR),
        settings,
        problems: findings
            .0
            .iter()
            .map(|(level, problem)| {
                let spoken = problem.spoken(lang);
                Finding {
                    level,
                    code: spoken.code,
                    path: spoken.path.unwrap_or_default(),
                    message: spoken.message,
                    hint: spoken.hint,
                }
            })
            .collect(),
    }
}

fn shop(settings: &Settings, input: &Input, findings: &mut Findings) {
    let id = &settings.shop.id;
    let fits = (1..=50).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
        // Digits alone would be taken for the id of a built-in shop import of the portal.
        && !id.bytes().all(|byte| byte.is_ascii_digit());
    if !fits {
        findings.add(ERROR, Code::ShopIdInvalid, &["/shop/id"], &[("value", id)]);
    } else if input.links > 0 && !input.shop_id.is_empty() && input.shop_id != *id {
        let args = [
            ("value", id.as_str()),
            ("before", &input.shop_id),
            ("links", &input.links.digits()),
        ];
        findings.add(ERROR, Code::ShopIdChanged, &["/shop/id"], &args);
    }
    let ways = &settings.directions;
    if !(ways.orders || ways.statuses_to_portal || ways.statuses_to_shop) {
        findings.add(WARNING, Code::DirectionsOff, &["/directions"], &[]);
    }
}

fn deal(settings: &Settings, input: &Input, findings: &mut Findings) {
    let deal = &settings.deal;
    parts::template(&deal.title, &[], &["/deal/title"], findings);
    if !settings.funnel.id.is_empty() && deal.order_field_item.is_empty() {
        findings.add(
            WARNING,
            Code::OrderFieldMissing,
            &["/deal/order_field_item"],
            &[],
        );
    }
    parts::template(&deal.comment, &[], &["/deal/comment"], findings);
    for currency in &input.currencies {
        if !has(input.inventory("currencies"), "code", currency) {
            findings.add(
                WARNING,
                Code::CurrencyUnknown,
                &[],
                &[("currency", currency)],
            );
        }
    }
    if !settings
        .people
        .preset
        .bytes()
        .all(|byte| byte.is_ascii_digit())
    {
        let detail = [("detail", "expected digits")];
        findings.add(
            ERROR,
            Code::SettingsUnreadable,
            &["/people/preset"],
            &detail,
        );
    }
}
