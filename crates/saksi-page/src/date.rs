//! The day that a written date names.

use crate::rules::Rules;
use jiff::civil::Date;
use saksi_lang::First;

/// The day of a date as metadata or a page writes it, ISO 8601; `None` where it names none for certain. `first` says what
/// comes first in a date written in numbers.
///
/// The day is the one written: a time zone says where, and the reader of a record wants the day there.
pub(crate) fn day(written: &str, rules: &Rules, first: Option<First>) -> Option<String> {
    match read(written, rules)? {
        Read::Day(date) => Some(date.to_string()),
        Read::Either { day_first, month_first } => Some(match first? {
            First::Day => day_first.to_string(),
            First::Month => month_first.to_string(),
        }),
    }
}

/// Whether a text names a day, for certain or not.
pub(crate) fn is_date(written: &str, rules: &Rules) -> bool {
    read(written, rules).is_some()
}

/// Whether a text names one of two days, and does not say which.
pub(crate) fn is_undecided(written: &str, rules: &Rules) -> bool {
    matches!(read(written, rules), Some(Read::Either { .. }))
}

/// What a written date may mean.
enum Read {
    Day(Date),
    /// In numbers that may both be months.
    Either {
        day_first: Date,
        month_first: Date,
    },
}

fn read(written: &str, rules: &Rules) -> Option<Read> {
    let written = written.trim();
    iso(written).or_else(|| worded(written, rules)).map(Read::Day).or_else(|| numbers(written, rules))
}

/// Whether a date is a time in UTC, which may be another day where the article was published.
pub(crate) fn is_utc(written: &str) -> bool {
    let written = written.trim_end();
    let zones = ["Z", "+00:00", "+0000", "+00", "-00:00", "UTC", "GMT"];
    written.contains(':') && zones.iter().any(|zone| written.ends_with(zone))
}

/// Whether two days follow each other.
pub(crate) fn are_neighbours(one: &str, other: &str) -> bool {
    let (Ok(one), Ok(other)) = (one.parse::<Date>(), other.parse::<Date>()) else { return false };
    one.tomorrow().is_ok_and(|next| next == other) || other.tomorrow().is_ok_and(|next| next == one)
}

/// Whether a text is a time of day and hardly more: `10.32 WIB`, `9:02 a.m. ET`.
pub(crate) fn is_clock(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let clock = |word: &str| {
        let Some((hour, rest)) = word.split_once([':', '.']) else { return false };
        let minute: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let below = |part: &str, limit: u8| part.len() <= 2 && part.parse().is_ok_and(|value: u8| value < limit);
        below(hour, 24) && minute.len() == 2 && below(&minute, 60)
    };
    words.next().is_some_and(clock) && words.count() <= 3
}

/// `2025-07-13T10:00:00+07:00`, `2025-07-13`, `20250713`, `2025/07/13`.
fn iso(written: &str) -> Option<Date> {
    let bytes = written.as_bytes();
    let number = |range: std::ops::Range<usize>| -> Option<i16> {
        let part = bytes.get(range)?;
        part.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(part).ok()?.parse().ok()).flatten()
    };
    let year = number(0..4)?;
    let date = if matches!(bytes.get(4)?, b'-' | b'/' | b'.') {
        let end = if bytes.get(6).is_some_and(u8::is_ascii_digit) { 7 } else { 6 };
        let month = number(5..end)?;
        if bytes.get(end) != bytes.get(4) {
            return None;
        }
        let two = bytes.get(end + 2).is_some_and(u8::is_ascii_digit);
        let day = number(end + 1..end + 2 + usize::from(two))?;
        (year, month, day)
    } else {
        if bytes.len() > 8 && bytes[8].is_ascii_digit() {
            return None;
        }
        (year, number(4..6)?, number(6..8)?)
    };
    sound(date.0, date.1, date.2)
}

/// `Minggu, 13 Juli 2025 14:30 WIB`, `July 13, 2025`, `13 Jul 2025`: a month by name with a day and a year beside it.
fn worded(written: &str, rules: &Rules) -> Option<Date> {
    let words: Vec<&str> =
        written.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).take(40).collect();
    let number = |at: usize| -> Option<i16> {
        let word = words.get(at)?;
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ordinal = word.len() - digits.len();
        (!digits.is_empty() && (ordinal == 0 || ordinal == 2)).then(|| digits.parse().ok()).flatten()
    };
    (0..words.len()).find_map(|at| {
        let month = rules.month(words[at])?;
        let before = at.checked_sub(1).and_then(number);
        let (next, after) = (number(at + 1), number(at + 2));
        let year = |value: Option<i16>| value.filter(|year| (1900..2200).contains(year));
        if let (Some(day), Some(year)) = (before, year(next)) {
            return sound(year, month, day);
        }
        // "Tue Aug 19 07:14:52 UTC 2025"
        let clock = (at + 2..at + 4).all(|at| number(at).is_some_and(|value| value < 60));
        let behind = || (at + 4..at + 7).find_map(|at| year(number(at))).filter(|_| clock);
        sound(year(after).or_else(behind)?, month, next?)
    })
}

