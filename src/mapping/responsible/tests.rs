use super::*;
use crate::contract::settings::{Absence, Basket, Hours, User, When};
use crate::contract::write::again;
use crate::error::Lang;

/// Monday noon.
const NOW: i64 = 1_795_435_200;

fn list(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn line(categories: &[&[&str]], quantity: &str) -> Line {
    Line {
        quantity: quantity.to_owned(),
        categories: categories.iter().map(|path| list(path)).collect(),
        ..Line::default()
    }
}

fn rule(categories: &[&str], users: &[&str]) -> Rule {
    Rule {
        when: When {
            categories: list(categories),
            ..When::default()
        },
        users: list(users),
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
        name: "Пётр".to_owned(),
        active: false,
    }];
    settings
}

fn order(lines: &[Line]) -> Order {
    Order {
        lines: lines.to_vec(),
        ..Order::default()
    }
}

#[test]
fn subcategories_belong_to_their_parent() {
    let order = order(&[line(&[&["1", "12", "123"]], "1")]);
    let settings = settings(
        vec![rule(&["9"], &["5"]), rule(&["12"], &["6"])],
        Basket::default(),
    );
    let (chosen, notes) = responsible(&order, &[100], &settings, NOW);
    assert_eq!((chosen.user.as_str(), chosen.rule), ("6", Some(1)));
    assert_eq!(chosen.category.as_deref(), Some("12"));
    assert!(notes.is_empty());
}

#[test]
fn a_mixed_basket_goes_by_the_chosen_measure() {
    let order = order(&[
        line(&[&["2"]], "1"),
        line(&[&["1"]], "5"),
        line(&[&["2"]], "1"),
    ]);
    let sums = [300, 500, 300];
    for (basket, user) in [
        (Basket::LargestSum, "22"),
        (Basket::MostUnits, "11"),
        (Basket::FirstLine, "22"),
        (Basket::RuleOrder, "11"),
    ] {
        let settings = settings(vec![rule(&["1"], &["11"]), rule(&["2"], &["22"])], basket);
        assert_eq!(
            responsible(&order, &sums, &settings, NOW).0.user,
            user,
            "{basket:?}"
        );
    }
}

#[test]
fn a_rule_asks_the_order_and_its_lines() {
    let mut order = order(&[line(&[&["1"]], "1")]);
    order.total = "5000".to_owned();
    order.delivery.city = "Тверь".to_owned();
    let chosen = |change: fn(&mut When)| {
        let mut first = rule(&[], &["11"]);
        change(&mut first.when);
        let settings = settings(vec![first, rule(&[], &["22"])], Basket::default());
        responsible(&order, &[1], &settings, NOW).0.user
    };
    assert_eq!(chosen(|_| {}), "11");
    assert_eq!(chosen(|when| when.regions = list(&["тверь"])), "11");
    assert_eq!(chosen(|when| when.regions = list(&["Москва"])), "22");
    assert_eq!(chosen(|when| when.total_from = "5000.01".to_owned()), "22");
    assert_eq!(chosen(|when| when.brands = list(&["Гжель"])), "22");
    let without = Order::default();
    let rules = vec![rule(&["1"], &["11"]), rule(&[], &["22"])];
    let settings = settings(rules, Basket::MostUnits);
    assert_eq!(responsible(&without, &[], &settings, NOW).0.user, "22");
}

#[test]
fn dismissed_users_are_passed_over_and_someone_is_always_responsible() {
    let order = order(&[line(&[&["1"]], "1")]);
    let three = settings(vec![rule(&["1"], &["7", "6", "8", "6"])], Basket::default());
    let (chosen, notes) = responsible(&order, &[1], &three, NOW);
    assert_eq!(
        (chosen.user.as_str(), chosen.one_of),
        ("", list(&["6", "8"]))
    );
    let code = |note: &Problem| note.code;
    assert_eq!(
        notes.iter().map(code).collect::<Vec<_>>(),
        [Code::UserInactive]
    );
    let mut none = settings(vec![rule(&["1"], &["7"])], Basket::default());
    assert_eq!(responsible(&order, &[1], &none, NOW).0.user, "1");
    none.responsible.fallback = "7".to_owned();
    let (chosen, notes) = responsible(&order, &[1], &none, NOW);
    assert_eq!(chosen.user, "", "the webhook's owner");
    assert_eq!(
        notes.iter().map(code).collect::<Vec<_>>(),
        [Code::UserInactive, Code::UserInactive, Code::RuleMissing]
    );
}

