//! The price algebra of product rows (REST documentation, crm.item.productrow.* and
//! crm.deal.productrows.set): which of price, tax and discount follows from which.

use rust_decimal::{Decimal, RoundingStrategy};

/// What a request said about a row's money; `None` is "not said".
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Final unit price, tax included.
    pub price: Option<Decimal>,
    /// The same without tax.
    pub exclusive: Option<Decimal>,
    /// List price without tax.
    pub netto: Option<Decimal>,
    /// List price with tax.
    pub brutto: Option<Decimal>,
    /// How many.
    pub quantity: Option<Decimal>,
    /// 1 absolute, 2 percent.
    pub discount_type: Option<i64>,
    /// Percent.
    pub discount_rate: Option<Decimal>,
    /// Per unit, without tax.
    pub discount_sum: Option<Decimal>,
    /// Percent; `None` is "without VAT".
    pub tax_rate: Option<Decimal>,
}

/// What is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// Final unit price, tax included.
    pub price: Decimal,
    /// The same without tax.
    pub exclusive: Decimal,
    /// List price without tax.
    pub netto: Decimal,
    /// List price with tax.
    pub brutto: Decimal,
    /// How many.
    pub quantity: Decimal,
    /// 1 absolute, 2 percent.
    pub discount_type: i64,
    /// Percent.
    pub discount_rate: Decimal,
    /// Per unit, without tax.
    pub discount_sum: Decimal,
    /// Percent; `None` is "without VAT".
    pub tax_rate: Option<Decimal>,
}

/// Rounds half away from zero to kopecks.
pub fn kopecks(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// A sum that cannot overflow: beyond what the database column holds it is cut to its largest value.
pub fn bounded(value: Decimal) -> Decimal {
    let limit = Decimal::new(9_999_999_999_999_999, 2);
    value.clamp(-limit, limit)
}

/// Works out a row's money; the error is the portal's text.
pub fn settle(said: &Said) -> Result<Money, &'static str> {
    let hundred = Decimal::ONE_HUNDRED;
    let read = |value: Option<Decimal>| value.map(|v| kopecks(bounded(v)));
    let given = |value: Option<Decimal>| read(value).filter(|v| !v.is_zero());
    let tax_rate = read(said.tax_rate).map(|r| r.clamp(Decimal::ZERO, Decimal::from(10_000)));
    let factor = Decimal::ONE + tax_rate.unwrap_or_default() / hundred;
    let price = read(said.price).unwrap_or_default();
    let exclusive = given(said.exclusive).unwrap_or_else(|| kopecks(price / factor));
    let (discount_type, rate_said) = match said.discount_type {
        Some(kind @ (1 | 2)) => (kind, read(said.discount_rate)),
        _ => (2, Some(Decimal::ZERO)),
    };
    let (discount_rate, discount_sum) = if discount_type == 2 {
        percent(exclusive, rate_said, read(said.discount_sum))?
    } else {
        absolute(exclusive, rate_said, read(said.discount_sum))?
    };
    let netto = given(said.netto).unwrap_or_else(|| kopecks(exclusive + discount_sum));
    let brutto = given(said.brutto).unwrap_or_else(|| kopecks(netto * factor));
    let quantity = said.quantity.map_or(Decimal::ONE, |q| {
        bounded(q).round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero)
    });
    let brutto = bounded(brutto);
    Ok(Money {
        price,
        exclusive,
        netto,
        brutto,
        quantity,
        discount_type,
        discount_rate,
        discount_sum,
        tax_rate,
    })
}

fn percent(
    exclusive: Decimal,
    rate: Option<Decimal>,
    sum: Option<Decimal>,
) -> Result<(Decimal, Decimal), &'static str> {
    let hundred = Decimal::ONE_HUNDRED;
    let rate = rate.ok_or(
        "Discount Rate (DISCOUNT_RATE) is required if Percentage Discount Type (DISCOUNT_TYPE_ID) is defined<br>",
    )?;
    let sum = match sum {
        Some(sum) => sum,
        None if rate == hundred => {
            return Err("Discount Sum (DISCOUNT_SUM) is required if Percentage Discount Type \
                (DISCOUNT_TYPE_ID) is defined and Discount Rate (DISCOUNT_RATE) is 100%<br>")
        }
        None => kopecks(exclusive * hundred / (hundred - rate) - exclusive),
    };
    if rate == hundred && sum.is_zero() {
        return Err("Discount Sum (DISCOUNT_SUM) is required if Percentage Discount Type \
            (DISCOUNT_TYPE_ID) is defined and Discount Rate (DISCOUNT_RATE) is 100%<br>");
    }
    Ok((rate, bounded(sum)))
}

