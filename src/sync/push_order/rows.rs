//! Product rows on their way to the portal: replaced whole, in portions when there are many.
//!
//! Bitrix24: REST documentation, "Product rows": `crm.item.productrow.set` replaces all rows of a
//! deal, and rows go without ids; `crm.item.productrow.add` appends one.

use crate::domain::text::Digits;
use core::mem::take;

use super::{Phase, Push, DOUBT};
use crate::contract::limits::MAX_BATCH_COMMANDS;
use crate::contract::task::{Call, Reply, Step};
use crate::domain::query::Query;
use crate::domain::text::numbered;
use crate::error::Code;
use crate::mapping::deal::ROWS;
use crate::mapping::rows::Row;
use crate::sync::portal::unanswered;
use crate::sync::step::{params, rest, result};
use crate::sync::Context;

/// Rows of one `set`: PHP reads no more than 1,000 values of a query (`max_input_vars`), and drops the
/// others without a word.
const MOST_SET: usize = 75;
/// Bytes of one portion's rows; see `batch.rs` for what an answer makes of them.
const MOST_BYTES: usize = 56_000;
/// Between the fields of packed rows: one byte, nothing to escape, and in no name.
const BETWEEN: char = '\u{7f}';
/// Name, article number, price, quantity, VAT, code and name of the measure.
type Fields<'a> = [&'a str; 7];

/// Rows as one text: a state has to pass the border at every step, and an order may have a thousand
/// lines. A name that stands above is left out.
pub(super) fn packed(rows: &[Row]) -> String {
    let mut out = String::new();
    let mut above = "";
    for row in rows {
        let name = if row.name == above { "" } else { &row.name };
        let fields: Fields = [
            name,
            &row.sku,
            &row.price,
            &row.quantity,
            row.vat_rate.as_deref().unwrap_or(""),
            &row.measure_code,
            &row.measure,
        ];
        for field in fields {
            field.split(BETWEEN).for_each(|part| out.push_str(part));
            out.push(BETWEEN);
        }
        above = &row.name;
    }
    out
}

/// The first of packed rows, and those after it.
fn first<'a>(packed: &'a str, above: &'a str) -> Option<(Fields<'a>, &'a str)> {
    let mut row = Fields::default();
    let mut after = packed;
    for field in &mut row {
        (*field, after) = after.split_once(BETWEEN)?;
    }
    if row[0].is_empty() {
        row[0] = above;
    }
    Some((row, after))
}

impl Push {
    /// The call that replaces what rows the deal has, by as many as one call bears.
    pub(super) fn put_rows(&mut self, calls: &mut Vec<Call>) {
        let had = self.memo.sent.get(ROWS).is_some();
        if self.rows.is_empty() && had && self.differs(ROWS) {
            // The portal refuses an empty list, and would be right to.
            self.rows = packed(&[no_goods()]);
        }
        if self.rows.is_empty() {
            self.remember(ROWS);
            return;
        }
        let mut query = params(&[("ownerType", "D")]);
        match &self.deal {
            Some(deal) => query.set("ownerId", deal),
            None => query.refer("ownerId", "deal", &["item", "id"]),
        };
        self.take_rows(MOST_SET, &mut |row, index| {
            put(
                &mut query,
                &numbered("productRows[", index as usize, "]"),
                row,
                index,
            )
        });
        calls.push(rest("rows", "crm.item.productrow.set", &query));
        if !self.rows.is_empty() {
            // From now on the deal has neither the old rows nor the new ones.
            self.memo.sent.put(ROWS, DOUBT.to_owned());
        }
    }

    /// Adds the next of them.
    pub(super) fn add_rows(&mut self) -> Step {
        let deal = self.deal.clone().unwrap_or_default();
        let mut calls = Vec::new();
        self.take_rows(MAX_BATCH_COMMANDS, &mut |row, index| {
            let mut query = params(&[("fields[ownerType]", "D"), ("fields[ownerId]", &deal)]);
            let bytes = put(&mut query, "fields", row, index);
            calls.push(rest(&key(index), "crm.item.productrow.add", &query));
            bytes
        });
        self.ask(Phase::Rows, calls)
    }

