//! Templates: text with fields in braces, `Заказ №{order.number}`, each with filters after bars,
//! `{buyer.phone|digits}`. `{{` and `}}` are braces that mean themselves.
//!
//! One walk checks and fills, so what was accepted when it was saved can be filled at three in the
//! morning.

mod field;

use crate::domain::text::Digits;
use std::borrow::Cow;

use crate::contract::order::Order;
use crate::domain::decimal::Decimal;
use crate::domain::phone::Phone;
use crate::domain::search::replaced;
use crate::domain::text;
use crate::domain::time;
use crate::error::{Code, Problem};
use field::{read, BETWEEN};

pub use field::FIELDS;

/// The filters, with the least argument of those that need one.
pub const FILTERS: &[&str] = &[
    "trim",
    "upper",
    "lower",
    "digits",
    "phone",
    "int",
    "first",
    "lines",
    "cut:50",
    "date:d.m.Y",
    "default:",
    "prefix:",
    "suffix:",
];

/// Fields that only the caller knows, by name: `deal.id`.
pub type More<'a> = &'a [(&'a str, &'a str)];

/// Filters that one field may have.
const MOST_FILTERS: usize = 9;
/// A filled text that is longer takes no more fields: no field of the portal holds as much.
const MOST_BYTES: usize = 64 * 1024;

/// What is wrong with a template and where; `None` when nothing is.
#[must_use]
pub fn problem(template: &str, more: More<'_>) -> Option<Problem> {
    render(template, None, more).err()
}

/// The text for an order. A template that [`problem`] finds fault with stays as it is.
#[must_use]
pub fn fill(template: &str, order: &Order, more: More<'_>) -> String {
    render(template, Some(order), more).unwrap_or_else(|_| template.to_owned())
}

/// The text of one field, with its filters: what may stand in braces; nothing when it may not.
#[must_use]
pub fn field(field: &str, order: &Order) -> String {
    value(field, Some(order), &[]).unwrap_or_default()
}

/// The text for an order, line by line: a line that comes out empty and was not is left out.
#[must_use]
pub fn fill_lines(template: &str, order: &Order) -> String {
    let mut out = String::new();
    for line in template.split('\n') {
        let Ok(filled) = render(line, Some(order), &[]) else {
            return template.to_owned();
        };
        if filled.trim().is_empty() && !line.trim().is_empty() {
            continue;
        }
        if out.len() < MOST_BYTES {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&filled);
        }
    }
    out
}

/// The field that is all there is to a template, without filters.
#[must_use]
pub fn only_field(template: &str) -> Option<&str> {
    let name = template.trim().strip_prefix('{')?.strip_suffix('}')?;
    (head(name, b"{|") == name).then(|| name.trim())
}

fn render(template: &str, order: Option<&Order>, more: More<'_>) -> Result<String, Problem> {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(&replaced(before, "}}", "}"));
        if let Some(tail) = after.strip_prefix('{') {
            out.push('{');
            rest = tail;
            continue;
        }
        let (field, tail) = match after.split_once('}') {
            Some((field, tail)) if !has(field, b'{') && !has(field, b'\n') => (field, Some(tail)),
            _ => (head(after, b"{}\n"), None),
        };
        let filled = match tail {
            // What is full takes no more, though faults are still looked for.
            Some(_) => value(field, order.filter(|_| out.len() < MOST_BYTES), more),
            None => Err((Code::TemplateInvalid, field)),
        };
        out.push_str(&filled.map_err(|(code, detail)| {
            let place = template.len().saturating_sub(after.len());
            let read = template
                .char_indices()
                .take_while(|(byte, _)| *byte < place);
            Problem::new(code)
                .with("at", read.count().digits())
                .with("detail", detail)
        })?);
        rest = tail.unwrap_or("");
    }
    out.push_str(&replaced(rest, "}}", "}"));
    Ok(out)
}

