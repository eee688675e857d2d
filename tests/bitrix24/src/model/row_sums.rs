//! What the rows of a deal do to its amount.

use rust_decimal::Decimal;

use super::changes::Hit;
use super::fields::{Entity, F};
use super::portal::Portal;
use super::pricing;
use super::record::Val;

impl Portal {
    /// Removes all rows of a record.
    pub fn drop_rows(&mut self, entity: Entity, id: i64) {
        let gone: Vec<i64> = self.rows_for(entity.letter(), id).iter().map(|(id, _)| *id).collect();
        for row in gone {
            self.remove_row(row);
        }
    }

    /// Sum and tax of a deal's rows.
    pub fn rows_total(&self, deal: i64) -> (Decimal, Decimal) {
        let mut total = Decimal::ZERO;
        let mut tax = Decimal::ZERO;
        for (_, row) in self.rows_for("D", deal) {
            let amount = pricing::amount(row.price, row.quantity);
            total = pricing::bounded(total + amount);
            tax = pricing::bounded(tax + pricing::tax_within(amount, row.tax_rate));
        }
        (total, tax)
    }

    /// After rows were saved: amount and tax of the deal, and its event.
    pub fn rows_saved(&mut self, hit: &mut Hit, entity: Entity, id: i64) {
        if entity != Entity::Deal {
            return;
        }
        let (total, tax) = self.rows_total(id);
        let Some(old) = self.deal(id).cloned() else { return };
        let mut record = old.clone();
        if !record.flag(F::IsManualOpportunity) {
            record.set(F::Opportunity, Val::Dec(total));
        }
        record.set(F::TaxValue, Val::Dec(tax));
        record.set(F::DateModify, Val::Time(hit.now));
        record.set(F::ModifyById, Val::Int(hit.user));
        self.shelf_mut(entity).put(record.clone());
        hit.changed(entity, "UPDATE", id);
        self.note_change(hit, "update", id, Some(&old), Some(&record));
    }
}
