//! Exact decimals: digits and a scale. No floats anywhere.

use crate::domain::text::Digits;

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

/// A whole number, with its sign; the one reader for numbers of all widths, each of which would bring
/// one of its own.
#[must_use]
pub fn whole(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut value = 0i64;
    for byte in digits.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 || value > i64::MAX / 10 - 1 {
            return None;
        }
        value = value.wrapping_mul(10).wrapping_add(i64::from(digit));
    }
    if digits.is_empty() {
        return None;
    }
    Some(if text.starts_with('-') {
        value.wrapping_neg()
    } else {
        value
    })
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
        let mut scale = 0;
        for (place, byte) in whole.bytes().chain(fraction.bytes()).enumerate() {
            if !byte.is_ascii_digit() {
                return None;
            }
            // Past eighteen digits only a fraction of what can be counted is left.
            if place < whole.len().max(18) {
                units = units
                    .checked_mul(10)?
                    .checked_add(i64::from(byte.wrapping_sub(b'0')))?;
                scale = place.saturating_add(1).saturating_sub(whole.len());
            }
        }
        Some(Self {
            units: if negative {
                units.checked_neg()?
            } else {
                units
            },
            scale: u32::try_from(scale).ok()?,
        })
    }

    /// The units at another scale; `None` when digits would be lost or it does not fit.
    #[must_use]
    pub fn at_scale(self, scale: u32) -> Option<i64> {
        let more = scale.checked_sub(self.scale)?;
        self.units.checked_mul(power_of_ten(more)?)
    }

    /// The units at another scale, rounded half away from zero when there are fewer places.
    #[must_use]
    pub fn rounded(self, scale: u32) -> Option<i64> {
        let one = Self { units: 1, scale: 0 };
        self.at_scale(scale).or_else(|| self.times(one, scale))
    }

    /// `self` × `by` in units of 10^-`scale`, rounded once, half away from zero.
    #[must_use]
    pub fn times(self, by: Self, scale: u32) -> Option<i64> {
        let mut product = wide(self.units, by.units);
        let mut places = self.scale.checked_add(by.scale)?;
        // More digits than any amount has, past what a divisor can hold.
        while places > scale.checked_add(18)? {
            let (tenth, _) = long_division(product.unsigned_abs(), 10);
            let tenth = i128::try_from(tenth).ok()?;
            product = if product < 0 {
                tenth.wrapping_neg()
            } else {
                tenth
            };
            places = places.checked_sub(1)?;
        }
        match places.checked_sub(scale) {
            Some(fewer) => divided(product, power_of_ten(fewer)?),
            None => i64::try_from(product)
                .ok()?
                .checked_mul(power_of_ten(scale.checked_sub(places)?)?),
        }
    }

    /// `12.5`, without zeros at the end.
    #[must_use]
    pub fn text(self) -> String {
        let Self {
            mut units,
            mut scale,
        } = self;
        while scale > 0 && units % 10 == 0 {
            units /= 10;
            scale = scale.saturating_sub(1);
        }
        format_units(units, scale)
    }
}

/// `1250`, 2 → `12.50`.
#[must_use]
pub fn format_units(units: i64, scale: u32) -> String {
    if scale == 0 {
        return units.digits();
    }
    let scale = scale as usize;
    let mut digits = units.unsigned_abs().digits();
    if digits.len() <= scale {
        let zeros = scale.saturating_add(1).saturating_sub(digits.len());
        digits.insert_str(0, &"0".repeat(zeros));
    }
    let point = digits.len().saturating_sub(scale);
    let (whole, fraction) = digits.split_at_checked(point).unwrap_or_default();
    [if units < 0 { "-" } else { "" }, whole, ".", fraction].concat()
}

/// `a × b ÷ c`, rounded half away from zero; `None` when it does not fit or `c` is not positive.
#[must_use]
pub fn mul_div(a: i64, b: i64, c: i64) -> Option<i64> {
    divided(wide(a, b), c)
}

/// No product of two of 64 bits is too wide for 128.
fn wide(a: i64, b: i64) -> i128 {
    i128::from(a).wrapping_mul(i128::from(b))
}

fn divided(units: i128, by: i64) -> Option<i64> {
    if by <= 0 {
        return None;
    }
    let half = (by / 2).unsigned_abs();
    let (quotient, _) = long_division(
        units.unsigned_abs().wrapping_add(u128::from(half)),
        by.unsigned_abs(),
    );
    let quotient = i128::try_from(quotient).ok()?;
    i64::try_from(if units < 0 {
        quotient.wrapping_neg()
    } else {
        quotient
    })
    .ok()
}

/// Quotient and remainder, `by` below 2^63; nothing by nothing is nothing. The compiler's own division
/// of 128 bits by 128 is a kilobyte of code, and nothing here divides by more than 63.
#[must_use]
#[inline(never)]
pub fn long_division(units: u128, by: u64) -> (u128, u64) {
    let half = |units: u128| u64::try_from(units).unwrap_or(0);
    let (high, low) = (half(units >> 64), half(units & u128::from(u64::MAX)));
    let divided = |units: u64| {
        let quotient = units.checked_div(by).unwrap_or(0);
        (quotient, units.checked_rem(by).unwrap_or(0))
    };
    let (upper, mut rest) = divided(high);
    let mut lower = 0u64;
    if rest == 0 {
        (lower, rest) = divided(low);
    } else {
        for bit in (0..64).rev() {
            rest = rest.wrapping_shl(1) | (low.wrapping_shr(bit) & 1);
            lower = lower.wrapping_shl(1);
            if rest >= by {
                rest = rest.wrapping_sub(by);
                lower |= 1;
            }
        }
    }
    ((u128::from(upper) << 64) | u128::from(lower), rest)
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
            ("25345.123456789012345", "25345.1234567890123"),
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
        for (value, by, scale, units) in [
            ("250.0000", "0.78460002", 2, Some(19615)),
            ("41.6667", "1", 2, Some(4167)),
            ("-0.005", "1", 2, Some(-1)),
            ("1", "91.123456789012345", 6, Some(91_123_457)),
            ("9000000000000.0001", "0.000000000000001", 4, Some(90)),
            ("90000000000000", "1000000", 6, None),
        ] {
            let [value, by] = [value, by].map(Decimal::parse);
            let times = value.zip(by).and_then(|(value, by)| value.times(by, scale));
            assert_eq!(times, units);
        }
    }

    #[test]
    fn divides_like_the_compiler() {
        let numbers = [
            0u128,
            1,
            9,
            10,
            1 << 63,
            u128::from(u64::MAX),
            1 << 64,
            123_456_789_012_345_678_901_234_567,
        ];
        for units in numbers {
            for by in [1u64, 2, 3, 10, 999_999_937, (1 << 63) - 1] {
                let wide = u128::from(by);
                let expected = (units / wide, u64::try_from(units % wide).unwrap());
                assert_eq!(long_division(units, by), expected, "{units} {by}");
            }
        }
        assert_eq!(long_division(5, 0), (0, 0));
    }
}
