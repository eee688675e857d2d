//! Values on the wire: strings in the classic family, numbers and camelCase in the universal one.

use rust_decimal::Decimal;

use crate::model::changes::Family;
use crate::model::clock;
use crate::model::data::UserField;
use crate::model::fields::{Kind, F};
use crate::model::filter::{Operand, Sort};
use crate::model::portal::Portal;
use crate::model::record::{Record, Val};
use crate::php::{list, Php};
use crate::rest::error::RestError;

/// Longest text of a short field.
const SHORT_TEXT: usize = 255;

/// A field as `crm.deal.*` and the like print it: every scalar a string.
pub fn classic(record: &Record, field: F) -> Php {
    let value = record.get(field);
    match (value, field.meta().kind) {
        (Val::Null, Kind::Flag) => "N".into(),
        (Val::Null, _) if field == F::Birthdate => "".into(),
        (Val::Bool(b), _) => if *b { "Y" } else { "N" }.into(),
        (Val::Int(n), _) => n.to_string().into(),
        (Val::Str(s), _) => Php::Str(s.to_string()),
        (Val::Dec(d), _) => format!("{d:.2}").into(),
        (Val::Time(t), _) => clock::iso(*t).into(),
        (Val::Null | Val::List(_), _) => Php::Null,
    }
}

/// A field as `crm.item.*` prints it.
pub fn universal(record: &Record, field: F) -> Php {
    match record.get(field) {
        Val::Null if field.meta().kind == Kind::Flag => "N".into(),
        Val::Null if matches!(field, F::CompanyId | F::ContactId) => Php::Int(0),
        Val::Null if matches!(field, F::TaxValue | F::Opportunity) => Php::Int(0),
        Val::Int(n) => Php::Int(*n),
        Val::Dec(d) => Php::number(*d),
        _ => classic(record, field),
    }
}

/// How a field compares in filters.
pub fn sort_of(field: F) -> Sort {
    match field.meta().kind {
        Kind::Int | Kind::User => Sort::Int,
        Kind::Money => Sort::Number,
        Kind::Flag => Sort::Flag,
        Kind::Date | Kind::Moment => Sort::Moment,
        Kind::Text | Kind::LongText | Kind::Status(_) => Sort::Text,
    }
}

/// A stored value for a comparison.
pub fn operand(value: &Val) -> Operand {
    match value {
        Val::Null => Operand::Blank,
        Val::Int(n) | Val::Time(n) => Operand::Int(*n),
        Val::Str(s) => Operand::text(s),
        Val::Dec(d) => Operand::Dec(*d),
        Val::Bool(b) => Operand::Int(i64::from(*b)),
        Val::List(values) => Operand::Many(values.iter().map(operand).collect()),
    }
}

/// A record's field for a comparison.
pub fn field_operand(record: &Record, field: F) -> Operand {
    match (record.get(field), field.meta().kind) {
        (Val::Null, Kind::Flag) => Operand::Int(0),
        (value, _) => operand(value),
    }
}

/// Reads a value of a request. `Ok(None)` drops the field.
pub fn read(
    portal: &Portal,
    family: Family,
    field: F,
    value: &Php,
    now: i64,
) -> Result<Option<Val>, RestError> {
    if matches!(value, Php::Arr(a) if !a.is_empty()) {
        return Ok(None);
    }
    let blank = match family {
        Family::Universal => value.is_empty(),
        Family::Classic => matches!(value, Php::Null) || value.text().is_empty(),
    };
    let kind = field.meta().kind;
    Ok(Some(match kind {
        Kind::Flag => Val::Bool(flag(value)),
        Kind::Int if field == F::CategoryId => Val::Int(value.int()),
        _ if blank => Val::Null,
        Kind::Int | Kind::User => match value.int() {
            0 if field != F::Probability => Val::Null,
            n => Val::Int(n),
        },
        Kind::Money => match value.decimal() {
            Some(d) => Val::Dec(crate::model::pricing::kopecks(crate::model::pricing::bounded(d))),
            None => return Err(bad_number(family)),
        },
        Kind::Date => match clock::parse(&value.text(), now) {
            Some(at) => Val::Time(clock::day_start(at)),
            None => return Ok(None),
        },
        Kind::Moment => match clock::parse(&value.text(), now) {
            Some(at) => Val::Time(at),
            None => return Ok(None),
        },
        Kind::LongText => Val::text(portal.storable(&value.text())),
        Kind::Text | Kind::Status(_) => Val::text(short(portal.storable(&value.text()))),
    }))
}