#[test]
fn nobodys_order_waits_for_working_hours() {
    let order = order(&[line(&[&["1"]], "1")]);
    let mut settings = settings(vec![rule(&["1"], &["5", "6", "7", "8"])], Basket::default());
    let hours = |user: &str, from: &str, to: &str| Hours {
        users: list(&[user]),
        days: "12345".to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
    };
    settings.responsible.hours = vec![
        hours("5", "09:00", "13:00"),
        hours("6", "12:30", "18:00"),
        hours("6", "08:00", "09:00"),
        hours("8", "09:00", "18:00"),
    ];
    settings.responsible.absences = vec![Absence {
        user: "8".to_owned(),
        from: "2026-11-23".to_owned(),
        to: "2026-11-24".to_owned(),
    }];
    let there = |settings: &Settings, local: i64| {
        let (chosen, _) = responsible(&order, &[1], settings, local);
        if chosen.one_of.is_empty() {
            vec![chosen.user]
        } else {
            chosen.one_of
        }
    };
    assert_eq!(there(&settings, NOW), ["5"], "one is at work");
    assert_eq!(there(&settings, NOW + 45 * 60), ["5", "6"]);
    assert_eq!(there(&settings, NOW + 12 * 3600), ["5", "6"], "midnight");
    assert_eq!(there(&settings, NOW + 48 * 3600), ["5", "8"], "8 is back");
    for user in ["5", "6"] {
        let mut more = again(&settings.responsible.absences[0]);
        user.clone_into(&mut more.user);
        settings.responsible.absences.push(more);
    }
    assert_eq!(there(&settings, NOW), ["1"], "all are away: the fallback");
}

#[test]
fn a_round_belongs_to_a_rule_and_those_who_are_there() {
    let order = order(&[line(&[&["1"]], "1")]);
    let named = |name: &str, categories: &[&str], users: &[&str]| Rule {
        name: name.to_owned(),
        ..rule(categories, users)
    };
    let round = |rules: Vec<Rule>| {
        let settings = settings(rules, Basket::default());
        let (chosen, _) = responsible(&order, &[1], &settings, NOW);
        (chosen.rule, chosen.round(&settings))
    };
    let (_, first) = round(vec![named("Чай", &["1"], &["6", "8"])]);
    let same = [
        vec![named("Чай", &["1", "5"], &["6", "8"])],
        vec![named("Чай", &["1"], &["6", "8", "7"])],
        vec![
            named("Кофе", &["2"], &["6", "8"]),
            named("Чай", &[], &["6", "8"]),
        ],
    ];
    for rules in same {
        assert_eq!(round(rules).1, first);
    }
    let (_, unnamed) = round(vec![rule(&["1"], &["6", "8"])]);
    let others = [
        vec![named("Кофе", &["1"], &["6", "8"])],
        vec![named("Чай", &["1"], &["6", "9"])],
        vec![
            named("Чай", &["2"], &["6", "8"]),
            named("Чай", &["1"], &["6", "8"]),
        ],
        vec![rule(&["2"], &["6", "8"]), rule(&["1"], &["6", "8"])],
    ];
    for (index, rules) in others.into_iter().enumerate() {
        let other = round(rules).1;
        assert!(other != first && other != unnamed, "{index}");
    }
}

#[test]
fn says_why() {
    let mut order = order(&[line(&[&["1"]], "1"), line(&[&["2"]], "1")]);
    order.delivery.city = "Тверь".to_owned();
    let mut tea = rule(&["1"], &["6", "8", "7"]);
    tea.name = "Чай".to_owned();
    tea.when.regions = list(&["Тверь"]);
    let mut settings = settings(vec![tea, rule(&["2"], &["9"])], Basket::RuleOrder);
    let said = |settings: &Settings, lang: Lang| {
        let (chosen, _) = responsible(&order, &[1, 1], settings, NOW);
        chosen.reason(&order, settings, lang)
    };
    assert_eq!(
        said(&settings, Lang::Ru),
        "Правило 1 «Чай»: категория 1, регион Тверь, первое из правил. По очереди: 6, 8. \
         Уволены: Пётр."
    );
    settings.responsible.rules[0].pick = Pick::First;
    settings.responsible.rules.truncate(1);
    assert_eq!(
        said(&settings, Lang::En),
        "Rule 1 «Чай»: category 1, region Тверь. The first of the list. Dismissed: Пётр."
    );
    let (mut kept, _) = responsible(&order, &[1, 1], &settings, NOW);
    kept.keep("7", &settings);
    assert_eq!(kept.user, "6", "he has been dismissed since");
    kept.keep("12", &settings);
    assert_eq!(kept.user, "12");
    assert!(kept
        .reason(&order, &settings, Lang::En)
        .contains("Chosen at an earlier attempt."));
    settings.responsible.rules.clear();
    assert_eq!(
        said(&settings, Lang::Ru),
        "Ни одно правило не подошло: по умолчанию."
    );
    settings.responsible.fallback.clear();
    assert_eq!(said(&settings, Lang::Ru), "По умолчанию никто не выбран.");
}
