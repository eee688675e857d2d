//! Product rows that add up to the order's total, to the kopeck.
//!
//! Bitrix24: REST documentation, "Product rows": `price` is the final price of one, after
//! discounts, tax included; the deal's amount is the sum of round(price × quantity, 2).

mod print;
mod read;
mod reckon;

use crate::contract::order::Order;
use crate::contract::settings::{Refund, Settings};
use crate::contract::write::writes;
use crate::domain::money::Currency;
use crate::error::{Code, Problem};

/// One product row, as it will be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Row {
    /// Name, options and article number: what the manager reads.
    pub name: String,
    /// The article number alone, for machines (`xmlId`).
    pub sku: String,
    /// Price of one, decimal string.
    pub price: String,
    /// Decimal string.
    pub quantity: String,
    /// Price × quantity, decimal string.
    pub sum: String,
    /// VAT in per cent.
    pub vat_rate: Option<String>,
    /// Code of the unit of measure (ОКЕИ).
    pub measure_code: String,
    /// Its name.
    pub measure: String,
}

writes!(Row {
    name,
    sku,
    price,
    quantity,
    sum,
    vat_rate,
    measure_code,
    measure
});

/// The rows of an order and what they come to.
#[derive(Clone, Debug)]
pub struct Rows {
    /// In the order of the order.
    pub rows: Vec<Row>,
    /// What the deal is worth, minor units: the order's total, less what was given back when the
    /// settings want it so.
    pub total: i64,
    /// What was given back, minor units.
    pub refunded: i64,
    /// The rows' sum, minor units.
    pub sum: i64,
    /// What each line of the order is worth before discounts on the whole order, minor units.
    pub worth: Vec<i64>,
    /// The order's currency.
    pub currency: Currency,
}

impl Rows {
    /// Whether the deal's amount has to be set by hand, because rows cannot give it.
    #[must_use]
    pub const fn by_hand(&self) -> bool {
        self.total != self.sum
    }

    /// What a person should know about the sums.
    #[must_use]
    pub fn note(&self) -> Option<Problem> {
        self.by_hand().then(|| {
            Problem::new(Code::AmountByHand)
                .with(
                    "difference",
                    self.currency.text(self.total.saturating_sub(self.sum)),
                )
                .with("currency", self.currency.code.clone())
        })
    }
}

/// The rows of an order.
///
/// # Errors
/// What cannot be read of the order, with its place below `at`.
pub fn rows(order: &Order, settings: &Settings, at: &str) -> Result<Rows, Problem> {
    let currency = Currency::parse(&order.currency).ok_or_else(|| {
        Problem::new(Code::CurrencyInvalid)
            .at([at, "/currency"].concat())
            .with("value", order.currency.clone())
    })?;
    let reduce = settings.life.refund == Refund::Reduce;
    let amounts = read::amounts(order, &currency, reduce, at)?;
    let refunded = amounts.refunded;
    let worth = amounts.worth();
    let (items, total) = reckon::reckon(amounts, reduce);
    let sum = reckon::sum(&items);
    Ok(Rows {
        rows: print::rows(&items, &currency, settings.shop.language),
        total,
        refunded,
        sum,
        worth,
        currency,
    })
}
