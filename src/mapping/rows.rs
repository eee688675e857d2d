//! Product rows that add up to the order's total, to the kopeck.
//!
//! Bitrix24: REST documentation, "Product rows": `price` is the final price of one, after
//! discounts, tax included; the deal's amount is the sum of round(price × quantity, 2).

use crate::contract::limits::MAX_LINES;
use crate::contract::order::{ChargeKind, Line, Order};
use crate::contract::write::writes;
use crate::domain::decimal::{mul_div, power_of_ten, Decimal};
use crate::domain::money::{spread, Currency};
use crate::domain::text::lower;
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
    /// The order's total, minor units.
    pub total: i64,
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

struct Goods<'a> {
    line: &'a Line,
    quantity: Decimal,
    amount: i64,
}

/// The rows of an order.
///
/// # Errors
/// What cannot be read of the order, with its place below `at`.
pub fn rows(order: &Order, at: &str) -> Result<Rows, Problem> {
    let currency = Currency::parse(&order.currency).ok_or_else(|| {
        Problem::new(Code::CurrencyInvalid)
            .at([at, "/currency"].concat())
            .with("value", order.currency.clone())
    })?;
    if order.lines.len() > MAX_LINES {
        return Err(Problem::new(Code::LinesTooMany)
            .at([at, "/lines"].concat())
            .with("limit", MAX_LINES.to_string()));
    }
    let amount = |text: &str, place: String| {
        currency.amount(text).ok_or_else(|| {
            Problem::new(Code::AmountInvalid)
                .at(place)
                .with("value", text)
        })
    };
    let total = amount(&order.total, [at, "/total"].concat())?;

    let mut goods = Vec::with_capacity(order.lines.len());
    for (index, line) in order.lines.iter().enumerate() {
        goods.push(read_line(line, &currency, &format!("{at}/lines/{index}"))?);
    }
    let mut lowering = 0i64;
    let mut extra = Vec::new();
    for (index, charge) in order.charges.iter().enumerate() {
        let place = format!("{at}/charges/{index}");
        let sum = amount(&charge.amount, [&place, "/amount"].concat())?;
        check_vat(charge.vat_rate.as_deref(), &place)?;
        // The shop's rounding, up or down, belongs to the goods: nobody buys a row "rounding".
        if sum < 0 || charge.kind == ChargeKind::Rounding {
            lowering = lowering.saturating_add(sum);
        } else if sum > 0 {
            extra.push((charge, sum));
        }
    }
    let worth = goods.iter().map(|item| item.amount).collect();
    spread_over(&mut goods, &mut extra, lowering);

    let mut rows = Vec::with_capacity(goods.len().saturating_add(extra.len()));
    for item in &goods {
        push_goods(&mut rows, item, &currency);
    }
    for (charge, sum) in &extra {
        rows.push(Row {
            name: charge_name(charge),
            sku: String::new(),
            price: currency.text(*sum),
            quantity: "1".to_owned(),
            sum: currency.text(*sum),
            vat_rate: charge.vat_rate.clone().filter(|rate| !rate.is_empty()),
            measure_code: PIECES.0.to_owned(),
            measure: PIECES.1.to_owned(),
        });
    }
    let sum = goods
        .iter()
        .map(|item| item.amount)
        .chain(extra.iter().map(|(_, sum)| *sum))
        .fold(0i64, i64::saturating_add);
    Ok(Rows {
        rows,
        total,
        sum,
        worth,
        currency,
    })
}

fn read_line<'a>(line: &'a Line, currency: &Currency, at: &str) -> Result<Goods<'a>, Problem> {
    let quantity = Decimal::parse(&line.quantity)
        .filter(|quantity| quantity.units > 0 && quantity.scale <= 4)
        .ok_or_else(|| {
            Problem::new(Code::QuantityInvalid)
                .at([at, "/quantity"].concat())
                .with("value", line.quantity.clone())
        })?;
    check_vat(line.vat_rate.as_deref(), at)?;
    let invalid = |field: &str, value: &str| {
        Problem::new(Code::AmountInvalid)
            .at([at, "/", field].concat())
            .with("value", value)
    };
    let amount = if line.total.is_empty() {
        Decimal::parse(&line.price)
            .and_then(|price| price_times(price, quantity, currency.decimals))
            .ok_or_else(|| invalid("price", &line.price))?
    } else {
        currency
            .amount(&line.total)
            .ok_or_else(|| invalid("total", &line.total))?
    };
    if amount < 0 {
        return Err(invalid("total", &line.total));
    }
    Ok(Goods {
        line,
        quantity,
        amount,
    })
}

