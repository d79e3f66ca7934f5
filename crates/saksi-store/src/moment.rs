//! The place of an event in order of time as one number, so that indexes can hold it.
//!
//! From the top: whether no first day is known (1 bit), first day (22 bits, days since the year 0), how long it may last
//! (14 bits, days and one; 0 where no last day is known) and the beginning of the key (26 bits). Where no first day is known the
//! last day takes its place. A smaller number never comes later; of equal ones, days and keys themselves tell.

use jiff::civil::{Date, date};
use saksi_merge::Event;

/// The least number of an event whose first day is not known.
pub const UNKNOWN: i64 = 1 << 62;
const DAY: u32 = 40;
const LENGTH: u32 = 26;
const LONGEST: i64 = (1 << 14) - 1;
const LAST_DAY: u32 = 38;

/// The number of an event.
pub fn of_event(event: &Event) -> i64 {
    let time = event.time.as_ref();
    moment(time.and_then(|time| time.earliest.as_deref()), time.and_then(|time| time.latest.as_deref()), &event.key)
}

/// The number of an event of these days (ISO 8601) and this key.
pub fn moment(earliest: Option<&str>, latest: Option<&str>, key: &str) -> i64 {
    let last = latest.map(number);
    let Some(first) = earliest.map(number) else {
        return UNKNOWN | last.map_or(0, |last| last + 1) << LAST_DAY | beginning(key);
    };
    let length = last.map_or(0, |last| last - first + 1);
    // where days do not fit, the key must not decide
    let (length, key) = match length {
        0 if last.is_none() => (0, beginning(key)),
        1..LONGEST => (length, beginning(key)),
        _ => (length.clamp(1, LONGEST), 0),
    };
    first << DAY | length << LENGTH | key
}

/// The least number of an event that begins on a day.
pub fn begins(day: &str) -> i64 {
    number(day) << DAY
}

/// The least number of an event that begins after a day.
pub fn begins_after(day: &str) -> i64 {
    (number(day) + 1) << DAY
}

/// The least number of an event of which only the last day is known, and it is this day or a later one.
pub fn ends(day: &str) -> i64 {
    UNKNOWN | (number(day) + 1) << LAST_DAY
}

/// Whether an event whose first day is known may last to a day.
pub fn lasts_to(moment: i64, day: &str) -> bool {
    let length = (moment >> LENGTH) & LONGEST;
    length == 0 || length == LONGEST || (moment >> DAY) + length > number(day)
}

/// Days since the year 0; what is no day counts as the first.
fn number(day: &str) -> i64 {
    let first = date(0, 1, 1);
    let day: Date = day.parse().unwrap_or(first);
    day.duration_since(first).as_hours() / 24
}

/// The beginning of a key of hexadecimal digits; from another character on, what is not before it in order.
fn beginning(key: &str) -> i64 {
    let mut bytes = key.bytes();
    let mut fill = None;
    let mut number = 0;
    for _ in 0..7 {
        let digit = fill.unwrap_or_else(|| match bytes.next() {
            Some(byte @ b'0'..=b'9') => i64::from(byte - b'0'),
            Some(byte @ b'a'..=b'f') => i64::from(byte - b'a') + 10,
            Some(b':'..=b'`') => {
                fill = Some(15);
                9
            }
            Some(b'g'..) => *fill.insert(15),
            _ => *fill.insert(0),
        });
        number = number << 4 | digit;
    }
    number >> 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(number: i64) -> String {
        date(1990, 1, 1).checked_add(jiff::Span::new().days(number)).unwrap().to_string()
    }

    #[test]
    fn days_are_told_from_the_number() {
        let met = moment(Some("2025-07-12"), Some("2025-07-14"), "ab");
        assert!(begins("2025-07-12") <= met && met < begins_after("2025-07-12"));
        assert!(lasts_to(met, "2025-07-14") && !lasts_to(met, "2025-07-15"));
        assert!(lasts_to(moment(Some("2025-07-12"), None, "ab"), "2199-01-01"), "nobody knows when it ended");
        let ended = moment(None, Some("2025-07-14"), "ab");
        assert!(ends("2025-07-14") <= ended && ended < ends("2025-07-15"));
    }

    proptest! {
        #[test]
        fn a_smaller_number_never_comes_later(
            all in prop::collection::vec(
                (prop::option::of(0_i64..60), prop::option::of(prop_oneof![0_i64..90, 16_000_i64..17_000]), "[0-9a-h:-]{0,9}"),
                2..40,
            ),
        ) {
            let mut all: Vec<_> = all
                .into_iter()
                .map(|(first, last, key)| (first.map(day), last.map(day), key))
                .collect();
            all.sort_by_key(|(first, last, key)| (first.is_none(), first.clone(), last.clone(), key.clone()));
            let numbers: Vec<i64> =
                all.iter().map(|(first, last, key)| moment(first.as_deref(), last.as_deref(), key)).collect();
            prop_assert!(numbers.is_sorted(), "{:?}", all);
        }
    }
}
