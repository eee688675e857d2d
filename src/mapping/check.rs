//! Everything that is wrong with the settings, each with its place and what to do.

use crate::contract::json::Json;
use crate::contract::migrate;
use crate::contract::read::{reads, At};
use crate::contract::settings::{Rule, Settings};
use crate::contract::write::writes;
use crate::domain::template;
use crate::error::{Code, Lang, Problem};
use crate::mapping::funnel::is_ours;
use crate::mapping::responsible::{name, span, unreadable};
use crate::mapping::status::{funnel_of, stage_of_funnel};
use crate::mapping::when::covers;

/// `data` of `settings.check`. Lists that are left out are not checked against.
#[derive(Default)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Input {
    /// The document, whatever it is.
    pub settings: Option<Json>,
    /// The shop's statuses.
    pub statuses: Option<Vec<Named>>,
    /// The shop's categories.
    pub categories: Option<Vec<Named>>,
    /// The portal's stages.
    pub stages: Option<Vec<Named>>,
}

reads!(Input {
    settings,
    statuses,
    categories,
    stages
});

/// Anything with an id.
#[derive(Default)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Named {
    /// The id.
    pub id: String,
    /// Of a category: the one it is in.
    pub parent_id: Option<String>,
}

reads!(Named { id, parent_id });

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

