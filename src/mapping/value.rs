//! A text as a value of a field, in the portal's own words.

use crate::contract::settings::{Portal, PortalField};
use crate::domain::decimal::Decimal;
use crate::domain::text::{is_among, lower, part, same};
use crate::domain::time;

/// One value as the portal wants it. Bitrix24: REST documentation, "Values of user fields"; `Y` and
/// `N` because `crm.item.*` takes every other word for no.
pub(super) fn on_the_wire(
    text: &str,
    about: &PortalField,
    currency: &str,
    portal: &Portal,
) -> Option<String> {
    let items = &about.items;
    let kind = about.kind.as_str();
    let own: Option<&str> = match kind {
        "integer" => {
            let whole = number(text).filter(|number| number.scale == 0);
            return whole.map(Decimal::text);
        }
        "double" => return number(text).map(Decimal::text),
        "money" => {
            let (amount, of) = text.split_once('|').unwrap_or((text, currency));
            return Some([&number(amount)?.text(), "|", of.trim()].concat());
        }
        "date" => return moment(text).map(|(date, _)| date),
        "datetime" => {
            let (date, clock) = moment(text)?;
            if clock.is_empty() {
                return Some(date);
            }
            let whole = [&date, "T", clock].concat();
            let mut ends = ["", "Z", ":00Z"].into_iter();
            let fits = ends.any(|end| time::parse(&[&whole, end].concat()).is_some());
            return fits.then_some(whole);
        }
        "boolean" | "char" => {
            let word = lower(text);
            if is_among(&word, "y yes да true 1") {
                Some("Y")
            } else {
                is_among(&word, "n no нет false 0").then_some("N")
            }
        }
        // A dictionary that we have not read is the portal's to judge.
        "crm_status" if items.is_empty() => Some(text),
        "enumeration" | "crm_status" => {
            let named = items.iter().find(|item| same(&item.value, text));
            let item = named.or_else(|| items.iter().find(|item| item.id == text));
            item.map(|item| item.id.as_str())
        }
        "employee" | "user" => {
            let user = portal.users.iter().find(|user| same(&user.name, text));
            let id = user.map_or(text, |user| &user.id);
            id.bytes().all(|byte| byte.is_ascii_digit()).then_some(id)
        }
        "file" => None,
        _ => Some(text),
    };
    own.map(str::to_owned)
}

/// A number as people write it: `1 234,50`.
fn number(text: &str) -> Option<Decimal> {
    let digits: String = text
        .chars()
        .filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '\u{202f}'))
        .map(|letter| if letter == ',' { '.' } else { letter })
        .collect();
    Decimal::parse(&digits)
}

/// The day of `2026-11-23…` or `23.11.2026…`, and what follows it.
fn moment(text: &str) -> Option<(String, &str)> {
    let date = if part(text, 2, 3) == "." {
        [
            part(text, 6, 10),
            "-",
            part(text, 3, 5),
            "-",
            part(text, 0, 2),
        ]
        .concat()
    } else {
        part(text, 0, 10).to_owned()
    };
    time::parse(&[&date, "T00:00:00Z"].concat())?;
    Some((date, part(text, 11, text.len()).trim()))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::contract::settings::{FieldItem, User};

    pub(in crate::mapping) fn of_kind(kind: &str) -> PortalField {
        let item = |id: &str, value: &str| FieldItem {
            id: id.to_owned(),
            value: value.to_owned(),
        };
        PortalField {
            kind: kind.to_owned(),
            items: if kind == "enumeration" {
                vec![item("31", "Курьер"), item("32", "31"), item("33", "Почта")]
            } else {
                Vec::new()
            },
            ..PortalField::default()
        }
    }

    pub(in crate::mapping) fn portal() -> Portal {
        Portal {
            users: vec![User {
                id: "6".to_owned(),
                name: "Мария Новак".to_owned(),
                active: true,
            }],
            ..Portal::default()
        }
    }

    #[test]
    fn every_kind_has_its_own_words() {
        for (kind, text, sent) in [
            ("string", "Да", Some("Да")),
            ("", "Да", Some("Да")),
            (
                "url",
                "https://shop.example/17",
                Some("https://shop.example/17"),
            ),
            (
                "address",
                "Москва, Тверская, 1",
                Some("Москва, Тверская, 1"),
            ),
            ("integer", "17", Some("17")),
            ("integer", "1 234,00", Some("1234")),
            ("integer", "-5", Some("-5")),
            ("integer", "12.5", None),
            ("integer", "шт", None),
            ("double", "1 234,50", Some("1234.5")),
            ("double", "12.5.1", None),
            ("money", "100.50", Some("100.5|RUB")),
            ("money", "100 | USD", Some("100|USD")),
            ("money", "даром", None),
            ("boolean", "ДА", Some("Y")),
            ("boolean", "1", Some("Y")),
            ("boolean", "нет", Some("N")),
            ("char", "N", Some("N")),
            ("boolean", "может быть", None),
            ("enumeration", "курьер ", Some("31")),
            ("enumeration", "31", Some("32")),
            ("enumeration", "33", Some("33")),
            ("enumeration", "Самолёт", None),
            ("crm_status", "WEB", Some("WEB")),
            ("date", "2026-11-23T01:02:03+03:00", Some("2026-11-23")),
            ("date", "23.11.2026", Some("2026-11-23")),
            ("date", "31.02.2026", None),
            ("date", "завтра", None),
            ("date", "23.11", None),
            (
                "datetime",
                "2026-11-23T01:02:03+03:00",
                Some("2026-11-23T01:02:03+03:00"),
            ),
            ("datetime", "23.11.2026 14:30", Some("2026-11-23T14:30")),
            (
                "datetime",
                "23.11.2026, 14:30:15",
                Some("2026-11-23T14:30:15"),
            ),
            ("datetime", "2026-11-23", Some("2026-11-23")),
            ("datetime", "23.11.2026 вечером", None),
            ("employee", "6", Some("6")),
            ("user", "мария новак", Some("6")),
            ("employee", "Олег", None),
            ("file", "чек.pdf", None),
            ("iblock_element", "55", Some("55")),
        ] {
            let value = on_the_wire(text, &of_kind(kind), "RUB", &portal());
            assert_eq!(value.as_deref(), sent, "{kind} {text}");
        }
    }
}
