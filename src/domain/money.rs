//! Money in minor units of one currency.

use crate::domain::decimal::{format_units, Decimal};

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
    let total: i128 = weights
        .iter()
        .map(|weight| i128::from((*weight).max(0)))
        .sum();
    if total == 0 {
        let mut parts = vec![0; weights.len()];
        if let Some(first) = parts.first_mut() {
            *first = whole;
        }
        return parts;
    }
    let size = i128::from(whole).unsigned_abs();
    let total = total.unsigned_abs();
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    let mut left = size;
    for (index, weight) in weights.iter().enumerate() {
        let share = size.saturating_mul(i128::from((*weight).max(0)).unsigned_abs());
        let part = share.checked_div(total).unwrap_or(0);
        left = left.saturating_sub(part);
        parts.push(part);
        let rest = share.checked_rem(total).unwrap_or(0);
        remainders.push((core::cmp::Reverse(rest), index));
    }
    // The largest remainder first; among equals the first line.
    remainders.sort_unstable();
    for (_, index) in remainders {
        if left == 0 {
            break;
        }
        if let Some(part) = parts.get_mut(index) {
            *part = part.saturating_add(1);
            left = left.saturating_sub(1);
        }
    }
    parts
        .into_iter()
        .map(|part| {
            let part = i64::try_from(part).unwrap_or(i64::MAX);
            if whole < 0 {
                part.saturating_neg()
            } else {
                part
            }
        })
        .collect()
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
    }
}
