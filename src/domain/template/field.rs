//! What an order says under the name of a field.

use super::More;
use crate::contract::order::{ChargeKind, Company, Order};
use crate::domain::decimal::Decimal;
use crate::domain::text::Digits;

/// The fields a template may name; `extra.` and a name is one, too.
pub const FIELDS: &[&str] = &[
    "order.id",
    "order.number",
    "order.created_at",
    "order.status",
    "order.store",
    "order.currency",
    "order.rate",
    "order.total",
    "order.refunded",
    "order.comment",
    "order.url",
    "buyer.id",
    "buyer.last_name",
    "buyer.first_name",
    "buyer.second_name",
    "buyer.phone",
    "buyer.email",
    "buyer.group",
    "company.name",
    "company.inn",
    "company.kpp",
    "company.ogrn",
    "company.address",
    "payment.code",
    "payment.name",
    "delivery.code",
    "delivery.name",
    "delivery.address",
    "delivery.country",
    "delivery.region",
    "delivery.city",
    "delivery.postcode",
    "delivery.recipient",
    "utm.source",
    "utm.medium",
    "utm.campaign",
    "utm.content",
    "utm.term",
    "buyer.full_name",
    "delivery.price",
    "delivery.text",
    "extra",
    "coupons",
    "lines.names",
    "lines.skus",
    "lines.text",
    "lines.count",
    "lines.quantity",
];

/// Between the values of a field that has several, until it is known how they are to stand.
pub(super) const BETWEEN: &str = "\u{1f}";

/// The field's value, without spaces around it; empty without an order. `None`: there is no such field.
pub(super) fn read(name: &str, order: Option<&Order>, more: More<'_>) -> Option<String> {
    let known = more.iter().find(|(known, _)| *known == name);
    let extra = name.strip_prefix("extra.");
    let place = FIELDS.iter().position(|known| *known == name);
    let text = match (known, extra, place, order) {
        (Some((_, value)), ..) => *value,
        (_, None, None, _) => return None,
        (.., None) => "",
        (_, Some(key), _, Some(order)) => order.extra.get(key).map_or("", String::as_str),
        (_, _, Some(place), Some(order)) => match plain(order).get(place) {
            Some(text) => text.as_str(),
            None => return Some(reckoned(name, order)),
        },
    };
    Some(text.trim().to_owned())
}

/// What the order holds as it is, in the order of [`FIELDS`]: a table costs a third of what a
/// function a field does.
fn plain(order: &Order) -> [&String; 38] {
    static NOBODY: Company = Company {
        name: String::new(),
        inn: String::new(),
        kpp: String::new(),
        ogrn: String::new(),
        address: String::new(),
    };
    let (buyer, delivery, utm) = (&order.buyer, &order.delivery, &order.utm);
    let company = buyer.company.as_ref().unwrap_or(&NOBODY);
    let number = if order.number.is_empty() {
        &order.id
    } else {
        &order.number
    };
    [
        &order.id,
        number,
        &order.created_at,
        &order.status,
        &order.store,
        &order.currency,
        &order.rate,
        &order.total,
        &order.refunded,
        &order.comment,
        &order.url,
        buyer.id.as_ref().unwrap_or(&NOBODY.name),
        &buyer.last_name,
        &buyer.first_name,
        &buyer.second_name,
        &buyer.phone,
        &buyer.email,
        &buyer.group,
        &company.name,
        &company.inn,
        &company.kpp,
        &company.ogrn,
        &company.address,
        &order.payment.code,
        &order.payment.name,
        &delivery.code,
        &delivery.name,
        &delivery.address,
        &delivery.country,
        &delivery.region,
        &delivery.city,
        &delivery.postcode,
        &delivery.recipient,
        &utm.source,
        &utm.medium,
        &utm.campaign,
        &utm.content,
        &utm.term,
    ]
}

