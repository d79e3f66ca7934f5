//! What is known of a day: forms that take only a day, month or year get no more than that.

use saksi_merge::Interval;

/// Year, month and day, each only where all days between the bounds agree on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) year: Option<i32>,
    pub(crate) month: Option<u32>,
    pub(crate) day: Option<u32>,
}

/// What the bounds of an interval have in common.
pub(crate) fn known(time: Option<&Interval>) -> Known {
    let bound = |text: Option<&str>| text.and_then(parts);
    let Some(time) = time else { return Known::default() };
    let (Some(from), Some(to)) = (bound(time.earliest.as_deref()), bound(time.latest.as_deref())) else {
        return Known::default();
    };
    let year = (from.0 == to.0).then_some(from.0);
    let month = (year.is_some() && from.1 == to.1).then_some(from.1);
    let day = (month.is_some() && from.2 == to.2).then_some(from.2);
    Known { year, month, day }
}

/// The parts of an ISO 8601 day; a clock time behind it is left out.
pub(crate) fn parts(text: &str) -> Option<(i32, u32, u32)> {
    let day = text.get(..10)?;
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return None;
    }
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

/// The day, where it is known, as ISO 8601.
pub(crate) fn day(time: Option<&Interval>) -> Option<String> {
    let known = known(time);
    let (year, month, day) = (known.year?, known.month?, known.day?);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// A day as eight digits.
pub(crate) fn digits(day: &str) -> Option<String> {
    let (year, month, day) = parts(day)?;
    Some(format!("{year:04}{month:02}{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(earliest: &str, latest: &str) -> Interval {
        let bound = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Interval { value: None, earliest: bound(earliest).map(Into::into), latest: bound(latest).map(Into::into) }
    }

    #[test]
    fn only_what_all_days_share_is_known() {
        let of = |earliest, latest| {
            let known = known(Some(&interval(earliest, latest)));
            (known.year, known.month, known.day)
        };
        assert_eq!(of("2025-07-13", "2025-07-13"), (Some(2025), Some(7), Some(13)));
        assert_eq!(of("2025-07-01", "2025-07-31"), (Some(2025), Some(7), None));
        assert_eq!(of("2025-01-01", "2025-12-31"), (Some(2025), None, None));
        assert_eq!(of("2024-07-13", "2025-07-13"), (None, None, None));
        assert_eq!(of("2025-06-13", "2025-07-13"), (Some(2025), None, None));
        assert_eq!(of("2025-07-13", ""), (None, None, None));
        assert_eq!(of("not a day!", "not a day!"), (None, None, None));
    }

    #[test]
    fn a_day_only_where_it_is_one() {
        assert_eq!(day(Some(&interval("2025-07-13", "2025-07-13"))).as_deref(), Some("2025-07-13"));
        assert_eq!(day(Some(&interval("2025-07-13", "2025-07-14"))), None);
        assert_eq!(day(None), None);
    }
}