fn absolute(
    exclusive: Decimal,
    rate: Option<Decimal>,
    sum: Option<Decimal>,
) -> Result<(Decimal, Decimal), &'static str> {
    let sum = sum.ok_or(
        "Discount Sum (DISCOUNT_SUM) is required if Monetary Discount Type (DISCOUNT_TYPE_ID) is defined<br>",
    )?;
    let full = exclusive + sum;
    let computed = if full.is_zero() { Decimal::ZERO } else { kopecks(Decimal::ONE_HUNDRED * sum / full) };
    Ok((rate.unwrap_or(computed), sum))
}

/// The amount of a row: price times quantity in kopecks.
pub fn amount(price: Decimal, quantity: Decimal) -> Decimal {
    price.checked_mul(quantity).map_or(Decimal::ZERO, |v| kopecks(bounded(v)))
}

/// The tax inside an amount.
pub fn tax_within(amount: Decimal, rate: Option<Decimal>) -> Decimal {
    let rate = rate.unwrap_or_default();
    kopecks(amount * rate / (Decimal::ONE_HUNDRED + rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn percent_row(price: &str, rate: &str, tax: Option<&str>) -> Money {
        settle(&Said {
            price: Some(d(price)),
            discount_type: Some(2),
            discount_rate: Some(d(rate)),
            tax_rate: tax.map(d),
            ..Said::default()
        })
        .unwrap()
    }

    #[test]
    fn golden_rows_of_the_documentation() {
        let rows = [
            ("80000", "20", Some("20"), ["66666.67", "83333.34", "100000.01", "16666.67"]),
            ("90000", "10", Some("10"), ["81818.18", "90909.09", "100000", "9090.91"]),
            ("899.1", "10", None, ["899.1", "999", "999", "99.9"]),
        ];
        for (price, rate, tax, [exclusive, netto, brutto, sum]) in rows {
            let got = percent_row(price, rate, tax);
            assert_eq!(
                (got.exclusive, got.netto, got.brutto, got.discount_sum),
                (d(exclusive), d(netto), d(brutto), d(sum)),
                "{price}"
            );
        }
    }

    #[test]
    fn a_rate_without_a_type_is_ignored() {
        let got =
            settle(&Said { price: Some(d("100")), discount_rate: Some(d("10")), ..Said::default() }).unwrap();
        assert_eq!((got.discount_type, got.discount_rate, got.netto), (2, d("0"), d("100")));
    }

    #[test]
    fn exclusive_alone_leaves_the_price_zero() {
        let got = settle(&Said { exclusive: Some(d("100")), ..Said::default() }).unwrap();
        assert_eq!((got.price, got.exclusive), (d("0"), d("100")));
    }

    #[test]
    fn absolute_discount_computes_its_rate() {
        let said = Said {
            price: Some(d("90")),
            discount_type: Some(1),
            discount_sum: Some(d("10")),
            ..Said::default()
        };
        let got = settle(&said).unwrap();
        assert_eq!((got.discount_rate, got.netto, got.brutto), (d("10"), d("100"), d("100")));
    }

    #[test]
    fn missing_parts_are_named() {
        let kind = |kind| Said { price: Some(d("1")), discount_type: Some(kind), ..Said::default() };
        assert!(settle(&kind(2)).unwrap_err().starts_with("Discount Rate"));
        assert!(settle(&kind(1)).unwrap_err().contains("Monetary"));
        let all = Said { discount_rate: Some(d("100")), ..kind(2) };
        assert!(settle(&all).unwrap_err().contains("100%"));
    }
}
