//! Makes values of what the rules captured.

use crate::calendar::{Bounds, Point, Unit, monday, plus_days, portion, weekday};
use crate::classes::{Caps, Count};
use crate::rules::{Make, Rule};
use crate::tense::Tense;
use jiff::civil::Date;
use saksi_record::{Anchor, Timex};

/// Days after publication within which a date without a year is read as coming, though no word says so: a writer
/// who means last year's 6 November on 31 October would say the year.
const SOON: i32 = 45;

/// How old a "coming" date may be before it is read as that of next year instead: "due by 18 August" on the 20th.
const JUST_MISSED: i32 = 60;

/// A value with its bounds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Made {
    pub(crate) timex: Timex,
    pub(crate) value: Option<String>,
    pub(crate) bounds: Option<Bounds>,
    pub(crate) anchor: Anchor,
    /// For later times that refer to this one.
    pub(crate) point: Option<Point>,
}

/// What a value may depend on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope {
    pub(crate) published: Option<Date>,
    /// The time named last in the text.
    pub(crate) named: Option<Point>,
    /// The day named last in the text.
    pub(crate) named_day: Option<Point>,
    /// The time named last that lies in a year before publication.
    pub(crate) past: Option<Point>,
    /// The time named last in the same sentence.
    pub(crate) beside: Option<Point>,
    pub(crate) tense: Tense,
}

impl Made {
    fn open(timex: Timex) -> Self {
        Self { timex, value: None, bounds: None, anchor: Anchor::None, point: None }
    }

    fn at(point: Point, anchor: Anchor) -> Self {
        let timex = if point.has_time() { Timex::Time } else { Timex::Date };
        let Some(bounds) = point.bounds().filter(|(first, _)| first.year() > 0) else { return Self::open(timex) };
        Self { timex, value: Some(point.value()), bounds: Some(bounds), anchor, point: Some(point) }
    }

    fn length(value: String, bounds: Option<Bounds>) -> Self {
        let bounds = bounds.filter(|(first, _)| first.year() > 0);
        let anchor = if bounds.is_some() { Anchor::Publication } else { Anchor::None };
        Self { timex: Timex::Duration, value: Some(value), bounds, anchor, point: None }
    }
}

