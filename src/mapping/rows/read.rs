//! The amounts of an order, read once and exactly.

use crate::contract::limits::MAX_LINES;
use crate::contract::order::{Charge, ChargeKind, Line, Order, Prices};
use crate::domain::decimal::{mul_div, Decimal};
use crate::domain::money::Currency;
use crate::domain::text::Digits;
use crate::error::{Code, Problem};

/// Amounts are reckoned in ten-thousandths of the currency's smallest unit: finer than any shop
/// rounds, so a thousand of them are off by less than one smallest unit together.
pub(super) const PARTS: i64 = 10_000;

/// One hundred per cent, with the four decimals that a rate may have.
pub(super) const WHOLE: i64 = 1_000_000;

/// Where a row comes from.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    Line(&'a Line),
    Charge(&'a Charge),
    /// What the shop did not give back of the lines that came back.
    Kept,
}

/// A row to be.
pub(super) struct Item<'a> {
    pub(super) source: Source<'a>,
    /// In ten-thousandths.
    pub(super) quantity: i64,
    /// In ten-thousandths of a per cent; none: without VAT.
    pub(super) vat: Option<i64>,
    /// In parts until they are rounded, see [`PARTS`]; then in smallest units.
    pub(super) amount: i64,
    /// How many came back, in ten-thousandths.
    pub(super) returned: i64,
    /// The share of the amount that was given back with them.
    pub(super) share: (i64, i64),
}

impl<'a> Item<'a> {
    pub(super) const fn one(source: Source<'a>, vat: Option<i64>, amount: i64) -> Self {
        Self {
            source,
            quantity: 10_000,
            vat,
            amount,
            returned: 0,
            share: (0, 1),
        }
    }

    pub(super) const fn is_line(&self) -> bool {
        matches!(self.source, Source::Line(_))
    }
}

/// All that makes up an order, in [`PARTS`] of its currency.
pub(super) struct Amounts<'a> {
    /// Lines first, then the charges that become rows.
    pub(super) items: Vec<Item<'a>>,
    /// Taxes on net prices: the charge, the rate that it names, how much.
    pub(super) taxes: Vec<(&'a Charge, Option<i64>, i64)>,
    /// Whether the prices are without tax.
    pub(super) net: bool,
    /// What lowers the prices, in the kind of price that they are.
    pub(super) discount: i64,
    /// What changes the sum to pay: vouchers, the shop's rounding.
    pub(super) rest: i64,
    /// The total, in smallest units.
    pub(super) total: i64,
    /// Given back, in smallest units.
    pub(super) refunded: i64,
    /// How far the parts may be from the total by rounding alone.
    pub(super) tolerance: i64,
}

impl Amounts<'_> {
    /// What each line is worth, in smallest units.
    pub(super) fn worth(&self) -> Vec<i64> {
        self.items
            .iter()
            .filter(|item| item.is_line())
            .map(|item| item.amount / PARTS)
            .collect()
    }
}

/// What cannot be read: code, member, its text.
type Wrong<'a> = (Code, &'static str, &'a str);

struct Reader {
    decimals: u32,
    /// Turns the shop's base currency into the order's.
    rate: Option<Decimal>,
    /// Nothing was rounded yet.
    exact: bool,
}

impl Reader {
    fn at(&self, value: Decimal, scale: u32) -> Option<i64> {
        match self.rate {
            None => value.rounded(scale),
            Some(rate) => value.times(rate, scale),
        }
    }

    fn parts(&mut self, value: Decimal) -> Option<i64> {
        let parts = self.at(value, self.decimals.checked_add(4)?)?;
        self.rounds(parts);
        Some(parts)
    }

    fn rounds(&mut self, parts: i64) {
        self.exact &= parts % PARTS == 0;
    }

    fn amount<'a>(&mut self, field: &'static str, text: &'a str) -> Result<i64, Wrong<'a>> {
        Decimal::parse(text)
            .and_then(|value| self.parts(value))
            .ok_or((Code::AmountInvalid, field, text))
    }

