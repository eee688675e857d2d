//! Money in minor units of one currency.

use crate::domain::decimal::{format_units, long_division, Decimal};

/// A currency: its code and how many decimals its money has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    /// ISO 4217.
    pub code: String,
    /// Decimals of the minor unit.
    pub decimals: u32,
}

impl Currency {
    /// Reads a code of three capital letters.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        // ISO 4217, table A.1: everything that does not have two decimals.
        let decimals = match code {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF"
            | "UGX" | "UYI" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        };
        Some(Self {
            code: code.to_owned(),
            decimals,
        })
    }

    /// Reads an amount; `None` when it is not a decimal or finer than the currency.
    #[must_use]
    pub fn amount(&self, text: &str) -> Option<i64> {
        Decimal::parse(text)?.at_scale(self.decimals)
    }

    /// Writes an amount of minor units.
    #[must_use]
    pub fn text(&self, minor: i64) -> String {
        format_units(minor, self.decimals)
    }
}

/// Cuts `whole` into parts in proportion to `weights`, by largest remainder: the parts add up to
/// `whole` exactly, and equal weights differ by one at most. All zero weights: the first takes it.
#[must_use]
pub fn spread(whole: i64, weights: &[i64]) -> Vec<i64> {
    let total = weights
        .iter()
        .fold(0i64, |total, weight| total.saturating_add((*weight).max(0)));
    let mut parts = vec![0; weights.len()];
    if total == 0 {
        if let Some(first) = parts.first_mut() {
            *first = whole;
        }
        return parts;
    }
    let size = whole.saturating_abs();
    let mut remainders = Vec::with_capacity(weights.len());
    let mut left = size;
    for (part, weight) in parts.iter_mut().zip(weights) {
        let (share, remainder) = share(size, (*weight).max(0), total);
        left = left.saturating_sub(share);
        *part = share;
        remainders.push(remainder);
    }
    raise(&mut parts, &remainders, left);
    if whole < 0 {
        for part in &mut parts {
            *part = part.saturating_neg();
        }
    }
    parts
}

/// `size` × `weight` ÷ `total` and what is left of it.
fn share(size: i64, weight: i64, total: i64) -> (i64, i64) {
    let product = u128::from(size.unsigned_abs()).wrapping_mul(u128::from(weight.unsigned_abs()));
    let (part, rest) = long_division(product, total.unsigned_abs());
    (
        i64::try_from(part).unwrap_or(i64::MAX),
        i64::try_from(rest).unwrap_or(i64::MAX),
    )
}

/// Adds one to the `count` parts with the largest remainders, the first among equals; never to one
/// whose remainder is negative.
pub fn raise(parts: &mut [i64], remainders: &[i64], count: i64) {
    if count <= 0 {
        return;
    }
    let above = |bar: i64| {
        remainders.iter().fold(0i64, |count, one| {
            count.saturating_add(i64::from(*one > bar))
        })
    };
    // The lowest bar that no more than `count` are above: cheaper than sorting, and far smaller.
    let mut bar = remainders.iter().copied().fold(0, i64::max);
    let mut low = -1i64;
    while bar.saturating_sub(low) > 1 {
        let middle = low.saturating_add(bar.saturating_sub(low) / 2);
        if above(middle) <= count {
            bar = middle;
        } else {
            low = middle;
        }
    }
    let mut equal = count.saturating_sub(above(bar));
    for (part, remainder) in parts.iter_mut().zip(remainders) {
        let raised = *remainder > bar || (*remainder == bar && equal > 0);
        equal = equal.saturating_sub(i64::from(*remainder == bar));
        *part = part.saturating_add(i64::from(raised));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_currency_s_decimals() {
        for (code, text, minor) in [
            ("RUB", "12.50", Some(1250)),
            ("RUB", "12.505", None),
            ("RUB", "12.500", Some(1250)),
            ("JPY", "12", Some(12)),
            ("JPY", "12.5", None),
            ("KWD", "1.234", Some(1234)),
        ] {
            assert_eq!(
                Currency::parse(code).and_then(|c| c.amount(text)),
                minor,
                "{code} {text}"
            );
        }
        for junk in ["", "rub", "RUBL", "РУБ"] {
            assert_eq!(Currency::parse(junk), None);
        }
    }

    #[test]
    fn spreads_without_losing_a_kopeck() {
        assert_eq!(spread(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(spread(-100, &[1, 1, 1]), [-34, -33, -33]);
        assert_eq!(spread(10, &[0, 0]), [10, 0]);
        assert_eq!(spread(-5, &[100, 0, 300]), [-1, 0, -4]);
        assert_eq!(spread(0, &[1, 2]), [0, 0]);
        assert_eq!(spread(7, &[]), [0i64; 0]);
        assert_eq!(spread(i64::MAX, &[i64::MAX, 0]), [i64::MAX, 0]);
        assert_eq!(spread(i64::MAX, &[1, 1]), [i64::MAX / 2 + 1, i64::MAX / 2]);
        assert_eq!(spread(3, &[5, 5, 5, 5]), [1, 1, 1, 0]);
        assert_eq!(spread(i64::MIN, &[1]), [i64::MIN + 1]);
    }

    #[test]
    fn raises_the_largest_remainders() {
        for (count, raised) in [
            (0, [0, 0, 0, 0, 0]),
            (1, [0, 1, 0, 0, 0]),
            (2, [1, 1, 0, 0, 0]),
            (3, [1, 1, 0, 1, 0]),
            (4, [1, 1, 0, 1, 1]),
            (9, [1, 1, 0, 1, 1]),
        ] {
            let mut parts = [0; 5];
            raise(&mut parts, &[3, 9, -1, 3, 0], count);
            assert_eq!(parts, raised, "{count}");
        }
    }
}