/// What stands in braces: a name and filters.
fn value<'a>(
    field: &'a str,
    order: Option<&Order>,
    more: More<'_>,
) -> Result<String, (Code, &'a str)> {
    let mut parts = field.split('|');
    let name = parts.next().unwrap_or("").trim();
    let mut value = read(name, order, more).ok_or((Code::TemplateFieldUnknown, name))?;
    let mut between = ", ";
    for (index, part) in parts.enumerate() {
        let (filter, of) = part.split_once(':').unwrap_or((part, ""));
        let is_empty = value.trim().is_empty();
        let filtered: Cow<'_, str> = match filter.trim() {
            _ if index >= MOST_FILTERS => return Err((Code::TemplateFilterInvalid, part)),
            "lines" => {
                between = "\n";
                continue;
            }
            "trim" => value.trim().into(),
            "upper" => text::upper(&value).into(),
            "lower" => text::lower(&value).into(),
            "digits" => {
                value.retain(|letter| letter.is_ascii_digit() || letter == '\u{1f}');
                continue;
            }
            "first" => head(&value, b"\x1f\n").into(),
            "int" => head(&value, b".").into(),
            "phone" => match Phone::parse(&value) {
                Some(phone) => phone.text().to_owned().into(),
                None => continue,
            },
            "date" => date(&value, if of.is_empty() { "d.m.Y" } else { of }).into(),
            "default" if is_empty => of.into(),
            "prefix" if !is_empty => [of, &value].concat().into(),
            "suffix" if !is_empty => [&value, of].concat().into(),
            "default" | "prefix" | "suffix" => continue,
            "cut" => {
                let most = Decimal::parse(of.trim()).filter(|most| most.scale == 0);
                let most = most.and_then(|most| usize::try_from(most.units).ok());
                let most = most.ok_or((Code::TemplateFilterInvalid, part))?;
                let whole = replaced(&value, BETWEEN, between);
                let cut: String = whole.chars().take(most).collect();
                cut.into()
            }
            _ => return Err((Code::TemplateFilterInvalid, part)),
        };
        value = filtered.into_owned();
    }
    Ok(replaced(&value, BETWEEN, between))
}

fn has(text: &str, byte: u8) -> bool {
    text.as_bytes().contains(&byte)
}

/// The text before the first of these.
#[inline(never)]
fn head<'a>(text: &'a str, ends: &[u8]) -> &'a str {
    let end = text.bytes().position(|byte| ends.contains(&byte));
    end.map_or(text, |end| text::part(text, 0, end))
}

/// Where the parts of a moment stand, by their letters in PHP.
const PARTS: &[(char, usize, usize)] = &[
    ('Y', 0, 4),
    ('y', 2, 4),
    ('m', 5, 7),
    ('d', 8, 10),
    ('H', 11, 13),
    ('i', 14, 16),
    ('s', 17, 19),
];