/// `13/07/2025`, `13-07-2025 14:30`, `7/13/2025`: one day, unless both orders are dates.
fn numbers(written: &str, rules: &Rules) -> Option<Read> {
    let parts: Vec<&str> = written.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    parts.windows(3).take(6).find_map(|three| {
        let [day, month, year] = [three[0].parse::<i16>().ok()?, three[1].parse().ok()?, three[2].parse().ok()?];
        let plain = three[0].len() <= 2 && three[1].len() <= 2 && three[2].len() == 4 && (1900..2200).contains(&year);
        let mark = format!("{}/{}/{}", three[0], three[1], three[2]);
        let together = ['/', '-', '.'].iter().any(|with| written.contains(&mark.replace('/', &with.to_string())));
        if !(plain && together) {
            return None;
        }
        match (sound(year, month, day), sound(year, day, month)) {
            (Some(day_first), Some(month_first)) if day_first != month_first => {
                // "02/12/2025 (Tuesday)": the day of the week settles it.
                let told = rules.weekday(written);
                let is_told = |date: &Date| told == Some(date.weekday().to_monday_one_offset());
                let one = [day_first, month_first].into_iter().filter(is_told).collect::<Vec<_>>();
                Some(match one.as_slice() {
                    [date] => Read::Day(*date),
                    _ => Read::Either { day_first, month_first },
                })
            }
            (one, other) => one.or(other).map(Read::Day),
        }
    })
}

fn sound(year: i16, month: i16, day: i16) -> Option<Date> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1900..2200).contains(&year).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use saksi_lang::Pack;

    #[test]
    fn times_of_day_are_told_from_other_numbers() {
        for text in ["10.32 WIB", "9:02 a.m. ET", "23:59"] {
            assert!(is_clock(text), "{text}");
        }
        for text in ["", "10.325 orang", "3.5 juta", "25:00", "10:32 pasukan masuk ke kota itu"] {
            assert!(!is_clock(text), "{text}");
        }
    }

    #[test]
    fn dates_in_many_forms_name_their_day() {
        let packs = [Pack::builtin("id").unwrap(), Pack::builtin("en").unwrap()];
        let rules = Rules::compile(&Pack::builtin("world").unwrap(), &packs).unwrap();
        for written in [
            "2025-07-13T23:59:00+07:00",
            "2025-07-13",
            "20250713T101500Z",
            "2025/07/13 10:00:00",
            "2025-7-13",
            "Minggu, 13 Juli 2025 14:30 WIB",
            "Minggu (13/7/2025)",
            "13 Jul 2025",
            "July 13, 2025 at 9:02 a.m. ET",
            "Jul 13th, 2025",
            "Sun, 13 Jul 2025 10:00:00 +0700",
            "13-07-2025 | 14.30",
            "Sun 13 July 2025 10.00 BST",
            "Ahad, 13 Jul 2025 - 20:00 WITA",
            "7/13/2025",
            "Sun Jul 13 07:14:52 UTC 2025",
        ] {
            assert_eq!(day(written, &rules, None).as_deref(), Some("2025-07-13"), "{written}");
        }
        for written in ["", "2 jam lalu", "13 Juli", "2025-13-40", "1752386400", "Edisi 13/7", "Mei 2025"] {
            assert_eq!(day(written, &rules, Some(First::Day)), None, "{written}");
            assert!(!is_date(written, &rules), "{written}");
        }
    }

    #[test]
    fn a_date_in_numbers_that_may_be_two_needs_to_be_told_what_comes_first() {
        let rules = Rules::compile(&Pack::builtin("world").unwrap(), &[]).unwrap();
        for written in ["03/04/2026", "3-4-2026 10:00", "Terbit 03.04.2026"] {
            assert_eq!(day(written, &rules, None), None, "{written}");
            assert!(is_date(written, &rules) && is_undecided(written, &rules), "{written}");
            assert_eq!(day(written, &rules, Some(First::Day)).as_deref(), Some("2026-04-03"), "{written}");
            assert_eq!(day(written, &rules, Some(First::Month)).as_deref(), Some("2026-03-04"), "{written}");
        }
        let packs = [Pack::builtin("id").unwrap(), Pack::builtin("en").unwrap()];
        let rules = Rules::compile(&Pack::builtin("world").unwrap(), &packs).unwrap();
        assert_eq!(day("Jumat, 03/04/2026", &rules, None).as_deref(), Some("2026-04-03"));
        assert_eq!(day("03/04/2026 (Wednesday)", &rules, None).as_deref(), Some("2026-03-04"));
        assert_eq!(day("Monday 03/04/2026", &rules, None), None);
        assert_eq!(day("04/04/2026", &rules, None).as_deref(), Some("2026-04-04"));
    }
}
