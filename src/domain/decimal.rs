//! Exact decimals: digits and a scale. No floats anywhere.

/// `units` ÷ 10^`scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// All digits, with the sign.
    pub units: i64,
    /// How many of them stand after the point.
    pub scale: u32,
}

/// 10^`exponent`, when it fits.
#[must_use]
pub fn power_of_ten(exponent: u32) -> Option<i64> {
    10i64.checked_pow(exponent)
}

impl Decimal {
    /// Reads `-12.50`; no exponent, no spaces, no comma. Zeros at the end are dropped.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        if whole.is_empty() || (digits.ends_with('.')) {
            return None;
        }
        let mut units: i64 = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            if !byte.is_ascii_digit() {
                return None;
            }
            units = units
                .checked_mul(10)?
                .checked_add(i64::from(byte.wrapping_sub(b'0')))?;
        }
        Some(Self {
            units: if negative {
                units.checked_neg()?
            } else {
                units
            },
            scale: u32::try_from(fraction.len()).ok()?,
        })
    }

    /// The units at another scale; `None` when digits would be lost or it does not fit.
    #[must_use]
    pub fn at_scale(self, scale: u32) -> Option<i64> {
        let more = scale.checked_sub(self.scale)?;
        self.units.checked_mul(power_of_ten(more)?)
    }

    /// `12.5`, without zeros at the end.
    #[must_use]
    pub fn text(self) -> String {
        let text = format_units(self.units, self.scale);
        if self.scale == 0 {
            return text;
        }
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// `1250`, 2 → `12.50`.
#[must_use]
pub fn format_units(units: i64, scale: u32) -> String {
    let digits = units.unsigned_abs().to_string();
    let scale = scale as usize;
    let mut out = String::with_capacity(digits.len().saturating_add(3));
    if units < 0 {
        out.push('-');
    }
    if scale == 0 {
        out.push_str(&digits);
        return out;
    }
    let padded = if digits.len() > scale {
        digits
    } else {
        let zeros = scale.saturating_add(1).saturating_sub(digits.len());
        ["0".repeat(zeros), digits].concat()
    };
    let point = padded.len().saturating_sub(scale);
    for (place, digit) in padded.chars().enumerate() {
        if place == point {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// `a × b ÷ c`, rounded half away from zero; `None` when it does not fit or `c` is 0.
#[must_use]
pub fn mul_div(a: i64, b: i64, c: i64) -> Option<i64> {
    if c == 0 {
        return None;
    }
    let product = i128::from(a).checked_mul(i128::from(b))?;
    let (divisor, product) = if c < 0 {
        (i128::from(c).checked_neg()?, product.checked_neg()?)
    } else {
        (i128::from(c), product)
    };
    let half = divisor / 2;
    let shifted = if product < 0 {
        product.checked_sub(half)?
    } else {
        product.checked_add(half)?
    };
    i64::try_from(shifted.checked_div(divisor)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes() {
        for (text, again) in [
            ("0", "0"),
            ("12.50", "12.5"),
            ("-0.05", "-0.05"),
            ("1000000.00", "1000000"),
            ("100", "100"),
            ("007.10", "7.1"),
        ] {
            assert_eq!(
                Decimal::parse(text).map(Decimal::text).as_deref(),
                Some(again)
            );
        }
        for junk in [
            "",
            "-",
            ".5",
            "5.",
            "1,5",
            "1e3",
            " 1",
            "+1",
            "1.2.3",
            "99999999999999999999",
        ] {
            assert_eq!(Decimal::parse(junk), None, "{junk}");
        }
    }

    #[test]
    fn rounds_half_away_from_zero() {
        assert_eq!(mul_div(5, 1, 2), Some(3));
        assert_eq!(mul_div(-5, 1, 2), Some(-3));
        assert_eq!(mul_div(4, 1, 3), Some(1));
        assert_eq!(mul_div(i64::MAX, i64::MAX, i64::MAX), Some(i64::MAX));
        assert_eq!(mul_div(1, 1, 0), None);
    }
}
