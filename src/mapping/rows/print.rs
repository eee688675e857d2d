//! Amounts as rows: prices that give them, names that people understand.

use super::read::{Item, Source};
use super::Row;
use crate::contract::order::{Charge, ChargeKind, Line};
use crate::domain::decimal::Decimal;
use crate::domain::money::Currency;
use crate::domain::text::{joined, lower};
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
                rows.push(one(name, item.vat, item.amount, currency));
            }
            Source::Kept => {
                let name = said(("Удержано при возврате", "Kept at the refund"), lang);
                rows.push(one(name.to_owned(), None, item.amount, currency));
            }
        }
    }
    rows
}

fn one(name: String, vat: Option<i64>, amount: i64, currency: &Currency) -> Row {
    let price = currency.text(amount);
    Row {
        name,
        sku: String::new(),
        sum: price.clone(),
        price,
        quantity: "1".to_owned(),
        vat_rate: vat.map(decimal),
        measure_code: PIECES.0.to_owned(),
        measure: PIECES.1.to_owned(),
    }
}

/// One row where one price gives the amount; two, a smallest unit apart, where something is left over.
fn goods(rows: &mut Vec<Row>, item: &Item<'_>, line: &Line, currency: &Currency) {
    let (measure_code, measure) = measure(&line.unit);
    let mut row = |price: i64, quantity: i64, sum: i64| {
        rows.push(Row {
            sku: line.sku.trim().to_owned(),
            price: currency.text(price),
            quantity: decimal(quantity),
            measure_code: measure_code.to_owned(),
            measure: measure.to_owned(),
            ..one(line_name(line), item.vat, sum, currency)
        });
    };
    let (price, dearer) = prices(item.amount, item.quantity);
    let sum = price.saturating_add(1).saturating_mul(dearer);
    let pieces = dearer.saturating_mul(10_000);
    row(
        price,
        item.quantity.saturating_sub(pieces),
        item.amount.saturating_sub(sum),
    );
    if dearer > 0 {
        row(price.saturating_add(1), pieces, sum);
    }
}

/// A price, and how many whole pieces cost one smallest unit more, so that the portal's roundings give
/// the amount; `quantity` is in ten-thousandths. There are always as many whole pieces: what is left
/// over at the lower price is less than the quantity, and with the fraction of a piece the next price
/// rounds to the amount.
fn prices(amount: i64, quantity: i64) -> (i64, i64) {
    let price = amount
        .saturating_mul(10_000)
        .checked_div(quantity)
        .unwrap_or(0);
    let rounded = |price: i64| price.saturating_mul(quantity).saturating_add(5_000) / 10_000;
    let above = price.saturating_add(1);
    match amount.saturating_sub(rounded(price)) {
        0 => (price, 0),
        _ if rounded(above) == amount => (above, 0),
        dearer => (price, dearer),
    }
}

fn decimal(units: i64) -> String {
    Decimal { units, scale: 4 }.text()
}

fn line_name(line: &Line) -> String {
    let mut name = line.name.trim().to_owned();
    if name.is_empty() {
        name.push_str(if line.product_id.is_empty() {
            "—"
        } else {
            &line.product_id
        });
    }
    let details: Vec<String> = line
        .options
        .iter()
        .filter(|choice| !choice.value.trim().is_empty())
        .map(|choice| match choice.name.trim() {
            "" => choice.value.trim().to_owned(),
            label => [label, ": ", choice.value.trim()].concat(),
        })
        .collect();
    if !details.is_empty() {
        name.push_str(" (");
        name.push_str(&joined(&details, ", "));
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
        ChargeKind::Voucher => ("Сертификат", "Voucher"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_go_by_their_spellings() {
        for (spellings, code) in [
            ("кг КГ. kg", "166"),
            ("г гр. g", "163"),
            ("л l", "112"),
            ("м m", "6"),
            ("м2 м² m2 m² кв.м", "55"),
            ("м3 м³ m3 m³", "113"),
            ("упак. уп pack", "778"),
            ("компл. комплект set", "839"),
            ("пара пар pair", "715"),
            ("шт мешок", "796"),
        ] {
            for unit in spellings.split(' ') {
                assert_eq!(measure(unit).0, code, "{unit}");
            }
        }
        assert_eq!(measure("кв. м").0, "55");
        assert_eq!(measure("").0, "796");
    }

    #[test]
    fn finds_prices_that_give_the_sum() {
        for (amount, quantity, found) in [
            (1000, 30_000, (333, 1)),
            (1000, 20_000, (500, 0)),
            (10, 19_000, (5, 0)),
            (100_000, 1_505_000, (664, 68)),
            (0, 15_000, (0, 0)),
            (3, 50_000, (0, 3)),
        ] {
            assert_eq!(prices(amount, quantity), found, "{amount} {quantity}");
        }
    }

    #[test]
    fn there_are_always_pieces_enough_to_be_dearer() {
        let rounded = |price: i64, quantity: i64| (price * quantity + 5_000) / 10_000;
        for amount in 0..400 {
            for quantity in (1..70_000).step_by(123).chain([10_000, 20_000, 1]) {
                let (price, dearer) = prices(amount, quantity);
                let whole = dearer * 10_000;
                assert!(whole < quantity.max(1), "{amount} {quantity}");
                let sum = rounded(price, quantity - whole) + rounded(price + 1, whole);
                assert_eq!(sum, amount, "{quantity}");
            }
        }
    }
}