/// What has to be put together first.
fn reckoned(name: &str, order: &Order) -> String {
    let (buyer, to) = (&order.buyer, &order.delivery);
    let mut out = String::new();
    let mut sum = 0i64;
    let mut add = |amount: &str| {
        let units = Decimal::parse(amount).and_then(|value| value.at_scale(4));
        sum = sum.saturating_add(units.unwrap_or(0));
    };
    match name {
        "buyer.full_name" if buyer.full_name.trim().is_empty() => {
            all(
                &mut out,
                &[&buyer.last_name, &buyer.first_name, &buyer.second_name],
                " ",
            );
        }
        "buyer.full_name" => join(&mut out, &buyer.full_name, ""),
        "delivery.text" if to.address.trim().is_empty() => {
            all(
                &mut out,
                &[&to.name, &to.country, &to.region, &to.city, &to.postcode],
                ", ",
            );
        }
        "delivery.text" => all(&mut out, &[&to.name, &to.address], ", "),
        "delivery.price" => {
            for charge in &order.charges {
                if charge.kind == ChargeKind::Shipping {
                    add(&charge.amount);
                }
            }
        }
        "coupons" => {
            let coupons: Vec<&String> = order.coupons.iter().collect();
            all(&mut out, &coupons, BETWEEN);
        }
        "extra" => {
            // The order of keys means nothing.
            let mut names: Vec<&str> = Vec::new();
            for (name, _) in order.extra.iter() {
                let place = names.iter().position(|other| *other > name);
                names.insert(place.unwrap_or(names.len()), name);
            }
            for name in names {
                let value = order.extra.get(name).map_or("", |value| value.trim());
                if !value.is_empty() {
                    join(&mut out, &[name, ": ", value].concat(), BETWEEN);
                }
            }
        }
        "lines.count" => out = order.lines.len().digits(),
        _ => {
            for line in &order.lines {
                match name {
                    "lines.names" => join(&mut out, &line.name, BETWEEN),
                    "lines.skus" => join(&mut out, &line.sku, BETWEEN),
                    "lines.quantity" => add(&line.quantity),
                    _ => {
                        let text = [&line.name, " × ", &line.quantity].concat();
                        join(&mut out, &text, BETWEEN);
                    }
                }
            }
        }
    }
    if matches!(name, "delivery.price" | "lines.quantity") {
        let sum = Decimal {
            units: sum,
            scale: 4,
        };
        return sum.text();
    }
    out
}

fn all(out: &mut String, parts: &[&String], between: &str) {
    for part in parts {
        join(out, part, between);
    }
}

/// Puts a text after the others.
fn join(out: &mut String, text: &str, between: &str) {
    let text = text.trim();
    if !out.is_empty() && !text.is_empty() {
        out.push_str(between);
    }
    out.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::super::{fill, problem};
    use super::*;

    #[test]
    fn every_field_reads_what_its_name_says() {
        let said = |name: &str| ["<", name, ">"].concat();
        let mut order = Order::default();
        let Order {
            id,
            number,
            created_at,
            status,
            store,
            currency,
            rate,
            total,
            refunded,
            comment,
            url,
            ..
        } = &mut order;
        for (name, slot) in [
            ("id", id),
            ("number", number),
            ("created_at", created_at),
            ("status", status),
            ("store", store),
            ("currency", currency),
            ("rate", rate),
            ("total", total),
            ("refunded", refunded),
            ("comment", comment),
            ("url", url),
        ] {
            *slot = said(&["order.", name].concat());
        }
        order.buyer.id = Some(said("buyer.id"));
        order.buyer.last_name = said("buyer.last_name");
        order.buyer.first_name = said("buyer.first_name");
        order.buyer.second_name = said("buyer.second_name");
        order.buyer.full_name = said("buyer.full_name");
        order.buyer.phone = said("buyer.phone");
        order.buyer.email = said("buyer.email");
        order.buyer.group = said("buyer.group");
        order.buyer.company = Some(Company {
            name: said("company.name"),
            inn: said("company.inn"),
            kpp: said("company.kpp"),
            ogrn: said("company.ogrn"),
            address: said("company.address"),
        });
        order.payment.code = said("payment.code");
        order.payment.name = said("payment.name");
        let delivery = &mut order.delivery;
        delivery.code = said("delivery.code");
        delivery.name = said("delivery.name");
        delivery.address = said("delivery.address");
        delivery.country = said("delivery.country");
        delivery.region = said("delivery.region");
        delivery.city = said("delivery.city");
        delivery.postcode = said("delivery.postcode");
        delivery.recipient = said("delivery.recipient");
        order.utm.source = said("utm.source");
        order.utm.medium = said("utm.medium");
        order.utm.campaign = said("utm.campaign");
        order.utm.content = said("utm.content");
        order.utm.term = said("utm.term");
        // What is kept as it is, and the whole name.
        let (kept, reckoned) = FIELDS.split_at(39);
        for name in kept {
            assert_eq!(fill(&["{", name, "}"].concat(), &order, &[]), said(name));
        }
        for name in reckoned {
            assert_eq!(problem(&["{", name, "}"].concat(), &[]), None, "{name}");
        }
    }
}
