//! Who gets which order, and when they work.

use super::{parts, row, Findings, Input, ERROR, WARNING};
use crate::contract::settings::Settings;
use crate::error::Code;
use crate::mapping::responsible::{name, span, unreadable};

pub(super) fn check(settings: &Settings, input: &Input, findings: &mut Findings) {
    let of = &settings.responsible;
    for (index, rule) in of.rules.iter().enumerate() {
        let at = row("/responsible/rules", index);
        if rule.users.is_empty() {
            findings.add(ERROR, Code::RuleEmpty, &[&at, "/users"], &[]);
        }
        parts::condition(&rule.when, &at, input, findings);
        users(&rule.users, &at, settings, findings);
        let mut earlier = of.rules.iter().take(index).map(|rule| &rule.when);
        parts::shadowed(&rule.when, &mut earlier, &at, input, findings);
    }
    if of.fallback.is_empty() {
        findings.add(
            WARNING,
            Code::FallbackMissing,
            &["/responsible/fallback"],
            &[],
        );
    } else {
        user(&of.fallback, &["/responsible/fallback"], settings, findings);
    }
    for (index, hours) in of.hours.iter().enumerate() {
        let at = row("/responsible/hours", index);
        users(&hours.users, &at, settings, findings);
        if let Some((member, value)) = unreadable(hours) {
            findings.add(
                ERROR,
                Code::HoursInvalid,
                &[&at, member],
                &[("value", value)],
            );
        }
    }
    for (index, absence) in of.absences.iter().enumerate() {
        let at = row("/responsible/absences", index);
        user(&absence.user, &[&at, "/user"], settings, findings);
        if span(absence).is_none() {
            let args = [("from", absence.from.as_str()), ("to", &absence.to)];
            findings.add(ERROR, Code::AbsenceInvalid, &[&at], &args);
        }
    }
}

fn users(users: &[String], at: &str, settings: &Settings, findings: &mut Findings) {
    let at = [at, "/users"].concat();
    for (place, id) in users.iter().enumerate() {
        user(id, &[&row(&at, place)], settings, findings);
    }
}

/// Without a snapshot of the portal's users nothing is known of anybody.
fn user(id: &str, at: &[&str], settings: &Settings, findings: &mut Findings) {
    let users = &settings.portal.users;
    let known = users.iter().find(|user| user.id == id);
    let args = [("user", name(settings, id))];
    if known.is_none() && !users.is_empty() {
        findings.add(ERROR, Code::UserUnknown, at, &args);
    } else if known.is_some_and(|user| !user.active) {
        findings.add(WARNING, Code::UserInactive, at, &args);
    }
}