fn check_vat(rate: Option<&str>, at: &str) -> Result<(), Problem> {
    match rate {
        None | Some("") => Ok(()),
        Some(rate) => match Decimal::parse(rate).and_then(|rate| rate.at_scale(4)) {
            Some(0..=1_000_000) => Ok(()),
            _ => Err(Problem::new(Code::VatRateInvalid)
                .at([at, "/vat_rate"].concat())
                .with("value", rate)),
        },
    }
}

/// round(price × quantity) in minor units.
fn price_times(price: Decimal, quantity: Decimal, decimals: u32) -> Option<i64> {
    let scale = price.scale.checked_add(quantity.scale)?;
    if let Some(fewer) = scale.checked_sub(decimals) {
        mul_div(price.units, quantity.units, power_of_ten(fewer)?)
    } else {
        price
            .units
            .checked_mul(quantity.units)?
            .checked_mul(power_of_ten(decimals.checked_sub(scale)?)?)
    }
}

/// Discounts lower the goods in proportion; what the goods cannot bear lowers the delivery.
fn spread_over(
    goods: &mut [Goods<'_>],
    extra: &mut Vec<(&crate::contract::order::Charge, i64)>,
    change: i64,
) {
    let worth: i64 = goods
        .iter()
        .map(|item| item.amount)
        .fold(0, i64::saturating_add);
    let of_goods = change.max(worth.saturating_neg());
    let weights: Vec<i64> = goods.iter().map(|item| item.amount).collect();
    let can_take = worth > 0 || change > 0;
    if can_take {
        for (item, part) in goods.iter_mut().zip(spread(of_goods, &weights)) {
            item.amount = item.amount.saturating_add(part);
        }
    }
    let mut left = change.saturating_sub(if can_take && !weights.is_empty() {
        of_goods
    } else {
        0
    });
    for (_, sum) in extra.iter_mut() {
        let part = left.max(sum.saturating_neg()).min(0);
        *sum = sum.saturating_add(part);
        left = left.saturating_sub(part);
    }
    extra.retain(|(_, sum)| *sum != 0);
}

/// One row where one price gives the amount; two where a kopeck is left over; for weights and
/// lengths whose price cannot be told in kopecks, one row for the whole line.
fn push_goods(rows: &mut Vec<Row>, item: &Goods<'_>, currency: &Currency) {
    let (measure_code, measure) = measure(&item.line.unit);
    let row = |price: i64, quantity: String, sum: i64| Row {
        name: line_name(item.line, None),
        sku: item.line.sku.trim().to_owned(),
        price: currency.text(price),
        quantity,
        sum: currency.text(sum),
        vat_rate: item.line.vat_rate.clone().filter(|rate| !rate.is_empty()),
        measure_code: measure_code.to_owned(),
        measure: measure.to_owned(),
    };
    if item.quantity.scale == 0 {
        let count = item.quantity.units;
        let price = item.amount.checked_div(count).unwrap_or(0);
        let dearer = item.amount.checked_rem(count).unwrap_or(0);
        let cheaper = count.saturating_sub(dearer);
        rows.push(row(
            price,
            cheaper.to_string(),
            price.saturating_mul(cheaper),
        ));
        if dearer > 0 {
            let price = price.saturating_add(1);
            rows.push(row(price, dearer.to_string(), price.saturating_mul(dearer)));
        }
        return;
    }
    let fits = power_of_ten(item.quantity.scale)
        .and_then(|one| mul_div(item.amount, one, item.quantity.units))
        .filter(|price| {
            let price = Decimal {
                units: *price,
                scale: currency.decimals,
            };
            price_times(price, item.quantity, currency.decimals) == Some(item.amount)
        });
    match fits {
        Some(price) => rows.push(row(price, item.quantity.text(), item.amount)),
        None => rows.push(Row {
            name: line_name(
                item.line,
                Some(&[&item.quantity.text(), " ", measure].concat()),
            ),
            measure_code: PIECES.0.to_owned(),
            measure: PIECES.1.to_owned(),
            ..row(item.amount, "1".to_owned(), item.amount)
        }),
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

// Marked, so that a reader of the deal, or of its rows, tells it from goods.
fn charge_name(charge: &crate::contract::order::Charge) -> String {
    let mark = match charge.kind {
        ChargeKind::Shipping => "Доставка",
        _ => "Наценка",
    };
    match charge.name.trim() {
        "" => mark.to_owned(),
        name if lower(name).starts_with(&lower(mark)) => name.to_owned(),
        name => [mark, ": ", name].concat(),
    }
}

const PIECES: (&str, &str) = ("796", "шт");

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
