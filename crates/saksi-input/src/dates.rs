//! When an article was published, as feeds, tables and pages write it.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use saksi_lang::First;

/// The day of publication where it was published, and the moment if it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The day, in the zone it was written in.
    pub day: Date,
    /// Seconds since 1970 in UTC; null if only the day or a time without a zone was given.
    pub moment: Option<i64>,
}

/// What a written date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// One day.
    Day(When),
    /// One of two days, in numbers of which nothing says whether the day or the month comes first.
    Undecided,
}

/// Reads a date as [`when`] does, and one in numbers such as 03/04/2026 by what comes `first` in it.
///
/// ```
/// use saksi_input::{Written, written};
/// use saksi_lang::First;
///
/// assert_eq!(written("03/04/2026", None), Some(Written::Undecided));
/// let Some(Written::Day(when)) = written("03/04/2026", Some(First::Day)) else { panic!() };
/// assert_eq!(when.day.to_string(), "2026-04-03");
/// ```
pub fn written(text: &str, first: Option<First>) -> Option<Written> {
    let text = text.trim();
    when_in_any_form(text).map(Written::Day).or_else(|| numbers(text, first))
}

/// Reads a date: ISO 8601 with or without a time, RFC 2822, seconds or milliseconds since 1970, or numbers
/// such as 13/07/2025.
///
/// A date that could be read in two ways, such as 03/04/2026, is none.
///
/// ```
/// let when = saksi_input::when("Sun, 13 Jul 2025 02:00:00 +0700").unwrap();
/// assert_eq!(when.day.to_string(), "2025-07-13");
/// ```
pub fn when(text: &str) -> Option<When> {
    match written(text, None) {
        Some(Written::Day(when)) => Some(when),
        _ => None,
    }
}

fn when_in_any_form(text: &str) -> Option<When> {
    if text.len() > 64 {
        return None;
    }
    if let Some(when) = iso(text) {
        return Some(when);
    }
    if let Ok(zoned) = rfc2822::parse(text) {
        return Some(When { day: zoned.date(), moment: Some(zoned.timestamp().as_second()) });
    }
    epoch(text)
}

fn iso(text: &str) -> Option<When> {
    let starts_as_date = text.as_bytes().get(..10)?.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !starts_as_date {
        return None;
    }
    let day: Date = text.get(..10)?.parse().ok()?;
    let moment = text.parse::<Timestamp>().ok().map(Timestamp::as_second);
    // A time of day without a zone tells the day and no moment; what is no time at all tells that this is no date.
    (text.len() == 10 || moment.is_some() || text.parse::<DateTime>().is_ok() || text[10..].trim_start().is_empty())
        .then_some(When { day, moment })
}

/// `13/07/2025`, `13-07-2025 14:30`, `7.13.2025`: day, month and year with the same mark between, and perhaps a time after.
fn numbers(text: &str, first: Option<First>) -> Option<Written> {
    let mark = text.chars().find(|c| !c.is_ascii_digit()).filter(|mark| "/-.".contains(*mark))?;
    let date = text.split([' ', 'T', ',']).next()?;
    let time = text[date.len()..].trim_start_matches([' ', 'T', ',']);
    if !(time.is_empty() || time.starts_with(|c: char| c.is_ascii_digit()) && time.contains([':', '.'])) {
        return None;
    }
    let mut parts = date.split(mark);
    let mut part = |most: usize| -> Option<i16> {
        let part = parts.next()?;
        (part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok()).flatten()
    };
    let (one, other, year) = (part(2)?, part(2)?, part(4)?);
    if parts.next().is_some() || !(1900..2200).contains(&year) {
        return None;
    }
    let day = |month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    let day = match (day(other, one), day(one, other)) {
        (Some(day_first), Some(month_first)) if day_first != month_first => match first {
            None => return Some(Written::Undecided),
            Some(First::Day) => day_first,
            Some(First::Month) => month_first,
        },
        (one, other) => one.or(other)?,
    };
    Some(Written::Day(When { day, moment: None }))
}

/// Seconds or milliseconds since 1970, between 1990 and 2100.
fn epoch(text: &str) -> Option<When> {
    if !(9..=13).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let seconds = if text.len() > 10 { number / 1000 } else { number };
    (631_152_000..4_102_444_800).contains(&seconds).then_some(())?;
    let at = Timestamp::from_second(seconds).ok()?;
    Some(When { day: at.to_zoned(jiff::tz::TimeZone::UTC).date(), moment: Some(seconds) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_the_one_of_the_zone_it_was_written_in() {
        let day = |text: &str| when(text).map(|when| when.day.to_string());
        for text in [
            "2025-07-13",
            "2025-07-13T02:00:00+07:00",
            "2025-07-13 02:00:00",
            "2025-07-13T23:59:59.5Z",
            "Sun, 13 Jul 2025 02:00:00 +0700",
            "13 Jul 2025 23:00:00 -0800",
            "Sun, 13 Jul 2025 10:00:00 GMT",
            "1752364800",
            "1752364800000",
            "13/07/2025",
            "13-07-2025",
            "13.7.2025",
            "7/13/2025",
            "13/07/2025 14:30",
            "13/07/2025, 14.30 WIB",
        ] {
            assert_eq!(day(text).as_deref(), Some("2025-07-13"), "{text}");
        }
    }

    #[test]
    fn a_date_that_is_none_or_may_be_two_is_null() {
        for text in [
            "",
            "03/04/2026",
            "2025-02-30",
            "2025-07-13 or so",
            "July",
            "12345",
            "99999999999999",
            "２０２５-07-13",
            "13/07/25",
            "13/07-2025",
            "13/13/2025",
            "13/07/2025 or so",
            "1/2/3/2025",
        ] {
            assert_eq!(when(text), None, "{text}");
        }
    }

    #[test]
    fn the_moment_is_known_only_with_a_zone() {
        assert_eq!(when("1970-01-02T00:00:00Z").unwrap().moment, Some(86400));
        assert_eq!(when("2025-07-13 02:00:00").unwrap().moment, None);
    }
}
