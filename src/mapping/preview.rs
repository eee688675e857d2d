//! The very deal an order will become, for eyes.

use crate::contract::order::Order;
use crate::contract::read::reads;
use crate::contract::write::{object, rows, writes, Rows, Write};
use crate::error::Problem;
use crate::mapping::company::Company;
use crate::mapping::contact::Contact;
use crate::mapping::deal::{plan, Field};
use crate::mapping::decisions::{decisions, Decision};
use crate::mapping::responsible::Responsible;
use crate::mapping::rows::Row;
use crate::sync::Context;

/// `data` of `order.preview`.
#[derive(Default)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Input {
    /// The order to look at.
    pub order: Order,
}

reads!(Input { order });

/// The deal as it would be sent now.
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Preview {
    /// The buyer, if no contact of the portal is his.
    contact: Contact,
    /// The company that orders, if none of the portal is it.
    company: Option<Company>,
    /// Fields of the deal.
    deal: Shown,
    /// Mapped fields of the contact: they go where it is empty.
    contact_fields: Shown,
    /// Mapped fields of the company: they go where it is empty.
    company_fields: Shown,
    /// Its product rows.
    rows: Vec<Row>,
    /// What the rows come to.
    rows_sum: String,
    /// What the buyer pays.
    total: String,
    /// Of both.
    currency: String,
    /// Who gets it, or whose turn it may be.
    responsible: Responsible,
    /// Why he.
    reason: String,
    /// What else was decided, and why so.
    decisions: Vec<Decision>,
}

writes!(Preview {
    contact,
    company,
    deal,
    contact_fields,
    company_fields,
    rows,
    rows_sum,
    total,
    currency,
    responsible,
    reason,
    decisions
});

/// Fields with their names, which a task between two steps does without.
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(transparent, inline)
)]
struct Shown(Vec<Field>);

impl Rows for Shown {
    fn get(&self, index: usize, out: &mut Vec<u8>) {
        if let Some(Field { name, value, many }) = self.0.get(index) {
            object(out, &[("name", name), ("value", value), ("many", many)]);
        }
    }
}

impl Write for Shown {
    fn write(&self, out: &mut Vec<u8>) {
        rows(out, self, self.0.len());
    }
}

/// Previews an order.
///
/// # Errors
/// What cannot be read of the order.
pub fn preview(order: &Order, context: &Context) -> Result<(Preview, Vec<Problem>), Problem> {
    let plan = plan(order, context, None, "/data/order")?;
    let reason = plan
        .responsible
        .reason(order, context.settings, context.lang);
    let preview = Preview {
        decisions: decisions(order, &plan, &reason, context),
        deal: Shown(plan.follows.into_iter().chain(plan.once).collect()),
        contact_fields: Shown(plan.contact_fields),
        company_fields: Shown(plan.company_fields),
        rows_sum: plan.rows.currency.text(plan.rows.sum),
        total: plan.rows.currency.text(plan.rows.total),
        currency: plan.rows.currency.code,
        rows: plan.rows.rows,
        contact: plan.contact,
        company: plan.company,
        responsible: plan.responsible,
        reason,
    };
    Ok((preview, plan.notes))
}
