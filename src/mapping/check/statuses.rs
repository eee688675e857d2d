//! The two tables, what is guarded, and whether both together turn in a circle.

use super::{has, list, name_of, parts, row, Findings, Input, ERROR, WARNING};
use crate::contract::settings::Settings;
use crate::error::Code;
use crate::mapping::explain::semantics;
use crate::mapping::funnel::is_ours;
use crate::mapping::status::{asks, funnel_of, stage_of_funnel, Asks};

pub(super) fn check(settings: &Settings, input: &Input, findings: &mut Findings) {
    let tables = &settings.statuses;
    for (index, rule) in tables.from_stage.iter().enumerate() {
        let at = row("/statuses/from_stage", index);
        // Deals may be moved to funnels that are not ours, and mean something to the shop there.
        stage(WARNING, &rule.stage, &at, settings, input, findings);
        status(&rule.status, &[&at, "/status"], input, findings);
        let mut before = tables.from_stage.iter().take(index);
        if before.any(|former| former.stage == rule.stage) {
            let args = [("stage", rule.stage.as_str())];
            findings.add(ERROR, Code::StageTwice, &[&at, "/stage"], &args);
        }
        parts::remark(&rule.comment, &at, findings);
    }
    for (index, rule) in tables.to_stage.iter().enumerate() {
        let at = row("/statuses/to_stage", index);
        stage(ERROR, &rule.stage, &at, settings, input, findings);
        status(&rule.status, &[&at, "/status"], input, findings);
        let mut before = tables.to_stage.iter().take(index);
        // One row a status in each funnel: the deal of an order is in one of them.
        if before.any(|former| {
            former.status == rule.status && funnel_of(&former.stage) == funnel_of(&rule.stage)
        }) {
            twice(&rule.status, &[&at, "/status"], input, findings);
        }
        if let Some(circle) = circle(settings, index, input) {
            findings.add(WARNING, Code::StatusCycle, &[&at], &[("statuses", &circle)]);
        }
    }
    for (what, target) in [("won", &tables.won), ("lost", &tables.lost)] {
        let at = ["/statuses/", what].concat();
        if !target.status.is_empty() {
            status(&target.status, &[&at, "/status"], input, findings);
        } else if settings.directions.statuses_to_shop {
            findings.add(
                WARNING,
                Code::StatusEmpty,
                &[&at, "/status"],
                &[("what", what)],
            );
        }
        parts::remark(&target.comment, &at, findings);
    }
    for (index, guarded) in tables.guarded.iter().enumerate() {
        let at = row("/statuses/guarded", index);
        if tables.guarded.iter().take(index).any(|one| one == guarded) {
            twice(guarded, &[&at], input, findings);
        }
        status(guarded, &[&at], input, findings);
    }
}

fn twice(status: &str, at: &[&str], input: &Input, findings: &mut Findings) {
    let name = name_of(input.statuses.as_ref(), status);
    findings.add(ERROR, Code::StatusTwice, at, &[("status", &name)]);
}

/// The statuses that an order would pass from the row on and come back to it: the shop sets the status,
/// the deal moves, its stage means another status, which moves the deal on, and so forth. Told at the
/// first row of the circle only.
fn circle(settings: &Settings, start: usize, input: &Input) -> Option<String> {
    let ways = &settings.directions;
    if !(ways.statuses_to_portal && ways.statuses_to_shop) {
        return None;
    }
    let rows = &settings.statuses.to_stage;
    let first = rows.get(start)?;
    let names = input.statuses.as_ref();
    let mut row = first;
    let mut passed = name_of(names, &first.status);
    for _ in rows {
        let semantics = semantics(settings, &row.stage);
        let Asks::Other(wanted) = asks(settings, &row.stage, semantics, &row.status) else {
            return None;
        };
        let next = wanted.status;
        passed.push_str(" → ");
        passed.push_str(&name_of(names, next));
        if next == first.status {
            return Some(passed);
        }
        let at = rows.iter().position(|other| {
            other.status == next && funnel_of(&other.stage) == funnel_of(&first.stage)
        })?;
        if at < start {
            return None;
        }
        row = rows.get(at)?;
    }
    None
}

fn stage(
    level: &'static str,
    stage: &str,
    at: &str,
    settings: &Settings,
    input: &Input,
    findings: &mut Findings,
) {
    let at = [at, "/stage"];
    let funnel = funnel_of(stage);
    let ours = settings.funnel.id.is_empty() || is_ours(settings, funnel);
    if !(ours && stage_of_funnel(stage, funnel)) {
        let rules = settings.funnels.iter().map(|rule| rule.name.as_str());
        let names: Vec<&str> = [settings.funnel.name.as_str()]
            .into_iter()
            .chain(rules)
            .collect();
        let args = [("stage", stage), ("funnel", &names.join(", "))];
        findings.add(level, Code::StageForeign, &at, &args);
    } else if !is_known(stage, settings, input) {
        findings.add(ERROR, Code::StageUnknown, &at, &[("stage", stage)]);
    }
}

/// By the freshest list there is.
fn is_known(stage: &str, settings: &Settings, input: &Input) -> bool {
    if let Some(funnels) = input.inventory("funnels") {
        let all = list(Some(funnels));
        return all
            .iter()
            .any(|funnel| has(funnel.get("stages"), "id", stage));
    }
    let stored = &settings.portal.stages;
    match &input.stages {
        Some(stages) => has(Some(stages), "id", stage),
        None => stored.is_empty() || stored.iter().any(|one| one.id == stage),
    }
}

fn status(status: &str, at: &[&str], input: &Input, findings: &mut Findings) {
    if !has(input.statuses.as_ref(), "id", status) {
        findings.add(ERROR, Code::StatusUnknown, at, &[("status", status)]);
    }
}