/// A moment in the words of a format, see [`PARTS`], in the shop's own time. What is no moment stays
/// as it is.
fn date(value: &str, format: &str) -> String {
    if time::parse(value).is_none() {
        return value.to_owned();
    }
    let mut out = String::new();
    for letter in format.chars() {
        match PARTS.iter().find(|(known, ..)| *known == letter) {
            Some((_, from, to)) => out.push_str(text::part(value, *from, *to)),
            None => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::order::{Charge, ChargeKind, Line};

    fn order() -> Order {
        let mut order = Order {
            id: "17".to_owned(),
            created_at: "2026-11-23T01:02:03+03:00".to_owned(),
            total: "1234.50".to_owned(),
            coupons: vec!["ЧАЙ10".to_owned(), String::new(), "TEA".to_owned()],
            ..Order::default()
        };
        order.buyer.phone = "8 (999) 123-45-67".to_owned();
        order.buyer.last_name = "Петров".to_owned();
        order.buyer.first_name = " Иван".to_owned();
        order.extra.put("когда", "завтра".to_owned());
        order.extra.put("_ym_uid", "42".to_owned());
        order.extra.put("_ga", String::new());
        order.delivery.name = "Курьер".to_owned();
        order.delivery.city = "Тверь ".to_owned();
        for (name, quantity) in [("Чай, чёрный", "2"), ("Чайник", "0.5"), ("Сахар", "1")]
        {
            order.lines.push(Line {
                name: name.to_owned(),
                quantity: quantity.to_owned(),
                ..Line::default()
            });
        }
        for amount in ["100.10", "0.9"] {
            order.charges.push(Charge {
                kind: ChargeKind::Shipping,
                amount: amount.to_owned(),
                ..Charge::default()
            });
        }
        order
    }

    #[test]
    fn fills() {
        let order = order();
        let more = [("deal.id", "394")];
        for (template, filled) in [
            ("Заказ №{order.number}!", "Заказ №17!"),
            ("{ order.id }-{deal.id}", "17-394"),
            ("{{order.id}} {{{order.id}}} } {{", "{order.id} {17} } {"),
            ("{buyer.phone|digits}", "89991234567"),
            ("{buyer.phone|phone}", "+79991234567"),
            ("{order.comment|phone}", ""),
            ("{order.total|int}", "1234"),
            ("{order.created_at|date}", "23.11.2026"),
            (
                "{order.created_at|date:Y/m/d H:i:s, y}",
                "2026/11/23 01:02:03, 26",
            ),
            ("{order.total|date:Y}", "1234.50"),
            ("{buyer.full_name|upper}", "ПЕТРОВ ИВАН"),
            ("{buyer.last_name|lower|cut:3}…", "пет…"),
            ("{buyer.first_name|trim}", "Иван"),
            ("{order.comment|default:—}", "—"),
            ("{order.id|default:—}", "17"),
            ("{coupons|prefix:Купон: |suffix:.}", "Купон: ЧАЙ10, TEA."),
            ("{order.comment|prefix:Комментарий: |suffix:.}", ""),
            ("{coupons|first}", "ЧАЙ10"),
            ("{lines.names|lines}", "Чай, чёрный\nЧайник\nСахар"),
            ("{lines.names|cut:15}", "Чай, чёрный, Ча"),
            ("{lines.text|first}", "Чай, чёрный × 2"),
            ("{lines.count} {lines.quantity}", "3 3.5"),
            ("{delivery.price}", "101"),
            ("{delivery.text}", "Курьер, Тверь"),
            ("{extra|lines}", "_ym_uid: 42\nкогда: завтра"),
            ("{extra._ym_uid}{extra.nobody}", "42"),
            ("{company.name}", ""),
        ] {
            assert_eq!(fill(template, &order, &more), filled, "{template}");
            assert_eq!(problem(template, &more), None, "{template}");
        }
    }

    #[test]
    fn finds_fault_and_leaves_the_text_alone() {
        for (template, code, place, detail) in [
            (
                "Да {order.nomber}",
                Code::TemplateFieldUnknown,
                "4",
                "order.nomber",
            ),
            ("{deal.id}", Code::TemplateFieldUnknown, "1", "deal.id"),
            ("{}", Code::TemplateFieldUnknown, "1", ""),
            ("Заказ {order.id", Code::TemplateInvalid, "7", "order.id"),
            (
                "{order.id {order.id}",
                Code::TemplateInvalid,
                "1",
                "order.id ",
            ),
            (
                "{order.id|default:\n}",
                Code::TemplateInvalid,
                "1",
                "order.id|default:",
            ),
            ("{{{", Code::TemplateInvalid, "3", ""),
            (
                "{order.id}{order.id|shout}",
                Code::TemplateFilterInvalid,
                "11",
                "shout",
            ),
            (
                "{order.id|cut:half}",
                Code::TemplateFilterInvalid,
                "1",
                "cut:half",
            ),
            (
                "{order.id|trim|trim|trim|trim|trim|trim|trim|trim|trim|upper}",
                Code::TemplateFilterInvalid,
                "1",
                "upper",
            ),
            ("{order.id|}", Code::TemplateFilterInvalid, "1", ""),
        ] {
            let expected = Problem::new(code).with("at", place).with("detail", detail);
            assert_eq!(problem(template, &[]), Some(expected), "{template}");
            assert_eq!(fill(template, &order(), &[]), template);
        }
    }

    #[test]
    fn every_filter_that_is_listed_is_one() {
        for filter in FILTERS {
            let template = ["{order.id|", filter, "}"].concat();
            assert_eq!(problem(&template, &[]), None, "{filter}");
        }
    }

    #[test]
    fn a_filled_text_does_not_grow_for_ever() {
        let order = Order {
            comment: "x".repeat(10_000),
            ..Order::default()
        };
        let template = "{order.comment}\n".repeat(1000);
        assert_eq!(fill(&template, &order, &[]).len(), 7 * 10_001 + 993);
        assert!(fill_lines(&template, &order).len() < MOST_BYTES + 10_001);
        let late = [&template, "{order.nomber}"].concat();
        assert!(problem(&late, &[]).is_some());
        assert_eq!(fill(&late, &order, &[]), late);
    }

    #[test]
    fn leaves_out_lines_that_come_out_empty() {
        let order = order();
        let lines = "{coupons}\n{order.comment}\n\n{order.id}\n{company.name}";
        assert_eq!(fill_lines(lines, &order), "ЧАЙ10, TEA\n\n17");
        assert_eq!(
            fill_lines("{coupons}\n{nobody}", &order),
            "{coupons}\n{nobody}"
        );
        assert_eq!(fill_lines("", &order), "");
    }

    #[test]
    fn knows_a_template_that_is_one_field() {
        assert_eq!(only_field(" {order.total} "), Some("order.total"));
        assert_eq!(only_field("{ order.total }"), Some("order.total"));
        for other in [
            "{order.total|int}",
            "{order.id}{order.id}",
            "№{order.id}",
            "17",
        ] {
            assert_eq!(only_field(other), None);
        }
    }
}
