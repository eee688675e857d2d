//! What several parts of the settings have: conditions on orders, and templates.

use super::{field, has, list, row, Findings, Input, ERROR, WARNING};
use crate::contract::settings::When;
use crate::domain::decimal::Decimal;
use crate::domain::template::{self, More};
use crate::domain::text::Digits;
use crate::error::Code;
use crate::mapping::fields::STAGE_FIELDS;
use crate::mapping::when::covers;

/// A condition stands at `when` of the place `at`.
pub(super) fn condition(when: &When, at: &str, input: &Input, findings: &mut Findings) {
    for (index, category) in when.categories.iter().enumerate() {
        if !has(input.categories.as_ref(), "id", category) {
            let place = row("/when/categories", index);
            let args = [("category", category.as_str())];
            findings.add(WARNING, Code::CategoryUnknown, &[at, &place], &args);
        }
    }
    for (index, currency) in when.currencies.iter().enumerate() {
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let place = row("/when/currencies", index);
            let args = [("value", currency.as_str())];
            findings.add(ERROR, Code::CurrencyInvalid, &[at, &place], &args);
        }
    }
    let mut bounds = [0; 2];
    let texts = [("from", &when.total_from), ("to", &when.total_to)];
    for (bound, (name, text)) in bounds.iter_mut().zip(texts) {
        match Decimal::parse(text).and_then(|value| value.at_scale(4)) {
            Some(units) => *bound = units,
            None if text.is_empty() => {}
            None => {
                let args = [("value", text.as_str())];
                findings.add(
                    ERROR,
                    Code::AmountInvalid,
                    &[at, "/when/total_", name],
                    &args,
                );
                return;
            }
        }
    }
    let [from, to] = bounds;
    if from >= to && !when.total_to.is_empty() {
        let args = [("from", when.total_from.as_str()), ("to", &when.total_to)];
        findings.add(WARNING, Code::ConditionEmpty, &[at, "/when"], &args);
    }
}

/// Whether one of the earlier conditions takes every order that this one could have.
pub(super) fn shadowed(
    when: &When,
    mut earlier: &mut dyn Iterator<Item = &When>,
    at: &str,
    input: &Input,
    findings: &mut Findings,
) {
    let within = |one: &str, other: &str| within(input, one, other);
    let wider = Iterator::position(&mut earlier, |other| covers(other, when, &within));
    if let Some(other) = wider {
        let number = other.saturating_add(1).digits();
        findings.add(WARNING, Code::RuleUnreachable, &[at], &[("rule", &number)]);
    }
}

/// Whether a category is another or lies below it, as far as the shop's list says.
fn within(input: &Input, category: &str, other: &str) -> bool {
    let all = list(input.categories.as_ref());
    let mut at = category.to_owned();
    // A list that goes round in a circle is no reason to do so.
    for _ in 0..=all.len() {
        if at == other {
            return true;
        }
        let Some(one) = all.iter().find(|one| field(one, "id") == at) else {
            return false;
        };
        at = field(one, "parent_id");
    }
    false
}

/// A template must be readable before the first order comes, not at three in the morning.
pub(super) fn template(text: &str, more: More<'_>, at: &[&str], findings: &mut Findings) -> bool {
    let problem = template::problem(text, more).map(|problem| (ERROR, problem.at(at.concat())));
    let sound = problem.is_none();
    findings.0.extend(problem);
    sound
}

/// The comment of a history row knows two fields more.
pub(super) fn remark(text: &str, at: &str, findings: &mut Findings) {
    template(text, STAGE_FIELDS, &[at, "/comment"], findings);
}