    /// Takes rows out as long as there are less than `most` and the bytes that `put` makes of them fit.
    fn take_rows(&mut self, most: usize, put: &mut dyn FnMut(&Fields, u32) -> usize) {
        let packed = take(&mut self.rows);
        let (mut above, mut after, mut bytes) = ("", packed.as_str(), 0usize);
        for _ in 0..most {
            let Some((row, others)) = first(after, above).filter(|_| bytes < MOST_BYTES) else {
                break;
            };
            bytes = bytes.saturating_add(put(&row, self.placed));
            self.placed = self.placed.saturating_add(1);
            (above, after) = (row[0], others);
        }
        if !after.is_empty() {
            let name = if after.starts_with(BETWEEN) {
                above
            } else {
                ""
            };
            self.rows = [name, after].concat();
        }
    }

    /// What came of the first rows. They count as sent only when all are there: whatever happens in
    /// between, the next attempt replaces them whole.
    pub(super) fn rows_set(&mut self, reply: &Reply) {
        if result(reply, "rows", &[]).is_none() {
            self.rows.clear();
        } else if self.rows.is_empty() {
            self.remember(ROWS);
        }
    }

    /// More rows are in.
    pub(super) fn added(&mut self, context: &Context) -> Step {
        if !self.rows.is_empty() {
            return self.add_rows();
        }
        self.remember(ROWS);
        if self.changed().next().is_some() {
            return Step::of(unanswered("batch", self.tried(), context)).learning(self.learn());
        }
        let (created, adopted) = (self.created, self.adopted);
        let said = (!created && !adopted).then(|| self.journal("info", Code::DealUpdated, context));
        self.finish(created, said)
    }
}

/// What stands in a deal that has no goods any more.
fn no_goods() -> Row {
    Row {
        name: "Товаров нет".to_owned(),
        price: "0".to_owned(),
        quantity: "1".to_owned(),
        measure_code: "796".to_owned(),
        measure: "шт".to_owned(),
        ..Row::default()
    }
}

/// Names the answer to a row, all of one width: so they run in their order even where keys are sorted.
pub(super) fn key(index: u32) -> String {
    ["row", &index.saturating_add(10_000).digits()].concat()
}

/// Writes one row; answers how long the query has become by it.
fn put(query: &mut Query, at: &str, row: &Fields, index: u32) -> usize {
    let before = query.len();
    let [name, sku, price, quantity, vat, code, measure] = *row;
    let included = if vat.is_empty() { "" } else { "Y" };
    let sort = index.saturating_add(1).saturating_mul(10).digits();
    for (field, value) in [
        ("productName", name),
        ("price", price),
        ("quantity", quantity),
        ("taxRate", vat),
        ("taxIncluded", included),
        ("measureCode", code),
        ("measureName", measure),
        ("xmlId", sku),
        ("sort", &sort),
    ] {
        if !value.is_empty() {
            query.set(&[at, "[", field, "]"].concat(), value);
        }
    }
    query.len().saturating_sub(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_rows_come_out_as_they_went_in() {
        let row = |name: &str, sku: &str, price: &str| Row {
            name: name.to_owned(),
            sku: sku.to_owned(),
            price: price.to_owned(),
            quantity: "1".to_owned(),
            measure: "шт".to_owned(),
            ..Row::default()
        };
        let rows = [
            row("Чай\u{7f}ник", "", "0.33"),
            row("Чай\u{7f}ник", "", "0.34"),
            row("Блюдо", "Б-1", "5"),
        ];
        let packed = packed(&rows);
        let mut found = Vec::new();
        let (mut above, mut after) = ("", packed.as_str());
        while let Some((row, others)) = first(after, above) {
            found.push([row[0], row[1], row[2], row[6]]);
            (above, after) = (row[0], others);
        }
        assert_eq!(
            found,
            [
                ["Чайник", "", "0.33", "шт"],
                ["Чайник", "", "0.34", "шт"],
                ["Блюдо", "Б-1", "5", "шт"],
            ]
        );
        assert_eq!(first("half\u{7f}a row", ""), None);
    }

    #[test]
    fn a_portion_ends_by_number_or_by_bytes() {
        let rows: Vec<Row> = (0..5)
            .map(|n| Row {
                name: "x".repeat(n),
                ..Row::default()
            })
            .collect();
        for (most, bytes, taken) in [
            (3, 1, 3),
            (9, 1, 5),
            (9, MOST_BYTES / 2, 2),
            (9, MOST_BYTES, 1),
        ] {
            let mut push = Push {
                rows: packed(&rows),
                ..Push::default()
            };
            push.take_rows(most, &mut |_, _| bytes);
            assert_eq!(push.placed, taken);
            let before = push.rows.clone();
            push.take_rows(9, &mut |row, index| {
                assert_eq!(row[0].len(), index as usize, "{before}");
                1
            });
            assert_eq!((push.placed, push.rows.as_str()), (5, ""));
        }
    }
}
