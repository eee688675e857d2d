//! Conditions on orders: which rule, which funnel, which field.

use crate::contract::order::{Line, Order};
use crate::contract::settings::When;
use crate::domain::decimal::Decimal;
use crate::domain::text::same;

/// Whether an order fits: what is asked of the order holds, and what is asked of lines holds for one
/// of them.
#[must_use]
pub fn fits(when: &When, order: &Order) -> bool {
    fits_order(when, order)
        && (!asks_lines(when) || order.lines.iter().any(|line| fits_line(when, line)))
}

/// Whether the condition says anything about lines.
#[must_use]
pub fn asks_lines(when: &When) -> bool {
    !when.categories.is_empty() || !when.brands.is_empty()
}

/// Whether a line fits what is asked of lines.
#[must_use]
pub fn fits_line(when: &When, line: &Line) -> bool {
    let in_category = when.categories.is_empty() || category(when, line).is_some();
    in_category && any(&when.brands, (&line.brand, &line.brand))
}

/// The category of the condition that a line is in, itself or by one above it.
#[must_use]
pub fn category<'a>(when: &'a When, line: &Line) -> Option<&'a str> {
    when.categories
        .iter()
        .find(|category| line.categories.iter().any(|path| path.contains(category)))
        .map(String::as_str)
}

/// Whether the order as a whole fits what is asked of it.
#[must_use]
pub fn fits_order(when: &When, order: &Order) -> bool {
    lists(when)
        .iter()
        .zip(held(order))
        .all(|(wanted, has)| any(wanted, has))
        && (when.total_from.is_empty() || !below(&order.total, &when.total_from))
        && (when.total_to.is_empty() || below(&order.total, &when.total_to))
}

/// Tells what of the condition an order and its line have, each with the place of its name in the
/// list category, brand, store, region, delivery, payment, group, currency, total.
pub fn grounds(when: &When, order: &Order, line: &Line, tell: &mut dyn FnMut(usize, &str)) {
    if let Some(category) = category(when, line) {
        tell(0, category);
    }
    let mut place = 1;
    let mut told = |wanted: &[String], has: (&String, &String)| {
        if let Some(one) = first(wanted, has) {
            tell(place, one.trim());
        }
        place = place.saturating_add(1);
    };
    told(&when.brands, (&line.brand, &line.brand));
    for (wanted, has) in lists(when).iter().zip(held(order)) {
        told(wanted, has);
    }
    if !(when.total_from.is_empty() && when.total_to.is_empty()) {
        tell(place, &order.total);
    }
}

/// Whether everything that fits `narrow` fits `wide` as well. `within` says whether a category is
/// another or below it.
#[must_use]
pub fn covers(wide: &When, narrow: &When, within: &dyn Fn(&str, &str) -> bool) -> bool {
    let list = |wide: &[String], narrow: &[String], fits: &dyn Fn(&str, &str) -> bool| {
        let known = |one: &String| wide.iter().any(|other| fits(one, other));
        wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(known))
    };
    // Neither amount counts when it is not given.
    let bound = |wide: &str, narrow: &str, low: &str, high: &str| {
        wide.is_empty() || (!narrow.is_empty() && !below(high, low))
    };
    list(&wide.categories, &narrow.categories, within)
        && list(&wide.brands, &narrow.brands, &same)
        && lists(wide)
            .iter()
            .zip(lists(narrow))
            .all(|(wide, narrow)| list(wide, narrow, &same))
        && bound(
            &wide.total_from,
            &narrow.total_from,
            &wide.total_from,
            &narrow.total_from,
        )
        && bound(
            &wide.total_to,
            &narrow.total_to,
            &narrow.total_to,
            &wide.total_to,
        )
}

/// Where the regions stand in [`lists`].
const REGIONS: usize = 1;

/// What is asked of the order as a whole.
fn lists(when: &When) -> [&Vec<String>; 6] {
    [
        &when.stores,
        &when.regions,
        &when.deliveries,
        &when.payments,
        &when.groups,
        &when.currencies,
    ]
}

/// What an order has of each of [`lists`]; a city is as good as its region.
fn held(order: &Order) -> [(&String, &String); 6] {
    let delivery = &order.delivery;
    [
        (&order.store, &order.store),
        (&delivery.region, &delivery.city),
        (&delivery.code, &delivery.code),
        (&order.payment.code, &order.payment.code),
        (&order.buyer.group, &order.buyer.group),
        (&order.currency, &order.currency),
    ]
}

fn any(wanted: &[String], has: (&String, &String)) -> bool {
    wanted.is_empty() || first(wanted, has).is_some()
}

fn first<'a>(wanted: &'a [String], (one, other): (&String, &String)) -> Option<&'a str> {
    wanted
        .iter()
        .find(|name| same(name, one) || same(name, other))
        .map(String::as_str)
}