#[derive(Default)]
struct Findings(Vec<(&'static str, Problem)>);

impl Findings {
    fn error(&mut self, problem: Problem) {
        self.add("error", problem);
    }
    fn warning(&mut self, problem: Problem) {
        self.add("warning", problem);
    }
    #[inline(never)]
    fn add(&mut self, level: &'static str, problem: Problem) {
        self.0.push((level, problem));
    }
}

/// Checks a document.
#[must_use]
pub fn check(input: &Input, lang: Lang) -> Report {
    let document = input.settings.clone().unwrap_or_default();
    let mut findings = Findings::default();
    let settings = match migrate::read(document, &At::root("", Code::SettingsUnreadable)) {
        Ok(settings) => {
            shop(&settings, &mut findings);
            statuses(&settings, input, &mut findings);
            responsible(&settings, input, &mut findings);
            Some(settings)
        }
        Err(problem) => {
            findings.error(problem);
            None
        }
    };
    Report {
        ok: findings.0.iter().all(|(level, _)| *level != "error"),
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

fn shop(settings: &Settings, findings: &mut Findings) {
    let id = &settings.shop.id;
    let fits = (1..=50).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
        // Digits alone would be taken for the id of a built-in shop import of the portal.
        && !id.bytes().all(|byte| byte.is_ascii_digit());
    if !fits {
        findings.error(
            Problem::new(Code::ShopIdInvalid)
                .at("/shop/id")
                .with("value", id.clone()),
        );
    }
    if settings.funnel.id.is_empty() {
        findings.error(Problem::new(Code::FunnelMissing).at("/funnel/id"));
    } else if settings.deal.order_field_item.is_empty() {
        findings.warning(Problem::new(Code::OrderFieldMissing).at("/deal/order_field_item"));
    }
    if let Some(detail) = template::problem(&settings.deal.title) {
        findings.error(
            Problem::new(Code::TemplateInvalid)
                .at("/deal/title")
                .with("template", settings.deal.title.clone())
                .with("detail", detail),
        );
    }
}

fn statuses(settings: &Settings, input: &Input, findings: &mut Findings) {
    let tables = &settings.statuses;
    let funnel = &settings.funnel.id;
    let knows = |list: &Option<Vec<Named>>, id: &str| {
        list.as_ref()
            .is_none_or(|list| list.iter().any(|one| one.id == id))
    };
    let check_stage = |level, stage: &str, path: String, findings: &mut Findings| {
        let of = funnel_of(stage);
        let ours = is_ours(settings, of) && stage_of_funnel(stage, of);
        if !funnel.is_empty() && !ours {
            let problem = Problem::new(Code::StageForeign)
                .at(path)
                .with("stage", stage)
                .with("funnel", settings.funnel.name.clone());
            findings.0.push((level, problem));
        } else if !knows(&input.stages, stage) {
            findings.error(
                Problem::new(Code::StageUnknown)
                    .at(path)
                    .with("stage", stage),
            );
        }
    };
    let check_status = |status: &str, path: String, findings: &mut Findings| {
        if !knows(&input.statuses, status) {
            findings.error(
                Problem::new(Code::StatusUnknown)
                    .at(path)
                    .with("status", status),
            );
        }
    };
    for (index, row) in tables.from_stage.iter().enumerate() {
        let at = format!("/statuses/from_stage/{index}");
        // Deals may be moved to funnels that are not ours, and mean something to the shop there.
        check_stage("warning", &row.stage, [&at, "/stage"].concat(), findings);
        check_status(&row.status, [&at, "/status"].concat(), findings);
        if tables
            .from_stage
            .iter()
            .take(index)
            .any(|former| former.stage == row.stage)
        {
            findings.error(
                Problem::new(Code::StageTwice)
                    .at([&at, "/stage"].concat())
                    .with("stage", row.stage.clone()),
            );
        }
    }
    for (index, row) in tables.to_stage.iter().enumerate() {
        let at = format!("/statuses/to_stage/{index}");
        check_stage("error", &row.stage, [&at, "/stage"].concat(), findings);
        check_status(&row.status, [&at, "/status"].concat(), findings);
        if tables.to_stage.iter().take(index).any(|former| {
            former.status == row.status && funnel_of(&former.stage) == funnel_of(&row.stage)
        }) {
            findings.error(
                Problem::new(Code::StatusTwice)
                    .at([&at, "/status"].concat())
                    .with("status", row.status.clone()),
            );
        }
    }
    for (what, target) in [("won", &tables.won), ("lost", &tables.lost)] {
        let path = ["/statuses/", what, "/status"].concat();
        if target.status.is_empty() {
            findings.warning(Problem::new(Code::StatusEmpty).at(path).with("what", what));
        } else {
            check_status(&target.status, path, findings);
        }
    }
}

fn responsible(settings: &Settings, input: &Input, findings: &mut Findings) {
    let of = &settings.responsible;
    for (index, rule) in of.rules.iter().enumerate() {
        let at = child("/responsible/rules", index);
        let users = [&at, "/users"].concat();
        if rule.users.is_empty() {
            findings.error(Problem::new(Code::RuleEmpty).at(users.as_str()));
        }
        let categories = [&at, "/when/categories"].concat();
        for (place, category) in rule.when.categories.iter().enumerate() {
            let known = |known: &Vec<Named>| known.iter().any(|one| one.id == *category);
            if !input.categories.as_ref().is_none_or(known) {
                findings.warning(
                    Problem::new(Code::CategoryUnknown)
                        .at(child(&categories, place))
                        .with("category", category.clone()),
                );
            }
        }
        check_users(&rule.users, &users, settings, findings);
        let within = |one: &str, other: &str| within(input, one, other);
        let wider = |former: &Rule| covers(&former.when, &rule.when, &within);
        if let Some(former) = of.rules.iter().take(index).position(wider) {
            findings.warning(
                Problem::new(Code::RuleUnreachable)
                    .at(at)
                    .with("rule", former.saturating_add(1).to_string()),
            );
        }
    }
    if of.fallback.is_empty() {
        findings.warning(Problem::new(Code::FallbackMissing).at("/responsible/fallback"));
    } else {
        check_user(&of.fallback, "/responsible/fallback", settings, findings);
    }
    for (index, hours) in of.hours.iter().enumerate() {
        let at = child("/responsible/hours", index);
        check_users(&hours.users, &[&at, "/users"].concat(), settings, findings);
        if let Some((member, value)) = unreadable(hours) {
            findings.error(
                Problem::new(Code::HoursInvalid)
                    .at([&at, member].concat())
                    .with("value", value),
            );
        }
    }
    for (index, absence) in of.absences.iter().enumerate() {
        let at = child("/responsible/absences", index);
        check_user(&absence.user, &[&at, "/user"].concat(), settings, findings);
        if span(absence).is_none() {
            findings.error(
                Problem::new(Code::AbsenceInvalid)
                    .at(at)
                    .with("from", absence.from.clone())
                    .with("to", absence.to.clone()),
            );
        }
    }
}

/// The place of a row of a list.
fn child(at: &str, index: usize) -> String {
    [at, "/", &index.to_string()].concat()
}

fn check_users(users: &[String], at: &str, settings: &Settings, findings: &mut Findings) {
    for (place, user) in users.iter().enumerate() {
        check_user(user, &child(at, place), settings, findings);
    }
}

/// Without a snapshot of the portal's users nothing is known of anybody.
fn check_user(id: &str, at: &str, settings: &Settings, findings: &mut Findings) {
    let users = &settings.portal.users;
    let known = users.iter().find(|user| user.id == id);
    let name = name(settings, id);
    if known.is_none() && !users.is_empty() {
        findings.error(Problem::new(Code::UserUnknown).at(at).with("user", name));
    } else if known.is_some_and(|user| !user.active) {
        findings.warning(Problem::new(Code::UserInactive).at(at).with("user", name));
    }
}

/// Whether a category is another or lies below it, as far as the shop's list says.
fn within(input: &Input, category: &str, other: &str) -> bool {
    let all = input.categories.as_deref().unwrap_or_default();
    let mut at = category;
    // A list that goes round in a circle is no reason to do so.
    for _ in 0..=all.len() {
        if at == other {
            return true;
        }
        let above = all
            .iter()
            .find(|one| one.id == at)
            .and_then(|one| one.parent_id.as_deref());
        match above {
            Some(parent) => at = parent,
            None => return false,
        }
    }
    false
}
