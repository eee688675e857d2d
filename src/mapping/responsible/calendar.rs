//! Who is at work now, by the hours and absences of the settings, in the shop's own time.

use crate::contract::settings::{Absence, Hours, Responsible};
use crate::domain::time;

/// What keeps a user from an order, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stand {
    /// Nothing.
    AtWork,
    /// It is not his working time.
    Off,
    /// He is away.
    Absent,
    /// He has left.
    Dismissed,
}

/// The present moment as people's clocks and calendars show it.
pub(super) struct Calendar<'a> {
    of: &'a Responsible,
    /// Seconds since 1970 on the shop's own clock.
    local: i64,
    day: i64,
    minute: i64,
}

impl<'a> Calendar<'a> {
    pub(super) fn new(of: &'a Responsible, local: i64) -> Self {
        let (day, minute) = time::of_week(local);
        Self {
            of,
            local,
            day,
            minute,
        }
    }

    /// Where a user stands who has not been dismissed.
    pub(super) fn stand(&self, user: &str) -> Stand {
        let away = |absence: &Absence| {
            absence.user == user
                && span(absence).is_some_and(|(from, to)| from <= self.local && self.local < to)
        };
        if self.of.absences.iter().any(away) {
            return Stand::Absent;
        }
        let mut stand = Stand::AtWork;
        for hours in &self.of.hours {
            if hours.users.iter().any(|one| one == user) {
                if self.within(hours) {
                    return Stand::AtWork;
                }
                stand = Stand::Off;
            }
        }
        stand
    }

    fn within(&self, hours: &Hours) -> bool {
        let on = |day: i64| {
            hours
                .days
                .bytes()
                .any(|digit| i64::from(digit.wrapping_sub(b'0')) == day)
        };
        let (from, to) = (minutes(&hours.from), minutes(&hours.to));
        let (from, to) = (from.unwrap_or(0), to.unwrap_or(0));
        let begun = on(self.day) && self.minute >= from;
        if from < to {
            return begun && self.minute < to;
        }
        // The shift of the day before goes on until `to`.
        let before = if self.day == 1 {
            7
        } else {
            self.day.saturating_sub(1)
        };
        begun || (on(before) && self.minute < to)
    }
}

/// Minutes since midnight of `09:00`.
fn minutes(text: &str) -> Option<i64> {
    time::parse(&["1970-01-01T", text, ":00Z"].concat()).map(|seconds| seconds / 60)
}

/// The first member of a row that cannot be read, and what it says.
#[must_use]
pub fn unreadable(hours: &Hours) -> Option<(&'static str, &str)> {
    let days = &hours.days;
    if days.is_empty() || !days.bytes().all(|digit| (b'1'..=b'7').contains(&digit)) {
        return Some(("/days", days));
    }
    [("/from", &hours.from), ("/to", &hours.to)]
        .into_iter()
        .find(|(_, time)| minutes(time).is_none())
        .map(|(member, time)| (member, time.as_str()))
}

