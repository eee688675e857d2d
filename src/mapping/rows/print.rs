//! Amounts as rows: prices that give them, names that people understand.

use super::read::{Item, Source};
use super::Row;
use crate::contract::order::{Charge, ChargeKind, Line};
use crate::domain::decimal::Decimal;
use crate::domain::money::Currency;
use crate::domain::text::lower;
use crate::error::Lang;

const PIECES: (&str, &str) = ("796", "шт");

/// The rows of items whose amounts are in smallest units.
pub(super) fn rows(items: &[Item<'_>], currency: &Currency, lang: Lang) -> Vec<Row> {
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        match item.source {
            Source::Line(line) => goods(&mut rows, item, line, currency),
            Source::Charge(charge) => {
                let name = charge_name(charge, lang);
                rows.push(one(name, charge.vat_rate.as_deref(), item.amount, currency));
            }
            Source::Kept => {
                let name = said(("Удержано при возврате", "Kept at the refund"), lang);
                rows.push(one(name.to_owned(), None, item.amount, currency));
            }
        }
    }
    rows
}

fn one(name: String, vat: Option<&str>, amount: i64, currency: &Currency) -> Row {
    let price = currency.text(amount);
    Row {
        name,
        sku: String::new(),
        sum: price.clone(),
        price,
        quantity: "1".to_owned(),
        vat_rate: vat.filter(|rate| !rate.is_empty()).map(str::to_owned),
        measure_code: PIECES.0.to_owned(),
        measure: PIECES.1.to_owned(),
    }
}

/// One row where one price gives the amount; two, a smallest unit apart, where something is left over;
/// one for the whole line where neither does.
fn goods(rows: &mut Vec<Row>, item: &Item<'_>, line: &Line, currency: &Currency) {
    let (measure_code, measure) = measure(&line.unit);
    let row = |price: i64, quantity: i64, sum: i64| Row {
        sku: line.sku.trim().to_owned(),
        price: currency.text(price),
        quantity: Decimal {
            units: quantity,
            scale: 4,
        }
        .text(),
        measure_code: measure_code.to_owned(),
        measure: measure.to_owned(),
        ..one(
            line_name(line, None),
            line.vat_rate.as_deref(),
            sum,
            currency,
        )
    };
    match prices(item.amount, item.quantity) {
        Some((price, 0)) => rows.push(row(price, item.quantity, item.amount)),
        Some((price, dearer)) => {
            let above = price.saturating_add(1);
            let sum = above.saturating_mul(dearer);
            let dearer = dearer.saturating_mul(10_000);
            rows.push(row(
                price,
                item.quantity.saturating_sub(dearer),
                item.amount.saturating_sub(sum),
            ));
            rows.push(row(above, dearer, sum));
        }
        None => {
            let all = row(item.amount, item.quantity, item.amount);
            rows.push(Row {
                name: line_name(line, Some(&[&all.quantity, " ", measure].concat())),
                quantity: "1".to_owned(),
                measure_code: PIECES.0.to_owned(),
                measure: PIECES.1.to_owned(),
                ..all
            });
        }
    }
}

/// A price, and how many cost one smallest unit more, so that the portal's roundings give the amount;
/// `quantity` is in ten-thousandths.
fn prices(amount: i64, quantity: i64) -> Option<(i64, i64)> {
    let wide = amount.checked_mul(10_000)?;
    let price = wide.checked_div(quantity)?;
    let rounded = |price: i64| Some(price.checked_mul(quantity)?.checked_add(5_000)? / 10_000);
    let above = price.saturating_add(1);
    let dearer = amount.checked_sub(rounded(price)?)?;
    if dearer == 0 {
        Some((price, 0))
    } else if quantity % 10_000 != 0 && rounded(above)? == amount {
        Some((above, 0))
    } else {
        // Whole pieces, so that the dearer row is exact and the other rounds as before.
        (dearer <= quantity / 10_000).then_some((price, dearer))
    }
}

fn line_name(line: &Line, amount: Option<&str>) -> String {
    let mut name = line.name.trim().to_owned();
    if name.is_empty() {
        name.push_str(if line.product_id.is_empty() {
            "—"
        } else {
            &line.product_id
        });
    }
    let mut details: Vec<String> = line
        .options
        .iter()
        .filter(|choice| !choice.value.trim().is_empty())
        .map(|choice| match choice.name.trim() {
            "" => choice.value.trim().to_owned(),
            label => [label, ": ", choice.value.trim()].concat(),
        })
        .collect();
    details.extend(amount.map(str::to_owned));
    if !details.is_empty() {
        name.push_str(" (");
        name.push_str(&details.join(", "));
        name.push(')');
    }
    if !line.sku.trim().is_empty() {
        name.push_str(" [");
        name.push_str(line.sku.trim());
        name.push(']');
    }
    name
}

fn said((ru, en): (&'static str, &'static str), lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

// Marked, so that a reader of the deal, or of its rows, tells it from goods.
fn charge_name(charge: &Charge, lang: Lang) -> String {
    let mark = match charge.kind {
        ChargeKind::Shipping => ("Доставка", "Delivery"),
        ChargeKind::Tax => ("Налог", "Tax"),
        _ => ("Наценка", "Surcharge"),
    };
    let mark = said(mark, lang);
    match charge.name.trim() {
        "" => mark.to_owned(),
        name if lower(name).starts_with(&lower(mark)) => name.to_owned(),
        name => [mark, ": ", name].concat(),
    }
}

/// Unit of measure by ОКЕИ, the Russian classifier that Bitrix24 uses.
fn measure(unit: &str) -> (&'static str, &'static str) {
    match lower(unit.trim().trim_end_matches('.')).as_str() {
        "кг" | "kg" => ("166", "кг"),
        "г" | "гр" | "g" => ("163", "г"),
        "л" | "l" => ("112", "л"),
        "м" | "m" => ("6", "м"),
        "м2" | "м²" | "m2" | "m²" | "кв. м" | "кв.м" => ("55", "м²"),
        "м3" | "м³" | "m3" | "m³" => ("113", "м³"),
        "упак" | "уп" | "pack" => ("778", "упак"),
        "компл" | "комплект" | "set" => ("839", "компл"),
        "пара" | "пар" | "pair" => ("715", "пар"),
        _ => PIECES,
    }
}
