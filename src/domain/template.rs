//! Templates: text with fields in braces, `Заказ №{order.number}`.

use crate::contract::order::Order;

/// How a field is read from an order.
pub type Reader = fn(&Order) -> &str;

/// The fields a template may name, with how each is read from an order.
pub const FIELDS: &[(&str, Reader)] = &[
    ("order.id", |order| &order.id),
    ("order.number", |order| {
        if order.number.is_empty() {
            &order.id
        } else {
            &order.number
        }
    }),
    ("order.total", |order| &order.total),
    ("order.currency", |order| &order.currency),
    ("order.comment", |order| &order.comment),
    ("order.url", |order| &order.url),
    ("buyer.last_name", |order| &order.buyer.last_name),
    ("buyer.first_name", |order| &order.buyer.first_name),
    ("buyer.second_name", |order| &order.buyer.second_name),
    ("buyer.full_name", |order| &order.buyer.full_name),
    ("buyer.phone", |order| &order.buyer.phone),
    ("buyer.email", |order| &order.buyer.email),
    ("payment.name", |order| &order.payment.name),
    ("delivery.name", |order| &order.delivery.name),
    ("delivery.address", |order| &order.delivery.address),
];

/// What is wrong with a template, in the words of its author; `None` when nothing is.
#[must_use]
pub fn problem(template: &str) -> Option<String> {
    let mut rest = template;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((field, tail)) = after.split_once('}') else {
            return Some(["{", after].concat());
        };
        if !FIELDS.iter().any(|(name, _)| *name == field) {
            return Some(["{", field, "}"].concat());
        }
        rest = tail;
    }
    None
}

/// The text for an order. A template that [`problem`] finds fault with keeps its braces.
#[must_use]
pub fn fill(template: &str, order: &Order) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let known = after.split_once('}').and_then(|(field, tail)| {
            FIELDS
                .iter()
                .find(|(name, _)| *name == field)
                .map(|(_, read)| (read(order), tail))
        });
        if let Some((value, tail)) = known {
            out.push_str(value);
            rest = tail;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_and_finds_fault() {
        let order = Order {
            id: "17".to_owned(),
            ..Order::default()
        };
        assert_eq!(fill("Заказ №{order.number}!", &order), "Заказ №17!");
        assert_eq!(fill("{nonsense} {order.id", &order), "{nonsense} {order.id");
        assert_eq!(problem("{order.id} и {buyer.phone}"), None);
        assert_eq!(problem("{order.nomber}").as_deref(), Some("{order.nomber}"));
        assert_eq!(problem("{order.id").as_deref(), Some("{order.id"));
    }
}