/// When an absence begins and ends on the shop's own clock; nothing when its days are no days, or the
/// last is before the first. No last day: until further notice.
#[must_use]
pub fn span(absence: &Absence) -> Option<(i64, i64)> {
    let midnight = |day: &str| time::parse(&[day, "T00:00:00Z"].concat());
    let from = midnight(&absence.from)?;
    let to = match absence.to.as_str() {
        "" => i64::MAX,
        day => midnight(day)?.saturating_add(86_400),
    };
    (from < to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand(days: &str, from: &str, to: &str, now: &str) -> Stand {
        let of = Responsible {
            hours: vec![Hours {
                users: vec!["6".to_owned()],
                days: days.to_owned(),
                from: from.to_owned(),
                to: to.to_owned(),
            }],
            ..Responsible::default()
        };
        assert_eq!(unreadable(&of.hours[0]), None);
        let local = time::read(now).map(|(moment, offset)| moment + offset);
        Calendar::new(&of, local.unwrap()).stand("6")
    }

    #[test]
    fn works_by_the_shops_own_clock() {
        // 2026-11-23 is a Monday.
        for (days, from, to, now, works) in [
            ("12345", "09:00", "18:00", "2026-11-23T09:00:00+03:00", true),
            (
                "12345",
                "09:00",
                "18:00",
                "2026-11-23T08:59:59+03:00",
                false,
            ),
            (
                "12345",
                "09:00",
                "18:00",
                "2026-11-23T18:00:00+03:00",
                false,
            ),
            (
                "12345",
                "09:00",
                "18:00",
                "2026-11-22T12:00:00+03:00",
                false,
            ),
            // Monday in UTC, Tuesday in Vladivostok.
            ("1", "00:00", "00:00", "2026-11-24T01:00:00+10:00", false),
            ("2", "00:00", "00:00", "2026-11-24T01:00:00+10:00", true),
            // Over midnight: the shift belongs to the day it begins on.
            ("5", "22:00", "06:00", "2026-11-27T23:00:00+03:00", true),
            ("5", "22:00", "06:00", "2026-11-28T05:59:00+03:00", true),
            ("5", "22:00", "06:00", "2026-11-28T06:00:00+03:00", false),
            ("5", "22:00", "06:00", "2026-11-27T05:00:00+03:00", false),
            ("7", "22:00", "06:00", "2026-11-23T01:00:00+03:00", true),
            ("1", "09:00", "09:00", "2026-11-24T08:59:00+03:00", true),
            ("1", "09:00", "09:00", "2026-11-24T09:00:00+03:00", false),
        ] {
            let expected = if works { Stand::AtWork } else { Stand::Off };
            assert_eq!(
                stand(days, from, to, now),
                expected,
                "{days} {from} {to} {now}"
            );
        }
    }

    #[test]
    fn an_absence_is_whole_days_in_the_shops_time() {
        for (from, to, now, away) in [
            (
                "2026-12-29",
                "2027-01-09",
                "2026-12-29T00:00:00+03:00",
                true,
            ),
            (
                "2026-12-29",
                "2027-01-09",
                "2026-12-28T23:59:59+03:00",
                false,
            ),
            (
                "2026-12-29",
                "2027-01-09",
                "2027-01-09T23:59:59+03:00",
                true,
            ),
            (
                "2026-12-29",
                "2027-01-09",
                "2027-01-10T00:00:00+03:00",
                false,
            ),
            ("2026-12-29", "", "2030-01-10T00:00:00+03:00", true),
        ] {
            let absence = Absence {
                user: "6".to_owned(),
                from: from.to_owned(),
                to: to.to_owned(),
            };
            assert!(span(&absence).is_some());
            let of = Responsible {
                absences: vec![absence],
                ..Responsible::default()
            };
            let local = time::read(now).map(|(moment, offset)| moment + offset);
            let calendar = Calendar::new(&of, local.unwrap());
            let expected = if away { Stand::Absent } else { Stand::AtWork };
            assert_eq!(calendar.stand("6"), expected, "{from} {to} {now}");
            assert_eq!(calendar.stand("7"), Stand::AtWork);
        }
    }

    #[test]
    fn says_what_cannot_be_read() {
        for (days, from, to, member) in [
            ("", "09:00", "18:00", "/days"),
            ("08", "09:00", "18:00", "/days"),
            ("1", "9", "18:00", "/from"),
            ("1", "09:00", "24:00", "/to"),
            ("1", "09:60", "18:00", "/from"),
            ("1", "09:00", "", "/to"),
        ] {
            let hours = Hours {
                days: days.to_owned(),
                from: from.to_owned(),
                to: to.to_owned(),
                ..Hours::default()
            };
            assert_eq!(unreadable(&hours).map(|(member, _)| member), Some(member));
        }
        for (from, to) in [
            ("2026-12-30", "2026-12-29"),
            ("29.12.2026", "30.12.2026"),
            ("2026-02-30", "2026-03-01"),
            ("", "2026-03-01"),
        ] {
            let absence = Absence {
                user: "6".to_owned(),
                from: from.to_owned(),
                to: to.to_owned(),
            };
            assert_eq!(span(&absence), None, "{from} {to}");
        }
    }
}