/// The value of a match; none where the rule does not apply after all.
pub(crate) fn make(how: Make, rule: &Rule, caps: &Caps, scope: &Scope) -> Option<Made> {
    let caps = &Caps { part: caps.part.or(rule.part), ..*caps };
    let unit = caps.unit.or(rule.unit);
    let whole = caps.count.map_or(1, |count| count.whole);
    let vague = caps.count.is_some_and(|count| count.vague);
    let timex = if caps.part.is_some() || caps.clock.is_some() { Timex::Time } else { Timex::Date };
    let made = match how {
        Make::Date => date(caps, scope)?,
        Make::Numeric => numeric(caps, scope)?,
        Make::Nearest => nearest(caps, scope)?,
        Make::WeekdayOfWeek => match scope.published {
            Some(published) => {
                let week = plus_days(monday(published), 7 * caps.shift.unwrap_or(rule.by))?;
                with_time(plus_days(week, caps.weekday? - 1)?, caps, Anchor::Publication)
            }
            None => Made::open(timex),
        },
        Make::Unit => match scope.published {
            Some(published) => shifted(unit?, caps.shift.unwrap_or(rule.by), published, scope.tense)?,
            None => Made::open(timex),
        },
        Make::Ago if vague || unit?.is_clock() => length_only(unit?, caps),
        Make::Ago => match scope.published {
            Some(published) => {
                let count = whole.checked_mul(caps.shift.unwrap_or(rule.by))?;
                refined(ago(Point::Day(published), unit?, count)?, caps, Anchor::Publication)
            }
            None => Made::open(timex),
        },
        Make::Text if vague => length_only(unit?, caps),
        // "that July": of the year named last
        Make::Text if caps.month.is_some() => {
            let year = scope.named.and_then(Point::bounds).map(|(first, _)| first.year());
            match year.zip(caps.month) {
                Some((year, month)) => refined(Point::Month(year, month), caps, Anchor::Text),
                None => Made::open(timex),
            }
        }
        Make::Text => {
            let unit = if caps.part.is_some() { Unit::Day } else { unit? };
            let fine = unit == Unit::Day || unit.is_clock();
            let named = if fine { scope.named_day } else { scope.named };
            let published = scope.published.map(|published| (Point::Day(published), Anchor::Publication));
            match named.map(|point| (point, Anchor::Text)).or(published) {
                Some((base, anchor)) => {
                    let count = whole.checked_mul(rule.by)?;
                    let from = |base: Point| {
                        let base = if unit == Unit::Day { base.day().map_or(base, Point::Day) } else { base };
                        ago(base, unit, count)
                    };
                    // "two years later, bombers killed 15": what is told as past is later than the past that was named
                    let ahead = |point: &Point| {
                        let first = point.bounds().map(|(first, _)| first);
                        rule.by > 0 && scope.tense != Tense::Future && first > scope.published
                    };
                    let reached = from(base);
                    let earlier = || scope.past.and_then(from).filter(|point| !ahead(point));
                    match reached.filter(|point| !ahead(point)).or_else(earlier).or(reached) {
                        Some(point) => refined(point, caps, anchor),
                        None => length_only(unit, caps),
                    }
                }
                None => Made::open(timex),
            }
        }
        Make::Deictic => match scope.published {
            Some(published) => {
                let day = plus_days(published, caps.deictic.unwrap_or(0).checked_add(rule.by)?)?;
                with_time(day, caps, Anchor::Publication)
            }
            None => Made::open(timex),
        },
        Make::OfDay => of_day(caps, scope),
        Make::Duration | Make::DurationPast | Make::DurationNext => {
            let spelled = caps.count.map_or_else(|| if rule.by < 0 { "X" } else { "1" }.to_owned(), Count::spelled);
            let bounds = scope.published.filter(|_| !vague && rule.by >= 0).and_then(|published| {
                let span = unit?.span(whole)?;
                match how {
                    Make::DurationPast => Some((published.checked_sub(span).ok()?, published)),
                    Make::DurationNext => Some((published, published.checked_add(span).ok()?)),
                    _ => None,
                }
            });
            Made::length(unit?.duration(&spelled), bounds)
        }
        Make::Set => {
            // TIMEX3 writes what recurs with X for the digits left open: every Monday is XXXX-WXX-1 (TimeML's TIMEX3, type SET)
            let value = if let Some(weekday) = caps.weekday {
                format!("XXXX-WXX-{weekday}")
            } else if let Some(month) = caps.month {
                format!("XXXX-{month:02}")
            } else if let Some(part) = caps.part {
                let day = Point::Part(Date::constant(2000, 1, 1), part).value();
                format!("XXXX-XX-XX{}", day.get(10..)?)
            } else {
                unit?.duration(&caps.count.map_or_else(|| "1".to_owned(), Count::spelled))
            };
            Made { timex: Timex::Set, value: Some(value), bounds: None, anchor: Anchor::None, point: None }
        }
        Make::Decade => {
            let decade = match (caps.decade, caps.year) {
                (Some(decade), _) => decade,
                (None, Some(year)) if year % 10 == 0 => year / 10,
                _ => return None,
            };
            Made::at(Point::Decade(decade), Anchor::Stated)
        }
        Make::Century => {
            let century = i16::try_from(caps.ordinal?).ok().filter(|century| (1..=30).contains(century))?;
            Made::at(Point::Century(century), Anchor::Stated)
        }
        Make::Quarter | Make::Half => {
            let most = if how == Make::Quarter { 4 } else { 2 };
            let number = i8::try_from(caps.ordinal?).ok().filter(|number| (1..=most).contains(number))?;
            match year(caps, scope) {
                Some((year, anchor)) => {
                    let point = if most == 4 { Point::Quarter(year, number) } else { Point::Half(year, number) };
                    Made::at(point, anchor)
                }
                None => Made::open(timex),
            }
        }
        Make::Range => range(caps, scope)?,
        Make::Pair | Make::Nothing => return None, // a pair is made as two dates by the caller
    };
    Some(match caps.portion {
        Some(third) => Made { bounds: made.bounds.map(|bounds| portion(bounds, third)), ..made },
        None => made,
    })
}