    /// In smallest units: what the buyer pays is rounded once.
    fn total<'a>(&mut self, field: &'static str, text: &'a str) -> Result<i64, Wrong<'a>> {
        let value = Decimal::parse(text);
        self.exact &= value.is_none_or(|value| value.scale <= self.decimals);
        value
            .and_then(|value| self.at(value, self.decimals))
            .ok_or((Code::AmountInvalid, field, text))
    }

    /// A part of `whole` in per cent.
    fn percent<'a>(
        &mut self,
        field: &'static str,
        text: &'a str,
        whole: i64,
    ) -> Result<i64, Wrong<'a>> {
        let part = rate(text)
            .and_then(|rate| mul_div(whole, rate, WHOLE))
            .ok_or((Code::AmountInvalid, field, text))?;
        self.rounds(part);
        Ok(part)
    }

    fn line<'a>(&mut self, line: &'a Line, returns: bool) -> Result<Item<'a>, Wrong<'a>> {
        let quantity = quantity("quantity", &line.quantity)?;
        let vat = vat(line.vat_rate.as_deref())?;
        let (field, text) = if line.total.is_empty() {
            ("price", &line.price)
        } else {
            ("total", &line.total)
        };
        let invalid = (Code::AmountInvalid, field, text.as_str());
        let mut amount = if line.total.is_empty() {
            let price = Decimal::parse(text).ok_or(invalid)?;
            let units = price.units.checked_mul(quantity).ok_or(invalid)?;
            let scale = price.scale.saturating_add(4);
            self.parts(Decimal { units, scale }).ok_or(invalid)?
        } else {
            self.amount(field, text)?
        };
        if line.total.is_empty() {
            let off = if !line.discount.is_empty() {
                self.amount("discount", &line.discount)?
            } else if line.discount_percent.is_empty() {
                0
            } else {
                self.percent("discount_percent", &line.discount_percent, amount)?
            };
            amount = amount.saturating_sub(off);
        }
        // A discount of all may have been rounded up, in the base currency too.
        if amount <= self.unit().saturating_neg() {
            return Err(invalid);
        }
        let mut item = Item {
            quantity,
            ..Item::one(Source::Line(line), vat, amount.max(0))
        };
        if returns {
            self.returns(line, &mut item)?;
        }
        Ok(item)
    }

    fn returns<'a>(&mut self, line: &'a Line, item: &mut Item<'a>) -> Result<(), Wrong<'a>> {
        if !line.refunded_quantity.is_empty() {
            let returned = rate(&line.refunded_quantity)
                .filter(|returned| *returned >= 0)
                .ok_or((
                    Code::QuantityInvalid,
                    "refunded_quantity",
                    line.refunded_quantity.as_str(),
                ))?;
            item.returned = returned.min(item.quantity);
            item.share = (item.returned, item.quantity);
        }
        if !line.refunded_total.is_empty() {
            let field = "refunded_total";
            let back = self.amount(field, &line.refunded_total)?;
            if back < 0 {
                return Err((Code::AmountInvalid, field, &line.refunded_total));
            }
            item.share = (back.min(item.amount), item.amount);
        }
        Ok(())
    }
}

/// Reads the order's amounts; what came back is read only when it `reduces` the rows.
pub(super) fn amounts<'a>(
    order: &'a Order,
    currency: &Currency,
    reduces: bool,
    at: &str,
) -> Result<Amounts<'a>, Problem> {
    if order.lines.len() > MAX_LINES {
        return Err(Problem::new(Code::LinesTooMany)
            .at([at, "/lines"].concat())
            .with("limit", MAX_LINES.digits()));
    }
    let wrong = |list: &str, index: Option<usize>, (code, field, value): Wrong<'_>| {
        let index = index.map(|index| index.digits()).unwrap_or_default();
        Problem::new(code)
            .at([at, list, &index, "/", field].concat())
            .with("value", value)
    };
    let net = order.prices == Prices::Net;
    let mut reader = Reader {
        decimals: currency.decimals,
        rate: None,
        exact: !net,
    };
    let mut read = Amounts {
        items: Vec::with_capacity(order.lines.len().saturating_add(order.charges.len())),
        taxes: Vec::new(),
        net,
        discount: 0,
        rest: 0,
        total: 0,
        refunded: 0,
        tolerance: 0,
    };
    reader
        .sums(order, &mut read)
        .map_err(|found| wrong("", None, found))?;
    let returns = reduces && read.refunded > 0;
    let mut goods = 0i64;
    for (index, line) in order.lines.iter().enumerate() {
        let item = reader
            .line(line, returns)
            .map_err(|found| wrong("/lines/", Some(index), found))?;
        goods = goods.saturating_add(item.amount);
        read.items.push(item);
    }
    for (index, charge) in order.charges.iter().enumerate() {
        reader
            .charge(charge, goods, &mut read)
            .map_err(|found| wrong("/charges/", Some(index), found))?;
    }
    if !reader.exact {
        read.tolerance = reader.unit().saturating_mul(
            i64::try_from(order.lines.len().saturating_add(order.charges.len()))
                .unwrap_or(i64::MAX),
        );
    }
    Ok(read)
}