fn bad_number(family: Family) -> RestError {
    match family {
        Family::Classic => RestError::plain("Неверное значение поля «Сумма»"),
        Family::Universal => {
            RestError::new(400, "CRM_FIELD_ERROR_VALUE_NOT_VALID", "Неверное значение поля \"Сумма\"")
        }
    }
}

fn short(text: &str) -> &str {
    text.char_indices().nth(SHORT_TEXT).map_or(text, |(at, _)| &text[..at])
}

/// The portal's notion of yes.
pub fn flag(value: &Php) -> bool {
    match value {
        Php::Bool(b) => *b,
        other => matches!(&*other.text(), "Y" | "y" | "true" | "1"),
    }
}

/// Reads one value of a user field.
fn read_uf_one(portal: &Portal, field: &UserField, value: &Php, now: i64) -> Val {
    let text = value.text();
    if text.is_empty() && *value != Php::Bool(false) {
        return Val::Null;
    }
    match field.kind.as_str() {
        "integer" | "employee" | "file" | "iblock_section" | "iblock_element" => Val::Int(value.int()),
        "enumeration" => {
            let id = value.int();
            if field.choices.iter().any(|c| c.id == id) {
                Val::Int(id)
            } else {
                Val::Null
            }
        }
        "double" => value.decimal().map_or(Val::Null, |d| Val::Dec(d.round_dp(8))),
        "boolean" => Val::Bool(flag(value)),
        "date" => clock::parse(&text, now).map_or(Val::Null, |at| Val::Time(clock::day_start(at))),
        "datetime" => clock::parse(&text, now).map_or(Val::Null, Val::Time),
        _ => Val::text(portal.storable(&text)),
    }
}

/// Reads a user field of a request.
pub fn read_uf(portal: &Portal, field: &UserField, value: &Php, now: i64) -> Val {
    if !field.multiple {
        return match value {
            Php::Arr(_) => Val::Null,
            single => read_uf_one(portal, field, single, now),
        };
    }
    let values = value.each().into_iter().map(|v| read_uf_one(portal, field, v, now));
    Val::List(values.filter(|v| !v.is_blank()).collect())
}

/// Prints a user field.
pub fn write_uf(field: &UserField, value: Option<&Val>, family: Family) -> Php {
    match value {
        Some(Val::List(values)) => list(values.iter().map(|v| write_uf_one(v, family))),
        None | Some(Val::Null) if field.multiple => list(Vec::<Php>::new()),
        None | Some(Val::Null) if field.kind == "boolean" => write_uf_one(&Val::Bool(false), family),
        None => Php::Null,
        Some(value) => write_uf_one(value, family),
    }
}

fn write_uf_one(value: &Val, family: Family) -> Php {
    let number = |d: Decimal| match family {
        Family::Classic => d.normalize().to_string().into(),
        Family::Universal => Php::number(d),
    };
    match (value, family) {
        (Val::Null | Val::List(_), _) => Php::Null,
        (Val::Int(n), _) => number(Decimal::from(*n)),
        (Val::Dec(d), _) => number(*d),
        (Val::Str(s), _) => Php::Str(s.to_string()),
        (Val::Time(t), _) => clock::iso(*t).into(),
        (Val::Bool(b), Family::Classic) => if *b { "1" } else { "0" }.into(),
        (Val::Bool(b), Family::Universal) => if *b { "Y" } else { "N" }.into(),
    }
}

/// How a user field compares in filters.
pub fn sort_of_uf(field: &UserField) -> Sort {
    match field.kind.as_str() {
        "integer" | "employee" | "file" | "enumeration" | "iblock_section" | "iblock_element" => Sort::Int,
        "double" => Sort::Number,
        "boolean" => Sort::Flag,
        "date" | "datetime" => Sort::Moment,
        _ => Sort::Text,
    }
}
