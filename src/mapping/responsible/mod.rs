//! The responsible manager: which rule the order comes under, and who of its users gets it.

mod basket;
mod calendar;
mod reason;
#[cfg(test)]
mod tests;

pub use self::calendar::{span, unreadable};

use self::calendar::{Calendar, Stand};
use crate::contract::order::{Line, Order};
use crate::contract::settings::{Pick, Rule, Settings};
use crate::contract::write::writes;
use crate::domain::fingerprint;
use crate::domain::text::joined;
use crate::error::{Code, Problem};
use crate::mapping::when::{category, fits_line, fits_order};

/// Who gets the order, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Responsible {
    /// User id in the portal; empty leaves the webhook's owner, or one of `one_of`.
    pub user: String,
    /// Users who take turns: whose it is shows when the deal is made.
    pub one_of: Vec<String>,
    /// The rule that chose, from 0; none for the fallback.
    pub rule: Option<usize>,
    /// The category that fitted.
    pub category: Option<String>,
    /// The first line that the rule took.
    #[cfg_attr(feature = "schema", serde(skip))]
    line: usize,
    /// Users who were passed over, by their [`Stand`].
    #[cfg_attr(feature = "schema", serde(skip))]
    passed: [Vec<String>; 4],
    /// Several rules fitted, and the basket decided.
    #[cfg_attr(feature = "schema", serde(skip))]
    mixed: bool,
    /// None of the rule is at work.
    #[cfg_attr(feature = "schema", serde(skip))]
    off: bool,
    /// He was chosen at an attempt before, when things stood otherwise.
    #[cfg_attr(feature = "schema", serde(skip))]
    kept: bool,
}

writes!(Responsible {
    user,
    one_of,
    rule,
    category
});

/// Chooses. `sums` are the lines' worth, `local` counts seconds since 1970 on the shop's own clock.
#[must_use]
pub fn responsible(
    order: &Order,
    sums: &[i64],
    settings: &Settings,
    local: i64,
) -> (Responsible, Vec<Problem>) {
    let of = &settings.responsible;
    let mut chosen = Responsible::default();
    let mut notes = Vec::new();
    if !of.rules.is_empty() {
        let of_line = rules_of_lines(order, &of.rules);
        let ranked = basket::ranked(order, sums, &of_line, of.basket);
        let calendar = Calendar::new(of, local);
        chosen.mixed = ranked.len() > 1;
        for index in ranked {
            let Some(rule) = of.rules.get(index) else {
                continue;
            };
            let mut there = chosen.present(rule, &calendar, settings);
            if there.is_empty() {
                continue;
            }
            chosen.rule = Some(index);
            chosen.line = of_line
                .iter()
                .position(|rule| *rule == Some(index))
                .unwrap_or(0);
            chosen.category = order
                .lines
                .get(chosen.line)
                .and_then(|line| category(&rule.when, line))
                .map(str::to_owned);
            if rule.pick == Pick::RoundRobin && there.len() > 1 {
                chosen.one_of = there;
            } else {
                chosen.user = there.swap_remove(0);
            }
            break;
        }
    }
    let fallback = &of.fallback;
    if chosen.rule.is_none() {
        if is_active(settings, fallback) {
            chosen.user.clone_from(fallback);
        } else {
            let [.., dismissed] = &mut chosen.passed;
            dismissed.push(fallback.clone());
        }
    }
    let [.., dismissed] = &chosen.passed;
    for user in dismissed {
        notes.push(Problem::new(Code::UserInactive).with("user", name(settings, user)));
    }
    if chosen.rule.is_none() && !of.rules.is_empty() {
        notes.push(Problem::new(Code::RuleMissing));
    }
    (chosen, notes)
}

/// The rule of each line. An order without lines is under the first rule that asks none.
fn rules_of_lines(order: &Order, rules: &[Rule]) -> Vec<Option<usize>> {
    let none = [Line::default()];
    let lines = match order.lines.as_slice() {
        [] => &none,
        lines => lines,
    };
    let mut of_line = Vec::with_capacity(lines.len());
    for line in lines {
        let fits = |rule: &Rule| fits_line(&rule.when, line) && fits_order(&rule.when, order);
        of_line.push(rules.iter().position(fits));
    }
    of_line
}

impl Responsible {
    /// The users of a rule who take its orders now: those at work, or when there are none, all who are
    /// not away: nobody's order waits.
    fn present(
        &mut self,
        rule: &Rule,
        calendar: &Calendar<'_>,
        settings: &Settings,
    ) -> Vec<String> {
        let mut by_stand: [Vec<String>; 4] = Default::default();
        for user in &rule.users {
            let stand = if is_active(settings, user) {
                calendar.stand(user)
            } else {
                Stand::Dismissed
            };
            if let Some(those) = by_stand.get_mut(stand as usize) {
                if !those.contains(user) {
                    those.push(user.clone());
                }
            }
        }
        let [at_work, off, ..] = &mut by_stand;
        self.off = at_work.is_empty() && !off.is_empty();
        let there = core::mem::take(if self.off { off } else { at_work });
        for (passed, more) in self.passed.iter_mut().zip(by_stand) {
            passed.extend(more);
        }
        there
    }

    /// Holds on to who was chosen at an attempt before, unless he has been dismissed since.
    pub fn keep(&mut self, user: &str, settings: &Settings) {
        if !is_active(settings, user) {
            return;
        }
        self.kept = self.user != user && !self.one_of.iter().any(|one| one == user);
        user.clone_into(&mut self.user);
    }

    /// The name of the round in which turns are taken. The same users of the same rule take turns among
    /// themselves, so that whoever is away for a while leaves the others' turns even. A rule is known by
    /// its name, for its place and its condition change more often.
    #[must_use]
    pub fn round(&self, settings: &Settings) -> String {
        let known_by = |rule: &Rule| match rule.name.as_str() {
            "" => joined(&rule.users, " "),
            name => name.to_owned(),
        };
        let rules = &settings.responsible.rules;
        let index = self.rule.unwrap_or(0);
        let own = rules.get(index).map(known_by).unwrap_or_default();
        let mut text = [&joined(&self.one_of, " "), "\n", &own].concat();
        for former in rules.iter().take(index) {
            if known_by(former) == own {
                text.push('\n');
            }
        }
        fingerprint::of(&text)
    }
}

/// What people call a user; his id when they do not.
#[must_use]
pub fn name<'a>(settings: &'a Settings, user: &'a str) -> &'a str {
    let users = &settings.portal.users;
    users
        .iter()
        .find(|known| known.id == user && !known.name.is_empty())
        .map_or(user, |known| &known.name)
}

/// Users we know to be dismissed are passed over; of unknown ones nothing bad is assumed.
fn is_active(settings: &Settings, user: &str) -> bool {
    settings
        .portal
        .users
        .iter()
        .find(|known| known.id == user)
        .is_none_or(|known| known.active)
}
