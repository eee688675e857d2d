//! Dates of the portal: a fixed offset of +03:00, ISO out, anything `strtotime` reads in.

use std::time::{SystemTime, UNIX_EPOCH};

/// The portal's offset from UTC in seconds (Moscow).
pub const OFFSET: i64 = 3 * 3600;
/// Seconds in a day.
pub const DAY: i64 = 86_400;

/// Microseconds since the epoch.
pub fn micros() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_micros() as i64)
}

/// `2026-01-01T10:00:00+03:00`.
pub fn iso(at: i64) -> String {
    let local = at + OFFSET;
    let (y, m, d) = civil(local.div_euclid(DAY));
    let s = local.rem_euclid(DAY);
    format!("{y:04}-{m:02}-{d:02}T{:02}:{:02}:{:02}+03:00", s / 3600, s / 60 % 60, s % 60)
}

/// The first second of a day, as date-only fields print: the hour equals the server's offset.
pub fn day_start(at: i64) -> i64 {
    (at + OFFSET).div_euclid(DAY) * DAY
}

fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

fn days_from_civil(y: i64, m: i64, d: i64) -> i64 {
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + d - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// Reads a date; `None` when it is not one.
///
/// Without an offset the portal's own zone is meant.
pub fn parse(text: &str, now: i64) -> Option<i64> {
    let text = text.trim();
    match text.to_ascii_lowercase().as_str() {
        "" => return None,
        "now" => return Some(now),
        "today" => return Some(day_start(now) - OFFSET),
        "tomorrow" => return Some(day_start(now) - OFFSET + DAY),
        "yesterday" => return Some(day_start(now) - OFFSET - DAY),
        _ => {}
    }
    if let Some(stamp) = text.strip_prefix('@') {
        // Up to the year 9999, like every other form.
        return stamp.parse().ok().filter(|at| (-62_135_596_800..253_402_300_800).contains(at));
    }
    let (date, rest) = split_date(text)?;
    let (y, m, d) = date;
    let lengths = [31, 28 + i64::from(leap(y)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let longest = *lengths.get(usize::try_from(m - 1).ok()?)?;
    if !(1..=longest).contains(&d) {
        return None;
    }
    let (seconds, offset) = time_of_day(rest)?;
    Some(days_from_civil(y, m, d) * DAY + seconds - offset)
}

fn leap(y: i64) -> bool {
    y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)
}

fn split_date(text: &str) -> Option<((i64, i64, i64), &str)> {
    let head = text.get(..10)?;
    let rest = &text[10..];
    let number = |range: std::ops::Range<usize>| -> Option<i64> {
        let digits = head.get(range)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let bytes = head.as_bytes();
    let date = match (bytes[2], bytes[4]) {
        (_, b'-' | b'/') if bytes[7] == bytes[4] => (number(0..4)?, number(5..7)?, number(8..10)?),
        (b'.', _) if bytes[5] == b'.' => (number(6..10)?, number(3..5)?, number(0..2)?),
        _ => return None,
    };
    Some((date, rest))
}

fn time_of_day(text: &str) -> Option<(i64, i64)> {
    let text = text.trim_start_matches(['T', 't', ' ']);
    if text.is_empty() {
        return Some((0, OFFSET));
    }
    let zone_at = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone_at);
    let clock = clock.trim().split('.').next()?;
    let mut seconds = 0;
    let mut parts = 0;
    for (part, (unit, limit)) in clock.split(':').zip([(3600, 24), (60, 60), (1, 61)]) {
        if part.is_empty() || part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let n: i64 = part.parse().ok()?;
        if n >= limit {
            return None;
        }
        seconds += n * unit;
        parts += 1;
    }
    (parts >= 2 && clock.split(':').count() == parts).then_some(())?;
    Some((seconds, zone_offset(zone)?))
}

fn zone_offset(zone: &str) -> Option<i64> {
    if zone.is_empty() {
        return Some(OFFSET);
    }
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
    if !(digits.len() == 2 || digits.len() == 4) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i64 = digits[..2].parse().ok()?;
    let minutes: i64 = digits.get(2..).filter(|m| !m.is_empty()).map_or(Some(0), |m| m.parse().ok())?;
    Some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let at = 1_767_250_800;
        assert_eq!(iso(at), "2026-01-01T10:00:00+03:00");
        assert_eq!(parse(&iso(at), 0), Some(at));
        for same in
            ["2026-01-01 10:00:00", "01.01.2026 10:00", "2026-01-01T07:00:00.25Z", "2026-01-01T09:00:00+0200"]
        {
            assert_eq!(parse(same, 0), Some(at), "{same}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for bad in [
            "",
            "abc",
            "2026-13-01",
            "2026-02-29",
            "2026-01-01T25:00:00",
            "2026-01-01Tx",
            "я".repeat(10).as_str(),
        ] {
            assert_eq!(parse(bad, 0), None, "{bad}");
        }
    }

    #[test]
    fn a_date_alone_prints_with_the_offset_as_hour() {
        let at = parse("2024-08-30", 0).unwrap();
        assert_eq!(iso(day_start(at)), "2024-08-30T03:00:00+03:00");
    }
}