/// Whether no order can fit both. Only where that is certain: of lines, and of region and city, an
/// order has several.
#[must_use]
pub fn apart(a: &When, b: &When) -> bool {
    let strangers = |a: &[String], b: &[String]| {
        !a.is_empty() && !b.is_empty() && !a.iter().any(|one| b.iter().any(|two| same(one, two)))
    };
    let over = |from: &str, to: &str| !from.is_empty() && !to.is_empty() && !below(from, to);
    let mut pairs = lists(a).into_iter().zip(lists(b)).enumerate();
    pairs.any(|(place, (a, b))| place != REGIONS && strangers(a, b))
        || over(&a.total_from, &b.total_to)
        || over(&b.total_from, &a.total_to)
}

/// Whether `a` is less than `b`; what cannot be read is nothing.
fn below(a: &str, b: &str) -> bool {
    let units = |text: &str| {
        Decimal::parse(text)
            .and_then(|value| value.at_scale(4))
            .unwrap_or(0)
    };
    units(a) < units(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn every_part_must_hold_and_of_a_list_any_one() {
        let mut order = Order {
            total: "1000.00".to_owned(),
            lines: vec![Line {
                brand: "Гжель".to_owned(),
                categories: vec![list(&["1", "12"])],
                ..Line::default()
            }],
            ..Order::default()
        };
        order.delivery.city = "Москва".to_owned();
        order.payment.code = "cash".to_owned();
        let condition = |change: fn(&mut When)| {
            let mut when = When::default();
            change(&mut when);
            fits(&when, &order)
        };
        assert!(condition(|_| {}));
        assert!(condition(|when| when.regions = list(&["Тверь", "москва "])));
        assert!(!condition(|when| when.regions = list(&["Тверь"])));
        assert!(condition(|when| when.categories = list(&["9", "1"])));
        assert!(!condition(|when| when.categories = list(&["13"])));
        assert!(condition(|when| when.brands = list(&["гжель"])));
        assert!(!condition(|when| {
            when.brands = list(&["гжель"]);
            when.categories = list(&["2"]);
        }));
        assert!(condition(|when| when.total_from = "1000".to_owned()));
        assert!(!condition(|when| when.total_to = "1000".to_owned()));
        assert!(condition(|when| {
            when.total_from = "999.99".to_owned();
            when.total_to = "1000.01".to_owned();
            when.payments = list(&["cash"]);
        }));
        assert!(!condition(|when| when.stores = list(&["2"])));
    }

    #[test]
    fn knows_conditions_that_no_order_fits_both_of() {
        let when = |change: fn(&mut When)| {
            let mut when = When::default();
            change(&mut when);
            when
        };
        let cash = when(|when| when.payments = list(&["cash"]));
        let card = when(|when| when.payments = list(&["card", "sbp"]));
        let cheap = when(|when| when.total_to = "1000".to_owned());
        let dear = when(|when| when.total_from = "1000".to_owned());
        let middle = when(|when| when.total_from = "999.99".to_owned());
        let any = When::default();
        for (a, b, expected) in [
            (&cash, &card, true),
            (&cheap, &dear, true),
            (&cheap, &middle, false),
            (&dear, &middle, false),
            (&cash, &cash, false),
            (&cash, &dear, false),
            (&any, &cash, false),
            (&any, &any, false),
        ] {
            assert_eq!(apart(a, b), expected);
            assert_eq!(apart(b, a), expected);
        }
    }

    #[test]
    fn a_condition_covers_those_that_ask_the_same_or_more() {
        let when = |change: fn(&mut When)| {
            let mut when = When::default();
            change(&mut when);
            when
        };
        // 12 is below 1.
        let within = |one: &str, other: &str| one == other || (one == "12" && other == "1");
        let all = when(|_| {});
        let tea = when(|when| when.categories = list(&["1"]));
        let green = when(|when| when.categories = list(&["12"]));
        let moscow = when(|when| when.regions = list(&["Москва", "Тверь"]));
        let tea_there = when(|when| {
            when.categories = list(&["12", "1"]);
            when.regions = list(&["москва"]);
        });
        let dear = when(|when| when.total_from = "1000".to_owned());
        let dearer = when(|when| {
            when.total_from = "1000.50".to_owned();
            when.total_to = "2000".to_owned();
        });
        for (wide, narrow, expected) in [
            (&all, &tea, true),
            (&tea, &all, false),
            (&tea, &green, true),
            (&green, &tea, false),
            (&moscow, &tea_there, true),
            (&tea, &tea_there, true),
            (&tea_there, &tea, false),
            (&moscow, &tea, false),
            (&dear, &dearer, true),
            (&dearer, &dear, false),
            (&dear, &dear, true),
        ] {
            assert_eq!(
                covers(wide, narrow, &within),
                expected,
                "{wide:?} {narrow:?}"
            );
        }
    }
}
