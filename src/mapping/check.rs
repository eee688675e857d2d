//! Everything that is wrong with the settings, each with its place and what to do.

use crate::contract::json::Json;
use crate::contract::migrate;
use crate::contract::read::{reads, At};
use crate::contract::settings::Settings;
use crate::contract::write::writes;
use crate::domain::template;
use crate::error::{Code, Lang, Problem};
use crate::mapping::funnel::is_ours;
use crate::mapping::status::{funnel_of, stage_of_funnel};

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
}

reads!(Named { id });

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
        self.0.push(("error", problem));
    }
    fn warning(&mut self, problem: Problem) {
        self.0.push(("warning", problem));
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
    let users = &settings.portal.users;
    let check_user = |id: &str, path: String, findings: &mut Findings| {
        if users.is_empty() {
            return;
        }
        match users.iter().find(|user| user.id == id) {
            None => findings.error(Problem::new(Code::UserUnknown).at(path).with("user", id)),
            Some(user) if !user.active => findings.warning(
                Problem::new(Code::UserInactive)
                    .at(path)
                    .with("user", if user.name.is_empty() { id } else { &user.name }),
            ),
            Some(_) => {}
        }
    };
    for (index, rule) in settings.responsible.rules.iter().enumerate() {
        let at = format!("/responsible/rules/{index}");
        if rule.when.categories.is_empty() || rule.users.is_empty() {
            findings.error(Problem::new(Code::RuleEmpty).at(at.clone()));
        }
        for (place, category) in rule.when.categories.iter().enumerate() {
            if let Some(known) = &input.categories {
                if !known.iter().any(|one| one.id == *category) {
                    findings.warning(
                        Problem::new(Code::CategoryUnknown)
                            .at(format!("{at}/when/categories/{place}"))
                            .with("category", category.clone()),
                    );
                }
            }
        }
        for (place, user) in rule.users.iter().enumerate() {
            check_user(user, format!("{at}/users/{place}"), findings);
        }
    }
    let fallback = &settings.responsible.fallback;
    if fallback.is_empty() {
        findings.warning(Problem::new(Code::FallbackMissing).at("/responsible/fallback"));
    } else {
        check_user(fallback, "/responsible/fallback".to_owned(), findings);
    }
}
