//! Days as numbers, and the days between which a report puts its event.

use crate::report::Report;
use compact_str::{CompactString, format_compact};
use saksi_record::Status;

/// Days before publication in which an act without a time is taken to have happened: news of a day or two, told once more.
const BEFORE: i32 = 3;
/// Days after publication in which a plan without a time is taken to fall.
const AHEAD: i32 = 30;
/// How long what is said to go on since a day is taken to last, in days, where the article has no date.
const ONGOING: i32 = 366;

/// The number of an ISO 8601 day; 0 is 1 January 1970. After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
pub(crate) fn number(day: &str) -> Option<i32> {
    let bytes = day.as_bytes();
    if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let part = |range: std::ops::Range<usize>| day.get(range)?.parse::<i32>().ok();
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// The ISO 8601 day of a number. After the same.
pub(crate) fn iso(number: i32) -> CompactString {
    let number = number + 719_468;
    let era = number.div_euclid(146_097);
    let of_era = number.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    format_compact!("{year:04}-{month:02}-{day:02}")
}

/// Days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) first: i32,
    pub(crate) last: i32,
    /// Read off the sentence or the day of publication, since the text does not say.
    pub(crate) guessed: bool,
    /// Named by the text, if not for this act.
    pub(crate) named: bool,
}

impl Days {
    /// The days in which the event of a report took place; none if neither it nor the article has a date.
    pub(crate) fn of(report: &Report) -> Option<Self> {
        let published = report.published.as_deref().and_then(number);
        let time = report.time.as_ref();
        let bound = |bound: Option<&CompactString>| bound.and_then(|day| number(day));
        let first = bound(time.and_then(|time| time.earliest.as_ref()));
        let last = bound(time.and_then(|time| time.latest.as_ref()));
        let stated = |first: i32, last: i32| Some(Self { first, last: last.max(first), guessed: false, named: true });
        // What has happened did not happen after it was told: such a time was read wrong.
        let told = report.status == Status::Actual;
        let (first, last) = match (first, published) {
            (Some(day), Some(published)) if told && day > published + 1 => (None, None),
            _ => (first, last),
        };
        let near = report.near_time.as_ref().and_then(|time| {
            let (first, last) = (bound(time.earliest.as_ref())?, bound(time.latest.as_ref())?);
            Some(Self { first, last: last.max(first), guessed: true, named: time.value.is_some() })
        });
        match (first, last) {
            (Some(first), Some(last)) => stated(first, last),
            (Some(first), None) => stated(first, published.unwrap_or(first + ONGOING)),
            (None, Some(last)) => stated(last - ONGOING, last),
            (None, None) if near.is_some() => near,
            (None, None) if report.historical => None,
            (None, None) => published.map(|day| match report.status {
                Status::Future => Self { first: day, last: day + AHEAD, guessed: true, named: false },
                Status::Hypothetical => Self { first: day - BEFORE, last: day + AHEAD, guessed: true, named: false },
                Status::Actual | Status::Negated => {
                    Self { first: day - BEFORE, last: day, guessed: true, named: false }
                }
            }),
        }
    }

    pub(crate) fn length(self) -> i32 {
        self.last - self.first + 1
    }

    /// Days that lie between the two; 0 if they overlap, 1 if one follows the other.
    pub(crate) fn gap(self, other: Self) -> i32 {
        (self.first.max(other.first) - self.last.min(other.last)).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered() {
        for (day, expected) in [
            ("1970-01-01", Some(0)),
            ("2000-03-01", Some(11_017)),
            ("2025-07-13", Some(20_282)),
            ("1969-12-31", Some(-1)),
            ("2024-02-29", Some(19_782)),
            ("2025-13-01", None),
            ("2025-07", None),
            ("soon", None),
        ] {
            assert_eq!(number(day), expected, "{day}");
            if let Some(number) = expected {
                assert_eq!(iso(number), day);
            }
        }
    }

    #[test]
    fn a_gap_is_counted_in_days() {
        let days = |first, last| Days { first, last, guessed: false, named: true };
        assert_eq!(days(1, 3).gap(days(3, 5)), 0);
        assert_eq!(days(1, 3).gap(days(4, 5)), 1);
        assert_eq!(days(9, 9).gap(days(1, 3)), 6);
    }
}
