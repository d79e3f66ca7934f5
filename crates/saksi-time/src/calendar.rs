//! Points and stretches of the calendar, their TIMEX3 spelling and their bounds in days.

use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A unit of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Unit {
    const ALL: [(&'static str, Self); 12] = [
        ("S", Self::Second),
        ("MIN", Self::Minute),
        ("H", Self::Hour),
        ("D", Self::Day),
        ("WE", Self::Weekend),
        ("W", Self::Week),
        ("M", Self::Month),
        ("Q", Self::Quarter),
        ("HY", Self::Half),
        ("Y", Self::Year),
        ("DE", Self::Decade),
        ("CE", Self::Century),
    ];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(name, _)| *name == text).map(|(_, unit)| unit)
    }

    pub(crate) fn index(self) -> i32 {
        Self::ALL.iter().position(|(_, unit)| *unit == self).unwrap_or_default() as i32
    }

    pub(crate) fn from_index(index: i32) -> Option<Self> {
        Self::ALL.get(usize::try_from(index).ok()?).map(|(_, unit)| *unit)
    }

    /// Shorter than a day.
    pub(crate) fn is_clock(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }

    /// The TIMEX3 duration of `count` (as spelled: `3`, `2.5`, `X`) such units.
    pub(crate) fn duration(self, count: &str) -> String {
        match self {
            Self::Second => format!("PT{count}S"),
            Self::Minute => format!("PT{count}M"),
            Self::Hour => format!("PT{count}H"),
            Self::Day => format!("P{count}D"),
            Self::Weekend => format!("P{count}WE"),
            Self::Week => format!("P{count}W"),
            Self::Month => format!("P{count}M"),
            Self::Quarter => format!("P{count}Q"),
            Self::Half => count.parse::<u32>().map_or_else(|_| "PXM".to_owned(), |count| format!("P{}M", count * 6)),
            Self::Year => format!("P{count}Y"),
            Self::Decade => format!("P{count}DE"),
            Self::Century => format!("P{count}CE"),
        }
    }

    /// `count` such units as a calendar span; parts of a day count as none. None if out of the calendar's reach.
    pub(crate) fn span(self, count: i32) -> Option<Span> {
        let (span, count) = (Span::new(), i64::from(count));
        match self {
            Self::Second | Self::Minute => Some(span),
            Self::Hour => span.try_days(count / 24).ok(),
            Self::Day => span.try_days(count).ok(),
            Self::Weekend | Self::Week => span.try_weeks(count).ok(),
            Self::Month => span.try_months(count).ok(),
            Self::Quarter => span.try_months(count * 3).ok(),
            Self::Half => span.try_months(count * 6).ok(),
            Self::Year => span.try_years(count).ok(),
            Self::Decade => span.try_years(count * 10).ok(),
            Self::Century => span.try_years(count * 100).ok(),
        }
    }
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    Daytime,
    Noon,
    Midnight,
}

impl Part {
    const ALL: [(&'static str, Self); 8] = [
        ("MO", Self::Morning),
        ("MI", Self::Midday),
        ("AF", Self::Afternoon),
        ("EV", Self::Evening),
        ("NI", Self::Night),
        ("DT", Self::Daytime),
        ("12:00", Self::Noon),
        ("24:00", Self::Midnight),
    ];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(name, _)| *name == text).map(|(_, part)| part)
    }

    pub(crate) fn index(self) -> i32 {
        Self::ALL.iter().position(|(_, part)| *part == self).unwrap_or_default() as i32
    }

    pub(crate) fn from_index(index: i32) -> Option<Self> {
        Self::ALL.get(usize::try_from(index).ok()?).map(|(_, part)| *part)
    }

    fn as_str(self) -> &'static str {
        Self::ALL[self.index() as usize].0
    }

    /// Whether an hour of the twelve-hour clock beside this word is after noon.
    pub(crate) fn after_noon(self, hour: u8) -> bool {
        match self {
            Self::Afternoon | Self::Evening => true,
            Self::Night => hour >= 6,
            Self::Midday => hour < 6,
            _ => false,
        }
    }
}

/// A point or stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    Century(i16),
    Decade(i16),
    Year(i16),
    Half(i16, i8),
    Quarter(i16, i8),
    /// EDTF season code, 21 spring to 24 winter.
    Season(i16, i8),
    Month(i16, i8),
    /// Its Monday.
    Week(Date),
    /// The Monday of its week.
    Weekend(Date),
    Day(Date),
    Part(Date, Part),
    Clock(Date, u8, u8),
}

/// The first and last day.
pub(crate) type Bounds = (Date, Date);

