//! What several parts of the settings have: conditions on orders, and templates.

use super::{has, row, Findings, Input, ERROR, WARNING};
use crate::contract::settings::When;
use crate::contract::write::Raw;
use crate::domain::decimal::Decimal;
use crate::domain::template;
use crate::error::Code;

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
        let range = [&when.total_from, " ≥ ", &when.total_to].concat();
        unreachable(at, &range, findings);
    }
}

/// Whether an earlier condition takes every order that this one could have: it asks for nothing, or for
/// the same. Tells at the place `at` of the rule.
pub(super) fn shadowed(
    when: &When,
    mut earlier: &mut dyn Iterator<Item = &When>,
    at: &str,
    findings: &mut Findings,
) {
    let [nothing, this] = [&When::default(), when].map(|when| Raw::of(when));
    let taken = Iterator::position(&mut earlier, |other| {
        let other = Raw::of(other);
        other == nothing || other == this
    });
    if let Some(other) = taken {
        let number = other.saturating_add(1).to_string();
        unreachable(at, &["№", &number].concat(), findings);
    }
}

fn unreachable(at: &str, detail: &str, findings: &mut Findings) {
    findings.add(WARNING, Code::RuleUnreachable, &[at], &[("detail", detail)]);
}

/// A template must be readable before the first order comes, not at three in the morning.
pub(super) fn template(text: &str, at: &str, member: &str, findings: &mut Findings) {
    if let Some(detail) = template::problem(text) {
        let args = [("template", text), ("detail", &detail)];
        findings.add(ERROR, Code::TemplateInvalid, &[at, member], &args);
    }
}

/// The comment of a history row knows two fields more.
pub(super) fn remark(text: &str, at: &str, findings: &mut Findings) {
    let known = text.replace("{stage.name}", "").replace("{deal.id}", "");
    template(&known, at, "/comment", findings);
}