impl Reader {
    fn sums<'a>(&mut self, order: &'a Order, read: &mut Amounts<'a>) -> Result<(), Wrong<'a>> {
        if !order.rate.is_empty() {
            let rate = Decimal::parse(&order.rate).filter(|rate| rate.units > 0);
            self.rate = Some(rate.ok_or((Code::AmountInvalid, "rate", order.rate.as_str()))?);
            self.exact = false;
        }
        read.total = self.total("total", &order.total)?;
        if !order.refunded.is_empty() {
            let field = "refunded";
            read.refunded = self.total(field, &order.refunded)?;
            if read.refunded < 0 {
                return Err((Code::AmountInvalid, field, &order.refunded));
            }
        }
        Ok(())
    }

    fn charge<'a>(
        &mut self,
        charge: &'a Charge,
        goods: i64,
        read: &mut Amounts<'a>,
    ) -> Result<(), Wrong<'a>> {
        let amount = if charge.amount.is_empty() && !charge.percent.is_empty() {
            self.percent("percent", &charge.percent, goods)?
        } else {
            self.amount("amount", &charge.amount)?
        };
        let vat = vat(charge.vat_rate.as_deref())?;
        match charge.kind {
            // Gross prices have it in them.
            ChargeKind::Tax if !read.net => {}
            ChargeKind::Tax if amount > 0 => read.taxes.push((charge, vat, amount)),
            // The shop's rounding, up or down, belongs to the goods: nobody buys a row "rounding".
            ChargeKind::Rounding => read.rest = read.rest.saturating_add(amount),
            _ if amount > 0 => read
                .items
                .push(Item::one(Source::Charge(charge), vat, amount)),
            // A voucher is money: it pays the tax too.
            ChargeKind::Voucher | ChargeKind::Tax => {
                read.rest = read.rest.saturating_add(amount);
            }
            _ => read.discount = read.discount.saturating_add(amount),
        }
        Ok(())
    }

    /// The most that one rounding may be off: the smallest unit of the order's currency, or a cent of
    /// the base currency when that is more.
    fn unit(&self) -> i64 {
        let cent = Decimal { units: 1, scale: 2 };
        self.rate
            .and_then(|rate| cent.times(rate, self.decimals.saturating_add(4)))
            .map_or(PARTS, |cent| cent.max(PARTS))
    }
}

/// Up to four decimals, in ten-thousandths.
fn rate(text: &str) -> Option<i64> {
    Decimal::parse(text)?.at_scale(4)
}

fn quantity<'a>(field: &'static str, text: &'a str) -> Result<i64, Wrong<'a>> {
    rate(text)
        .filter(|quantity| *quantity > 0)
        .ok_or((Code::QuantityInvalid, field, text))
}

fn vat(text: Option<&str>) -> Result<Option<i64>, Wrong<'_>> {
    match text {
        None | Some("") => Ok(None),
        Some(text) => rate(text)
            .filter(|rate| (0..=WHOLE).contains(rate))
            .map(Some)
            .ok_or((Code::VatRateInvalid, "vat_rate", text)),
    }
}