fn ymd(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn months(year: i16, first: i8, count: i32) -> Option<Bounds> {
    let start = ymd(year, first, 1)?;
    Some((start, start.checked_add(Unit::Month.span(count)?).ok()?.yesterday().ok()?))
}

fn years(first: i16, last: i16) -> Option<Bounds> {
    Some((ymd(first, 1, 1)?, ymd(last, 12, 31)?))
}

/// The Monday of the week of `day`.
pub(crate) fn monday(day: Date) -> Date {
    plus_days(day, -i32::from(day.weekday().to_monday_zero_offset())).unwrap_or(day)
}

/// `day` moved by `count` days, if the calendar reaches that far.
pub(crate) fn plus_days(day: Date, count: i32) -> Option<Date> {
    day.checked_add(Span::new().try_days(i64::from(count)).ok()?).ok()
}

/// The weekday of number 1 (Monday) to 7.
pub(crate) fn weekday(number: i32) -> Option<Weekday> {
    Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok()
}

impl Point {
    /// Whether it tells a time of day.
    pub(crate) fn has_time(self) -> bool {
        matches!(self, Self::Part(..) | Self::Clock(..))
    }

    /// The day, if it is one.
    pub(crate) fn day(self) -> Option<Date> {
        match self {
            Self::Day(day) | Self::Part(day, _) | Self::Clock(day, ..) => Some(day),
            _ => None,
        }
    }

    /// First and last day; none if out of the calendar.
    pub(crate) fn bounds(self) -> Option<Bounds> {
        match self {
            Self::Century(century) => {
                let first = century.checked_sub(1)?.checked_mul(100)?; // the years that begin with its value
                years(first, first.checked_add(99)?)
            }
            Self::Decade(decade) => {
                let first = decade.checked_mul(10)?;
                years(first, first.checked_add(9)?)
            }
            Self::Year(year) => years(year, year),
            Self::Half(year, half) => months(year, half * 6 - 5, 6),
            Self::Quarter(year, quarter) => months(year, quarter * 3 - 2, 3),
            Self::Season(year, season) => months(year, (season - 20) * 3, 3),
            Self::Month(year, month) => months(year, month, 1),
            Self::Week(monday) => Some((monday, plus_days(monday, 6)?)),
            Self::Weekend(monday) => Some((plus_days(monday, 5)?, plus_days(monday, 6)?)),
            Self::Day(day) | Self::Part(day, _) | Self::Clock(day, ..) => Some((day, day)),
        }
    }

    /// TIMEX3 value.
    pub(crate) fn value(self) -> String {
        match self {
            Self::Century(century) => format!("{:02}", century - 1),
            Self::Decade(decade) => format!("{decade:03}"),
            Self::Year(year) => format!("{year:04}"),
            Self::Half(year, half) => format!("{year:04}-H{half}"),
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Season(year, season) => {
                let name = match season {
                    21 => "SP",
                    22 => "SU",
                    23 => "FA",
                    _ => "WI",
                };
                format!("{year:04}-{name}")
            }
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Week(monday) => week(monday.iso_week_date()),
            Self::Weekend(monday) => format!("{}-WE", week(monday.iso_week_date())),
            Self::Day(day) => day.to_string(),
            Self::Part(day, part) => format!("{day}T{}", part.as_str()),
            Self::Clock(day, hour, minute) => format!("{day}T{hour:02}:{minute:02}"),
        }
    }

    /// The stretch of size `unit` that holds it, moved by `count` such units.
    pub(crate) fn moved(self, unit: Unit, count: i32) -> Option<Self> {
        let day = self.bounds()?.0;
        if unit.is_clock() {
            return match self {
                Self::Clock(day, hour, minute) => {
                    let step = match unit {
                        Unit::Hour => count.checked_mul(60)?,
                        Unit::Minute => count,
                        _ => 0,
                    };
                    let total = (i32::from(hour) * 60 + i32::from(minute)).checked_add(step)?;
                    let day = plus_days(day, total.div_euclid(1440))?;
                    let rest = total.rem_euclid(1440);
                    Some(Self::Clock(day, (rest / 60) as u8, (rest % 60) as u8))
                }
                _ => None,
            };
        }
        let moved = day.checked_add(unit.span(count)?).ok()?;
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour => return None,
            Unit::Day => Self::Day(moved),
            Unit::Week => Self::Week(monday(moved)),
            Unit::Weekend => Self::Weekend(monday(moved)),
            Unit::Month => Self::Month(moved.year(), moved.month()),
            Unit::Quarter => Self::Quarter(moved.year(), (moved.month() + 2) / 3),
            Unit::Half => Self::Half(moved.year(), (moved.month() + 5) / 6),
            Unit::Year => Self::Year(moved.year()),
            Unit::Decade => Self::Decade(moved.year().div_euclid(10)),
            Unit::Century => Self::Century(moved.year().div_euclid(100) + 1),
        })
    }
}

fn week(date: ISOWeekDate) -> String {
    format!("{:04}-W{:02}", date.year(), date.week())
}

/// A third of the bounds: 0 the first, 1 the middle, 2 the last; 3 and 4 the first and second half.
pub(crate) fn portion((first, last): Bounds, portion: i32) -> Bounds {
    let length = first.until(last).map_or(0, |span| span.get_days()) + 1;
    if length < 3 {
        return (first, last);
    }
    let (from, to) = match portion {
        0 => (0, length.div_ceil_by(3) - 1),
        1 => (length / 3, length - length / 3 - 1),
        2 => (length - length.div_ceil_by(3), length - 1),
        3 => (0, length.div_ceil_by(2) - 1),
        _ => (length / 2, length - 1),
    };
    (plus_days(first, from).unwrap_or(first), plus_days(first, to).unwrap_or(last))
}

trait CeilBy {
    fn div_ceil_by(self, by: i32) -> i32;
}

impl CeilBy for i32 {
    fn div_ceil_by(self, by: i32) -> i32 {
        (self + by - 1) / by
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_is_spelled_by_its_iso_year() {
        assert_eq!(Point::Week(monday(date(2024, 12, 31))).value(), "2025-W01");
    }

    #[test]
    fn thirds_of_a_month_share_it_out() {
        let may = Point::Month(2025, 5).bounds().unwrap();
        assert_eq!(portion(may, 0), (date(2025, 5, 1), date(2025, 5, 11)));
        assert_eq!(portion(may, 2), (date(2025, 5, 21), date(2025, 5, 31)));
    }

    #[test]
    fn hours_cross_midnight() {
        let late = Point::Clock(date(2025, 5, 31), 23, 30);
        assert_eq!(late.moved(Unit::Hour, 2), Some(Point::Clock(date(2025, 6, 1), 1, 30)));
    }
}