/// "Several days later", "six minutes later": how long is all that can be told.
fn length_only(unit: Unit, caps: &Caps) -> Made {
    Made::length(unit.duration(&caps.count.map_or_else(|| "X".to_owned(), Count::spelled)), None)
}

/// `base` moved by `count` units; "two decades ago" means a year.
fn ago(base: Point, unit: Unit, count: i32) -> Option<Point> {
    match unit {
        Unit::Decade if count != 0 => base.moved(Unit::Year, count.checked_mul(10)?),
        Unit::Century if count != 0 => base.moved(Unit::Year, count.checked_mul(100)?),
        _ => base.moved(unit, count),
    }
}

/// The year that is stated, or meant by "last year", or else that of publication.
fn year(caps: &Caps, scope: &Scope) -> Option<(i16, Anchor)> {
    if let Some(year) = caps.year {
        return Some((year, Anchor::Stated));
    }
    let published = scope.published?.year();
    Some((published.checked_add(i16::try_from(caps.shift.unwrap_or(0)).ok()?)?, Anchor::Publication))
}

/// A day with the part of the day or clock that was captured with it.
fn with_time(day: Date, caps: &Caps, anchor: Anchor) -> Made {
    let point = match (caps.clock, caps.part) {
        (Some((24, _)), _) => plus_days(day, 1).map_or(Point::Day(day), |next| Point::Clock(next, 0, 0)),
        (Some((hour, minute)), _) => Point::Clock(day, hour, minute),
        (None, Some(part)) => Point::Part(day, part),
        (None, None) => Point::Day(day),
    };
    Made::at(point, anchor)
}

fn refined(point: Point, caps: &Caps, anchor: Anchor) -> Made {
    match point {
        Point::Day(day) => with_time(day, caps, anchor),
        _ => Made::at(point, anchor),
    }
}

/// Days between a date and publication up to which the date is one of the news.
const NEWS: i32 = 15;

/// "6/11/2025" may be 6 November or 11 June: the weekday beside it says which, else publication if only one is near it,
/// else the order in which the rule reads it.
fn numeric(caps: &Caps, scope: &Scope) -> Option<Made> {
    let read = date(caps, scope);
    let turned = Caps { day: caps.month, month: caps.day.filter(|day| *day <= 12), ..*caps };
    let Some(other) = turned.month.and_then(|_| date(&turned, scope)) else { return read };
    let day = |made: &Made| made.point.and_then(Point::day);
    let fits = |made: &Made| match (caps.weekday.and_then(weekday), scope.published) {
        (Some(stated), _) => day(made).is_some_and(|day| day.weekday() == stated),
        (None, Some(published)) => {
            day(made).and_then(|day| day.since(published).ok()).is_some_and(|gap| gap.get_days().abs() <= NEWS)
        }
        (None, None) => false,
    };
    match read {
        Some(read) if fits(&read) || !fits(&other) => Some(read),
        _ => Some(other),
    }
}

fn date(caps: &Caps, scope: &Scope) -> Option<Made> {
    let timex = if caps.part.is_some() || caps.clock.is_some() { Timex::Time } else { Timex::Date };
    let stated = caps.year.is_some();
    let given = year(caps, scope).filter(|_| stated || caps.shift.is_some());
    let waits = caps.shift.is_some() && given.is_none();
    if waits {
        return Some(Made::open(timex));
    }
    Some(match (caps.day, caps.month, caps.weekday) {
        (Some(day), Some(month), _) => match (given, scope.published) {
            (Some((year, anchor)), _) => with_time(Date::new(year, month, day).ok()?, caps, anchor),
            (None, Some(published)) => {
                let day = day_of_year(day, month, caps.weekday, published, scope.tense)?;
                with_time(day, caps, Anchor::Publication)
            }
            (None, None) => Made::open(timex),
        },
        (None, Some(month), _) => match (given, scope.published) {
            (Some((year, anchor)), _) => Made::at(Point::Month(year, month), anchor),
            (None, Some(published)) => {
                let past = if month <= published.month() { published.year() } else { published.year() - 1 };
                let next = if month >= published.month() { published.year() } else { published.year() + 1 };
                let year = if scope.tense == Tense::Future { next } else { past };
                Made::at(Point::Month(year, month), Anchor::Publication)
            }
            (None, None) => Made::open(timex),
        },
        (Some(day), None, _) => match scope.published {
            Some(published) => {
                let this = Date::new(published.year(), published.month(), day).ok();
                let date = match (this, scope.tense) {
                    (Some(this), Tense::Past | Tense::Unknown) if this <= published => this,
                    (Some(this), Tense::Future) if this >= published => this,
                    (_, Tense::Future) => in_month(published, 1, day)?,
                    _ => in_month(published, -1, day)?,
                };
                with_time(date, caps, Anchor::Publication)
            }
            None => Made::open(timex),
        },
        (None, None, Some(number)) => match scope.published {
            Some(published) => {
                let ahead = until_weekday(published, number)?;
                let days = if scope.tense == Tense::Future || ahead == 0 { ahead } else { ahead - 7 };
                with_time(plus_days(published, days)?, caps, Anchor::Publication)
            }
            None => Made::open(timex),
        },
        (None, None, None) => match (caps.season, given) {
            (Some(season), Some((year, anchor))) => Made::at(Point::Season(year, season), anchor),
            (Some(season), None) => nearest(&Caps { season: Some(season), ..*caps }, scope)?,
            (None, Some((year, anchor))) => Made::at(Point::Year(year), anchor),
            (None, None) => return None,
        },
    })
}

