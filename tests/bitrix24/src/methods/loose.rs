//! Things whose fields are only carried: how they are found, filtered, printed.

use crate::model::changes::{Family, Hit};
use crate::model::data::Loose;
use crate::model::filter::{parse, Operand, Sort, Strictness};
use crate::model::portal::Portal;
use crate::php::{Arr, Php};
use crate::rest::call::Params;
use crate::rest::error::RestError;

use super::lists::Start;

/// Whether a column holds numbers.
fn sort_of(name: &str) -> Sort {
    let lower = name.to_lowercase();
    if lower.ends_with("id") && !lower.contains("xml") && !lower.contains("origin") || lower == "sort" {
        Sort::Int
    } else if lower == "price" {
        Sort::Number
    } else {
        Sort::Text
    }
}

fn operand(id: i64, thing: &Loose, name: &str) -> Operand {
    if name.eq_ignore_ascii_case("id") {
        return Operand::Int(id);
    }
    Operand::read(&Php::from(thing.text(name)), sort_of(name), 0)
}

/// Things of a kind that fit the request's filter, in its order, one page of them.
#[expect(clippy::type_complexity, reason = "a page: rows with their ids, total, next")]
pub fn page<'a>(
    portal: &'a Portal,
    hit: &Hit,
    kind: &str,
    params: &Params,
    family: Family,
) -> Result<(Vec<(i64, &'a Loose)>, i64, Option<i64>), RestError> {
    let filter = params.loose_arr("filter")?;
    let order = params.loose_arr("order")?;
    let resolve = |name: &str| Some((name.to_owned(), sort_of(name)));
    let node = parse(&filter, Strictness::Lenient, hit.now, &resolve).map_err(|_| RestError::plain(""))?;
    let of_kind = portal.loose.iter().filter(|(_, l)| l.kind == kind);
    let mut found: Vec<(i64, &Loose)> =
        of_kind.filter(|(id, l)| node.fits(&|name: &String| operand(*id, l, name))).collect();
    for (key, direction) in order.iter().collect::<Vec<_>>().into_iter().rev() {
        let name = key.text();
        let down = direction.text().eq_ignore_ascii_case("desc");
        found.sort_by(|a, b| {
            let ordering = operand(a.0, a.1, &name).order(&operand(b.0, b.1, &name));
            if down {
                ordering.reverse()
            } else {
                ordering
            }
        });
    }
    Ok(Start::read(params.exact("start"), family).cut(&found))
}

/// A thing of a kind.
pub fn get<'a>(portal: &'a Portal, kind: &str, id: i64) -> Option<&'a Loose> {
    portal.loose.get(id).filter(|l| l.kind == kind)
}

/// Takes fields of a request over; lists and maps are left out.
pub fn take(thing: &mut Loose, fields: &Arr, portal: &Portal) {
    for (key, value) in fields.iter() {
        if !matches!(value, Php::Arr(_)) && !key.text().eq_ignore_ascii_case("id") {
            let name = key.text();
            // A column of whole numbers keeps `012` as 12.
            let whole = value.text().parse::<i64>().ok().filter(|_| sort_of(&name) == Sort::Int);
            let text = whole.map_or_else(|| value.text().into_owned(), |number| number.to_string());
            thing.set(&name, portal.storable(&text));
        }
    }
}

/// A thing with every value a string.
pub fn print_classic(id: i64, thing: &Loose) -> Arr {
    let mut out = Arr::new();
    out.put("ID", id.to_string());
    for (name, value) in &thing.fields {
        out.put_text(name, value.as_str());
    }
    out
}

/// A thing with numbers as numbers and `id` in small letters.
pub fn print_universal(id: i64, thing: &Loose) -> Arr {
    let mut out = Arr::new();
    out.put("id", id);
    for (name, value) in &thing.fields {
        let value = Php::from(value.as_str());
        let number = match sort_of(name) {
            Sort::Text => None,
            _ => value.decimal(),
        };
        out.put_text(name, number.map_or(value, Php::number));
    }
    out
}
