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
    in_category && any(&when.brands, &[&line.brand])
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
    let delivery = &order.delivery;
    any(&when.stores, &[&order.store])
        && any(&when.regions, &[&delivery.region, &delivery.city])
        && any(&when.deliveries, &[&delivery.code])
        && any(&when.payments, &[&order.payment.code])
        && any(&when.groups, &[&order.buyer.group])
        && any(&when.currencies, &[&order.currency])
        && (when.total_from.is_empty() || !below(&order.total, &when.total_from))
        && (when.total_to.is_empty() || below(&order.total, &when.total_to))
}

fn any(wanted: &[String], has: &[&String]) -> bool {
    wanted.is_empty()
        || wanted
            .iter()
            .any(|one| has.iter().any(|value| same(one, value)))
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
}
