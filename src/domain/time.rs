//! Moments as seconds since 1970, read from and written as RFC 3339. No clock here.
#![cfg_attr(
    not(test),
    expect(
        clippy::arithmetic_side_effects,
        reason = "a date that is read has four digits for its year; days of any moment fit 47 bits"
    )
)]

use crate::domain::decimal::whole;
use crate::domain::text::Digits;

/// Seconds since 1970-01-01T00:00:00Z, or nothing when it is not RFC 3339.
#[must_use]
pub fn parse(text: &str) -> Option<i64> {
    read(text).map(|(moment, _)| moment)
}

/// What [`parse`] gives, and by how many seconds the clock it was read from is ahead of UTC.
#[must_use]
pub fn read(text: &str) -> Option<(i64, i64)> {
    let number = |from: usize, to: usize| -> Option<i64> {
        let part = text.get(from..to)?;
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        whole(part)
    };
    let is = |at: usize, set: &[u8]| {
        text.as_bytes()
            .get(at)
            .is_some_and(|byte| set.contains(byte))
    };
    if !(is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":")) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    // A leap second (60) is the second after 59, as everywhere that counts in UTC days.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let mut rest = text.get(19..)?;
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return None;
        }
        rest = fraction.get(digits..)?;
    }
    let offset = match rest.as_bytes() {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), a, b, b':', c, d]
            if [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()) =>
        {
            let hours = whole(rest.get(1..3)?)?;
            let minutes = whole(rest.get(4..6)?)?;
            let seconds = hours * 3600 + minutes * 60;
            if *sign == b'-' {
                -seconds
            } else {
                seconds
            }
        }
        _ => return None,
    };
    let here = days_before(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    Some((here - offset, offset))
}

/// Day of the week (1 is Monday) and minute of the day of a moment, by the clock that it is counted on.
#[must_use]
pub fn of_week(seconds: i64) -> (i64, i64) {
    // The first day of 1970 was a Thursday.
    let day = (seconds.div_euclid(86_400) + 3).rem_euclid(7) + 1;
    (day, seconds.rem_euclid(86_400) / 60)
}

/// RFC 3339 in UTC.
#[must_use]
pub fn text(seconds: i64) -> String {
    let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let pad = |value: i64, width: usize| {
        let digits = value.digits();
        let zeros = "0000".get(digits.len()..width).unwrap_or("");
        [zeros, &digits].concat()
    };
    [
        &pad(year, 4),
        "-",
        &pad(month, 2),
        "-",
        &pad(day, 2),
        "T",
        &pad(of_day / 3600, 2),
        ":",
        &pad(of_day / 60 % 60, 2),
        ":",
        &pad(of_day % 60, 2),
        "+00:00",
    ]
    .concat()
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

// Days since 1970-01-01, by eras of 400 years that begin in March (Howard Hinnant's algorithm).
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_day_of_the_week() {
        for (written, expected) in [
            ("1970-01-01T00:00:00Z", (4, 0)),
            ("2026-11-23T10:30:59Z", (1, 630)),
            ("2026-11-29T23:59:00Z", (7, 1439)),
            ("1969-12-31T23:59:59Z", (3, 1439)),
        ] {
            assert_eq!(parse(written).map(of_week), Some(expected), "{written}");
        }
    }

    #[test]
    fn reads_and_writes() {
        for (written, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-11-23T10:00:00+03:00", 1_795_417_200),
            ("2024-02-29T23:59:60Z", 1_709_251_200),
            ("2026-11-23T07:00:00.123Z", 1_795_417_200),
        ] {
            assert_eq!(parse(written), Some(seconds), "{written}");
        }
        assert_eq!(
            read("2026-11-23T10:00:00-03:30"),
            Some((1_795_440_600, -12_600))
        );
        assert_eq!(text(1_795_417_200), "2026-11-23T07:00:00+00:00");
        assert_eq!(text(-1), "1969-12-31T23:59:59+00:00");
        for day in (0..200_000).step_by(37) {
            let (year, month, date) = civil(day);
            assert_eq!(days_before(year, month, date), day);
        }
        for junk in [
            "",
            "2026-11-23",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-11-23T10:00:00",
            "2026-11-23T10:00:00+3:00",
            "2026-11-23Т10:00:00Z",
        ] {
            assert_eq!(parse(junk), None, "{junk}");
        }
    }
}