fn in_month(published: Date, shift: i32, day: i8) -> Option<Date> {
    let Point::Month(year, month) = Point::Day(published).moved(Unit::Month, shift)? else { return None };
    Date::new(year, month, day).ok()
}

/// Days from `from` to the next such weekday, 0 if it is one.
fn until_weekday(from: Date, number: i32) -> Option<i32> {
    let wanted = i32::from(weekday(number)?.to_monday_zero_offset());
    Some((wanted - i32::from(from.weekday().to_monday_zero_offset())).rem_euclid(7))
}

/// A day and month without a year: the instance that the weekday beside it asks for, else the one that the clause
/// points to.
fn day_of_year(day: i8, month: i8, number: Option<i32>, published: Date, tense: Tense) -> Option<Date> {
    let near = |year: i16| Date::new(year, month, day).ok();
    let gap = |date: Date| published.until(date).map_or(0, |span| span.get_days());
    let candidates: Vec<Date> = (-1..=1).filter_map(|shift| near(published.year() + shift)).collect();
    if let Some(number) = number.and_then(weekday)
        && let Some(date) = candidates
            .iter()
            .filter(|date| date.weekday() == number)
            .min_by_key(|date| gap(**date).abs())
            .filter(|date| gap(**date).abs() < 330)
    {
        return Some(*date);
    }
    let past = candidates.iter().rev().find(|date| **date <= published);
    let next = candidates.iter().find(|date| **date >= published);
    match (past, next) {
        (Some(&past), Some(&next)) => Some(match tense {
            Tense::Future if gap(past) > -JUST_MISSED && gap(next) > 270 => past,
            Tense::Future => next,
            Tense::Unknown if gap(next) <= SOON => next,
            Tense::Past if gap(next) <= SOON / 2 && gap(past) < -300 => next,
            _ => past,
        }),
        (past, next) => past.or(next).or(candidates.first()).copied(),
    }
}

/// "Last Monday", "next March", "this summer".
fn nearest(caps: &Caps, scope: &Scope) -> Option<Made> {
    let timex = if caps.part.is_some() || caps.clock.is_some() { Timex::Time } else { Timex::Date };
    let Some(published) = scope.published else { return Some(Made::open(timex)) };
    let shift = caps.shift.unwrap_or(if scope.tense == Tense::Future { 2 } else { -2 });
    if let Some(number) = caps.weekday {
        let ahead = until_weekday(published, number)?;
        let back = (ahead + 6) % 7 - 6; // 0 for the day itself
        let days = match (shift, scope.tense) {
            (-2, _) | (0, Tense::Past) => back,
            (-1, _) => {
                if back == 0 {
                    -7
                } else {
                    back
                }
            }
            (1, _) => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            (2, _) | (0, Tense::Future) => ahead,
            _ => number - i32::from(published.weekday().to_monday_one_offset()),
        };
        return Some(with_time(plus_days(published, days)?, caps, Anchor::Publication));
    }
    let starts = |year: i16| match (caps.day, caps.month, caps.season) {
        (Some(day), Some(month), _) => Date::new(year, month, day).ok().map(Point::Day),
        (_, Some(month), _) => Some(Point::Month(year, month)),
        (_, None, Some(season)) => Some(Point::Season(year, season)),
        _ => None,
    };
    let this = published.year();
    let mut points = (-2..=2)
        .filter_map(|step| starts(this + step))
        .filter_map(|point| Some((point, point.bounds()?)))
        .filter(|(_, (first, last))| match shift {
            -2 => *first <= published,
            -1 => *last < published,
            0 => first.year() == this,
            1 => *first > published,
            _ => *last >= published,
        });
    let point = if shift < 0 { points.next_back() } else { points.next() };
    Some(Made::at(point?.0, Anchor::Publication))
}

