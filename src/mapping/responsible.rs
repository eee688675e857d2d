//! The responsible manager, by the category of the goods.

use crate::contract::order::{Line, Order};
use crate::contract::settings::{Basket, Pick, Rule, Settings};
use crate::contract::write::writes;
use crate::domain::decimal::Decimal;
use crate::error::{Code, Problem};

/// Who gets the order, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Responsible {
    /// User id in the portal; empty leaves the webhook's owner.
    pub user: String,
    /// The rule that chose him, from 0; none for the fallback.
    pub rule: Option<usize>,
    /// The category that fitted.
    pub category: Option<String>,
}

writes!(Responsible {
    user,
    rule,
    category
});

/// Chooses. `turn` moves the round on and stays the same for a job; `sums` are the lines' worth.
#[must_use]
pub fn responsible(
    order: &Order,
    sums: &[i64],
    settings: &Settings,
    turn: u32,
) -> (Responsible, Vec<Problem>) {
    let rules = &settings.responsible.rules;
    let mut notes = Vec::new();
    let fits: Vec<Option<(usize, &str)>> = order
        .lines
        .iter()
        .map(|line| first_rule(rules, line))
        .collect();
    for index in by_weight(order, sums, &fits, settings.responsible.basket) {
        let Some(rule) = rules.get(index) else {
            continue;
        };
        let active: Vec<&String> = rule
            .users
            .iter()
            .filter(|user| is_active(settings, user))
            .collect();
        for user in rule.users.iter().filter(|user| !active.contains(user)) {
            notes.push(Problem::new(Code::UserInactive).with("user", user.clone()));
        }
        if let Some(user) = pick(rule, &active, turn) {
            let category = fits
                .iter()
                .flatten()
                .find(|(rule, _)| *rule == index)
                .map(|(_, category)| (*category).to_owned());
            let chosen = Responsible {
                user: user.clone(),
                rule: Some(index),
                category,
            };
            return (chosen, notes);
        }
    }
    if !rules.is_empty() {
        notes.push(Problem::new(Code::RuleMissing));
    }
    let fallback = Responsible {
        user: settings.responsible.fallback.clone(),
        rule: None,
        category: None,
    };
    (fallback, notes)
}

/// The first rule that a line's categories, or a category above them, fit.
fn first_rule<'a>(rules: &'a [Rule], line: &Line) -> Option<(usize, &'a str)> {
    rules.iter().enumerate().find_map(|(index, rule)| {
        rule.when
            .categories
            .iter()
            .find(|category| line.categories.iter().any(|path| path.contains(category)))
            .map(|category| (index, category.as_str()))
    })
}

/// The rules that fit, the deciding one first.
fn by_weight(
    order: &Order,
    sums: &[i64],
    fits: &[Option<(usize, &str)>],
    basket: Basket,
) -> Vec<usize> {
    // (rule, weight, first line): in the order of the lines.
    let mut weights: Vec<(usize, i64, usize)> = Vec::new();
    for (line, fit) in fits.iter().enumerate() {
        let Some((rule, _)) = fit else { continue };
        let weight = match basket {
            Basket::LargestSum => sums.get(line).copied().unwrap_or(0),
            Basket::MostUnits => order
                .lines
                .get(line)
                .and_then(|line| Decimal::parse(&line.quantity))
                .and_then(|quantity| quantity.at_scale(4))
                .unwrap_or(0),
            Basket::FirstLine | Basket::RuleOrder => 0,
        };
        match weights.iter_mut().find(|(known, _, _)| known == rule) {
            Some((_, sum, _)) => *sum = sum.saturating_add(weight),
            None => weights.push((*rule, weight, line)),
        }
    }
    // One number to sort by, the deciding rule first.
    let rank = |(rule, weight, line): (usize, i64, usize)| match basket {
        Basket::LargestSum | Basket::MostUnits => (weight.saturating_neg(), rule),
        Basket::FirstLine => (0, line),
        Basket::RuleOrder => (0, rule),
    };
    let mut ranked = Vec::with_capacity(weights.len());
    // A handful of rules: taking the smallest each time is all the sorting there is.
    while let Some(next) = (0..weights.len()).min_by_key(|at| weights.get(*at).copied().map(rank)) {
        ranked.push(weights.remove(next).0);
    }
    ranked
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

fn pick<'a>(rule: &Rule, active: &[&'a String], turn: u32) -> Option<&'a String> {
    let index = match rule.pick {
        Pick::First => 0,
        Pick::RoundRobin => (turn as usize).checked_rem(active.len()).unwrap_or(0),
    };
    active.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::settings::{User, When};

    fn line(categories: &[&[&str]], quantity: &str) -> Line {
        Line {
            quantity: quantity.to_owned(),
            categories: categories
                .iter()
                .map(|path| path.iter().map(|id| (*id).to_owned()).collect())
                .collect(),
            ..Line::default()
        }
    }

    fn rule(categories: &[&str], users: &[&str]) -> Rule {
        Rule {
            when: When {
                categories: categories.iter().map(|id| (*id).to_owned()).collect(),
                ..When::default()
            },
            users: users.iter().map(|id| (*id).to_owned()).collect(),
            ..Rule::default()
        }
    }

    fn settings(rules: Vec<Rule>, basket: Basket) -> Settings {
        let mut settings = Settings::default();
        settings.responsible.rules = rules;
        settings.responsible.basket = basket;
        settings.responsible.fallback = "1".to_owned();
        settings.portal.users = vec![User {
            id: "7".to_owned(),
            name: String::new(),
            active: false,
        }];
        settings
    }

    #[test]
    fn subcategories_belong_to_their_parent() {
        let order = Order {
            lines: vec![line(&[&["1", "12", "123"]], "1")],
            ..Order::default()
        };
        let settings = settings(
            vec![rule(&["9"], &["5"]), rule(&["12"], &["6"])],
            Basket::default(),
        );
        let (chosen, notes) = responsible(&order, &[100], &settings, 0);
        assert_eq!((chosen.user.as_str(), chosen.rule), ("6", Some(1)));
        assert!(notes.is_empty());
    }

    #[test]
    fn a_mixed_basket_goes_by_the_chosen_measure() {
        let order = Order {
            lines: vec![
                line(&[&["2"]], "1"),
                line(&[&["1"]], "5"),
                line(&[&["2"]], "1"),
            ],
            ..Order::default()
        };
        let sums = [300, 500, 300];
        for (basket, user) in [
            (Basket::LargestSum, "22"),
            (Basket::MostUnits, "11"),
            (Basket::FirstLine, "22"),
            (Basket::RuleOrder, "11"),
        ] {
            let settings = settings(vec![rule(&["1"], &["11"]), rule(&["2"], &["22"])], basket);
            assert_eq!(
                responsible(&order, &sums, &settings, 0).0.user,
                user,
                "{basket:?}"
            );
        }
    }

    #[test]
    fn dismissed_users_are_passed_over_and_someone_is_always_responsible() {
        let order = Order {
            lines: vec![line(&[&["1"]], "1")],
            ..Order::default()
        };
        let one = settings(vec![rule(&["1"], &["7", "6", "8"])], Basket::default());
        let picked: Vec<String> = (0..4)
            .map(|turn| responsible(&order, &[1], &one, turn).0.user)
            .collect();
        assert_eq!(picked, ["6", "8", "6", "8"]);
        let none = settings(vec![rule(&["1"], &["7"])], Basket::default());
        assert_eq!(responsible(&order, &[1], &none, 0).0.user, "1");
    }
}