/// "This week", "last month", "next year"; a weekend just over is "this weekend" to who writes of it on Monday.
fn shifted(unit: Unit, shift: i32, published: Date, tense: Tense) -> Option<Made> {
    let early = published.weekday().to_monday_one_offset() <= 3;
    let shift = if unit == Unit::Weekend && shift == 0 && early && tense != Tense::Future { -1 } else { shift };
    Some(Made::at(Point::Day(published).moved(unit, shift)?, Anchor::Publication))
}

/// A clock or part of the day by itself belongs to the day the text is speaking of.
fn of_day(caps: &Caps, scope: &Scope) -> Made {
    let near = |day: &Date| {
        scope
            .published
            .is_none_or(|published| published.until(*day).is_ok_and(|span| (-10..=10).contains(&span.get_days())))
    };
    let beside = scope.beside.and_then(Point::day);
    let named = scope.named_day.and_then(Point::day).filter(near);
    match (beside.or(named), scope.published) {
        (Some(day), _) => with_time(day, caps, Anchor::Text),
        (None, Some(published)) => with_time(published, caps, Anchor::Publication),
        (None, None) => Made::open(Timex::Time),
    }
}

/// One stretch from a day, month or year to another.
fn range(caps: &Caps, scope: &Scope) -> Option<Made> {
    let point = |day, month, year| {
        let caps = Caps { day, month, year, part: None, clock: None, portion: None, weekday: None, ..*caps };
        date(&caps, scope)
    };
    let (day2, month2, year2) = (caps.day2, caps.month2.or(caps.month), caps.year2.or(caps.year));
    let last = point(day2, month2, year2)?;
    let mut first_year = caps.year;
    if first_year.is_none() && caps.month.is_some() {
        first_year = last.point.and_then(Point::bounds).map(|(first, _)| first.year());
        if (caps.month, caps.day) > (month2, day2) {
            first_year = first_year.map(|year| year - 1);
        }
    }
    let first = point(caps.day, caps.month, first_year)?;
    let (Some(from), Some(to)) = (&first.bounds, &last.bounds) else { return Some(Made::open(Timex::Date)) };
    if from.0 > to.1 {
        return None;
    }
    Some(Made {
        timex: Timex::Date,
        value: first.value.as_ref().zip(last.value.as_ref()).map(|(first, last)| format!("{first}/{last}")),
        bounds: Some((from.0, to.1)),
        anchor: last.anchor,
        point: last.point,
    })
}

/// A weekday beside a full date that falls on another day: the day of the week the date has.
pub(crate) fn contradiction(caps: &Caps, made: &Made) -> Option<Date> {
    let day = made.point?.day()?;
    caps.day?;
    let stated = weekday(caps.weekday?)?;
    (day.weekday() != stated).then_some(day)
}

/// Whether the value is a whole date that the text itself states.
pub(crate) fn full_date(made: &Made) -> Option<Date> {
    if made.anchor == Anchor::Stated { made.point?.day() } else { None }
}

/// The two single dates or years of "between 10 and 12 May", "1992-1995".
pub(crate) fn pair(caps: &Caps) -> [Caps; 2] {
    let single = Caps { day2: None, year2: None, ..*caps };
    let second = match caps.year2.filter(|_| caps.day2.is_none()) {
        Some(year) => Caps { year: Some(year), ..single },
        None => Caps { day: caps.day2, ..single },
    };
    [single, second]
}
