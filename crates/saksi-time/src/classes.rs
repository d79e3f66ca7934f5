//! Word classes of a pack (weekdays, months, units, numbers, …) and what a pattern captures with them.

use crate::calendar::{Part, Unit};
use crate::lex::{Atom, Case, Kind, Vocabulary, WordId};
use crate::pattern::Starts;
use rustc_hash::FxHashMap;

/// Years that a number behind a month is more likely to be than a count.
const THIS_AGE: std::ops::Range<u32> = 1990..2050;

/// A set of phrases, each with a value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Class {
    by_first: FxHashMap<WordId, Vec<Phrase>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    rest: Vec<WordId>,
    pub(crate) value: i32,
    /// What the class makes of it: the kind of a number, the count in a unit word ("fortnight").
    pub(crate) extra: i32,
    /// Only when written with a capital.
    capital: bool,
    /// May be followed by a full stop of its own.
    abbreviation: bool,
}

impl Class {
    /// Adds a phrase.
    pub(crate) fn add(&mut self, ids: &[WordId], value: i32, extra: i32, capital: bool, abbreviation: bool) {
        if let Some((first, rest)) = ids.split_first() {
            let phrases = self.by_first.entry(*first).or_default();
            phrases.push(Phrase { rest: rest.to_vec(), value, extra, capital, abbreviation });
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
    }

    /// The longest phrase at atom `at`, and how many atoms it takes.
    pub(crate) fn at(&self, atoms: &[Atom], at: usize) -> Option<(&Phrase, usize)> {
        let first = atoms.get(at).filter(|atom| atom.id != 0)?;
        let phrases = self.by_first.get(&first.id)?;
        phrases.iter().find_map(|phrase| {
            let end = at + 1 + phrase.rest.len();
            let fits = atoms.get(at + 1..end)?.iter().map(|atom| atom.id).eq(phrase.rest.iter().copied());
            if !fits || phrase.capital && first.case == Case::Lower {
                return None;
            }
            let dot = phrase.abbreviation && atoms.get(end).is_some_and(|next| next.is_mark('.') && next.glued);
            Some((phrase, end - at + usize::from(dot)))
        })
    }

    /// Whether a phrase ends just before atom `end`; its first atom.
    pub(crate) fn before(&self, atoms: &[Atom], end: usize) -> Option<usize> {
        (1..=end.min(4))
            .rev()
            .map(|length| end - length)
            .find(|&at| self.at(atoms, at).is_some_and(|(_, n)| at + n == end))
    }

    fn firsts(&self) -> impl Iterator<Item = WordId> + '_ {
        self.by_first.keys().copied()
    }
}

impl Atom {
    /// Whether it is this mark.
    pub(crate) fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark && self.number == mark as u32
    }
}

/// What a capture may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Weekday,
    /// Abbreviations too.
    AnyWeekday,
    Month,
    /// A month that may stand without a day or year.
    BareMonth,
    /// One that may, after a word such as "in".
    LedMonth,
    SecondMonth,
    Season,
    Unit,
    /// A unit with its count: setahun, fortnight.
    CountedUnit,
    /// A plural that may stand without a number: "hours after the vote".
    Units,
    DayPart,
    /// A part of the day that may stand alone.
    BarePart,
    Shift,
    Portion,
    Deictic,
    Decade,
    Day,
    SecondDay,
    MonthNumber,
    SecondMonthNumber,
    Year,
    /// A year of this or the last century.
    NearYear,
    SecondYear,
    ShortYear,
    Count,
    Ordinal,
    Clock,
    /// A clock with a.m., p.m. or a zone.
    MarkedClock,
    /// A clock of another zone, which is not kept.
    OtherClock,
    Hour,
}

impl Slot {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "weekday" => Self::Weekday,
            "any-weekday" => Self::AnyWeekday,
            "month" => Self::Month,
            "bare-month" => Self::BareMonth,
            "led-month" => Self::LedMonth,
            "month2" => Self::SecondMonth,
            "season" => Self::Season,
            "unit" => Self::Unit,
            "counted-unit" => Self::CountedUnit,
            "units" => Self::Units,
            "daypart" => Self::DayPart,
            "bare-daypart" => Self::BarePart,
            "shift" => Self::Shift,
            "portion" => Self::Portion,
            "deictic" => Self::Deictic,
            "decade" => Self::Decade,
            "day" => Self::Day,
            "day2" => Self::SecondDay,
            "month-number" => Self::MonthNumber,
            "month-number2" => Self::SecondMonthNumber,
            "year" => Self::Year,
            "near-year" => Self::NearYear,
            "year2" => Self::SecondYear,
            "short-year" => Self::ShortYear,
            "n" => Self::Count,
            "ordinal" => Self::Ordinal,
            "clock" => Self::Clock,
            "marked-clock" => Self::MarkedClock,
            "other-clock" => Self::OtherClock,
            "hour" => Self::Hour,
            _ => return None,
        })
    }
}

/// A count, exact to tenths, or vague ("several").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) whole: i32,
    pub(crate) tenth: u8,
    pub(crate) vague: bool,
}

impl Count {
    /// As TIMEX3 durations spell it.
    pub(crate) fn spelled(self) -> String {
        match self {
            Self { vague: true, .. } => "X".to_owned(),
            Self { tenth: 0, whole, .. } => whole.to_string(),
            Self { tenth, whole, .. } => format!("{whole}.{tenth}"),
        }
    }
}

/// What a match captured.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Caps {
    pub(crate) weekday: Option<i32>,
    pub(crate) day: Option<i8>,
    pub(crate) day2: Option<i8>,
    /// The atoms of the two days or years of a pair.
    pub(crate) first_at: usize,
    pub(crate) second_at: usize,
    pub(crate) month: Option<i8>,
    pub(crate) month2: Option<i8>,
    pub(crate) year: Option<i16>,
    pub(crate) year2: Option<i16>,
    pub(crate) season: Option<i8>,
    pub(crate) unit: Option<Unit>,
    pub(crate) part: Option<Part>,
    pub(crate) shift: Option<i32>,
    pub(crate) portion: Option<i32>,
    pub(crate) deictic: Option<i32>,
    pub(crate) decade: Option<i16>,
    pub(crate) count: Option<Count>,
    pub(crate) ordinal: Option<i32>,
    pub(crate) clock: Option<(u8, u8)>,
}

/// The kinds of words that make up a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberKind {
    /// Adds its value: one, twenty, sepuluh.
    Plain,
    /// Adds its value to the digit before: belas.
    Teen,
    /// Multiplies what stands before: puluh, hundred.
    Times,
    /// Multiplies all before: thousand, ribu.
    Thousand,
    /// Complete in itself: seratus.
    Sum,
    /// No number can be told: several.
    Vague,
    /// A rank: second, kedua.
    Ordinal,
    /// May stand between the words of a number.
    Join,
    /// Adds a half: and a half, setengah.
    Half,
}

impl NumberKind {
    const ALL: [(&'static str, Self); 9] = [
        ("plain", Self::Plain),
        ("teen", Self::Teen),
        ("times", Self::Times),
        ("thousand", Self::Thousand),
        ("sum", Self::Sum),
        ("vague", Self::Vague),
        ("ordinal", Self::Ordinal),
        ("join", Self::Join),
        ("half", Self::Half),
    ];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(name, _)| *name == text).map(|(_, kind)| kind)
    }

    pub(crate) fn index(self) -> i32 {
        self as i32
    }

    fn of(index: i32) -> Self {
        Self::ALL[(index as usize).min(8)].1
    }
}

/// All word classes of a language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Classes {
    pub(crate) weekday: Class,
    pub(crate) any_weekday: Class,
    pub(crate) month: Class,
    pub(crate) bare_month: Class,
    pub(crate) led_month: Class,
    pub(crate) season: Class,
    pub(crate) unit: Class,
    pub(crate) units: Class,
    pub(crate) daypart: Class,
    pub(crate) bare_daypart: Class,
    pub(crate) number: Class,
    pub(crate) shift: Class,
    pub(crate) portion: Class,
    pub(crate) deictic: Class,
    pub(crate) decade: Class,
    pub(crate) ordinal_suffix: Class,
    pub(crate) before_noon: Class,
    pub(crate) after_noon: Class,
    pub(crate) zone: Class,
    pub(crate) counted: Class,
}

impl Classes {
    fn table(&self, slot: Slot) -> Option<&Class> {
        Some(match slot {
            Slot::Weekday => &self.weekday,
            Slot::AnyWeekday => &self.any_weekday,
            Slot::Month | Slot::SecondMonth => &self.month,
            Slot::BareMonth => &self.bare_month,
            Slot::LedMonth => &self.led_month,
            Slot::Season => &self.season,
            Slot::Unit | Slot::CountedUnit => &self.unit,
            Slot::Units => &self.units,
            Slot::DayPart => &self.daypart,
            Slot::BarePart => &self.bare_daypart,
            Slot::Shift => &self.shift,
            Slot::Portion => &self.portion,
            Slot::Deictic => &self.deictic,
            Slot::Decade => &self.decade,
            Slot::Count | Slot::Ordinal | Slot::Hour => &self.number,
            _ => return None,
        })
    }

    /// Adds what can begin `slot`.
    pub(crate) fn starts(&self, slot: Slot, starts: &mut Starts) {
        if let Some(class) = self.table(slot) {
            starts.words.extend(class.firsts());
        }
        if matches!(slot, Slot::Count | Slot::Ordinal | Slot::Hour | Slot::Clock) || self.table(slot).is_none() {
            starts.digits = true;
        }
    }

    /// Takes `slot` at atom `at`; how many atoms it took.
    pub(crate) fn capture(&self, slot: Slot, atoms: &[Atom], at: usize, caps: &mut Caps) -> Option<usize> {
        let digits = || atoms.get(at).filter(|atom| atom.kind == Kind::Digits);
        let small = |most: u32| {
            digits().filter(|atom| atom.digits <= 2 && (1..=most).contains(&atom.number)).map(|atom| atom.number as i8)
        };
        match slot {
            Slot::Day | Slot::SecondDay => {
                let day = small(31)?;
                if slot == Slot::Day {
                    (caps.day, caps.first_at) = (Some(day), at);
                } else {
                    (caps.day2, caps.second_at) = (Some(day), at);
                }
                Some(1 + self.suffix(atoms, at + 1))
            }
            Slot::MonthNumber => {
                caps.month = Some(small(12)?);
                Some(1)
            }
            Slot::SecondMonthNumber => {
                caps.month2 = Some(small(12)?);
                Some(1)
            }
            Slot::Year | Slot::NearYear | Slot::SecondYear => {
                let range = if slot == Slot::NearYear { 1900..2100 } else { 1000..2200 };
                let year = digits().filter(|atom| atom.digits == 4 && range.contains(&atom.number))?;
                // "2025 fighters", but "in March 2025 fighters hijacked a train"
                let dated = caps.month.is_some() && THIS_AGE.contains(&year.number);
                if !dated && self.counted.at(atoms, at + 1).is_some() {
                    return None;
                }
                let year = Some(year.number as i16);
                if slot == Slot::SecondYear {
                    (caps.year2, caps.second_at) = (year, at);
                } else {
                    caps.year = year;
                    if caps.day.is_none() {
                        caps.first_at = at;
                    }
                }
                Some(1)
            }
            Slot::ShortYear => {
                let year = digits().filter(|atom| atom.digits == 2)?.number as i16;
                caps.year = Some(if year < 50 { 2000 + year } else { 1900 + year });
                Some(1)
            }
            Slot::Count => {
                let (count, taken) = self.count(atoms, at)?;
                caps.count = Some(count);
                Some(taken)
            }
            Slot::Ordinal => self.ordinal(atoms, at, caps),
            Slot::Clock => self.clock(atoms, at, false, caps),
            Slot::MarkedClock => self.clock(atoms, at, true, caps),
            Slot::OtherClock => self.clock(atoms, at, false, &mut caps.clone()),
            Slot::Hour => {
                let (count, taken) =
                    self.count(atoms, at).filter(|(count, _)| count.whole <= 24 && count.tenth == 0)?;
                self.finish_clock(atoms, at, at + taken, (count.whole as u8, 0), false, caps)
            }
            _ => {
                let (phrase, taken) = self.table(slot)?.at(atoms, at)?;
                match slot {
                    Slot::Weekday | Slot::AnyWeekday => caps.weekday = Some(phrase.value),
                    Slot::Month | Slot::BareMonth | Slot::LedMonth => caps.month = Some(phrase.value as i8),
                    Slot::SecondMonth => caps.month2 = Some(phrase.value as i8),
                    Slot::Season => caps.season = Some(phrase.value as i8),
                    Slot::Unit | Slot::CountedUnit => {
                        if (slot == Slot::CountedUnit) != (phrase.extra != 0) {
                            return None;
                        }
                        caps.unit = Unit::from_index(phrase.value);
                        if phrase.extra != 0 {
                            let vague = phrase.extra < 0;
                            caps.count = Some(Count { whole: phrase.extra.max(0), tenth: 0, vague });
                        }
                    }
                    // "on 9 October 2025, Dawn reported": behind a comma a capital makes it a name
                    Slot::DayPart if atoms[at].case == Case::Initial && at > 0 && atoms[at - 1].is_mark(',') => {
                        return None;
                    }
                    Slot::DayPart | Slot::BarePart => {
                        caps.part = Part::from_index(phrase.value);
                        if let (Some((hour, minute)), Some(part)) = (caps.clock, caps.part)
                            && hour < 12
                            && part.after_noon(hour)
                        {
                            caps.clock = Some((hour + 12, minute));
                        }
                    }
                    Slot::Units => caps.unit = Unit::from_index(phrase.value),
                    Slot::Shift => caps.shift = Some(phrase.value),
                    Slot::Portion => caps.portion = Some(phrase.value),
                    Slot::Deictic => caps.deictic = Some(phrase.value),
                    Slot::Decade => caps.decade = Some(phrase.value as i16),
                    _ => return None,
                }
                Some(taken)
            }
        }
    }

    fn suffix(&self, atoms: &[Atom], at: usize) -> usize {
        match atoms.get(at) {
            Some(atom) if atom.glued => self.ordinal_suffix.at(atoms, at).map_or(0, |(_, taken)| taken),
            _ => 0,
        }
    }

    fn ordinal(&self, atoms: &[Atom], at: usize, caps: &mut Caps) -> Option<usize> {
        let atom = atoms.get(at)?;
        if atom.kind == Kind::Digits {
            caps.ordinal = Some(i32::try_from(atom.number).ok()?);
            return Some(1 + self.suffix(atoms, at + 1));
        }
        let (phrase, taken) = self.number.at(atoms, at)?;
        if NumberKind::of(phrase.extra) != NumberKind::Ordinal {
            return None;
        }
        caps.ordinal = Some(phrase.value);
        Some(taken)
    }

    /// A number in digits or words, and how many atoms it takes.
    fn count(&self, atoms: &[Atom], at: usize) -> Option<(Count, usize)> {
        let first = atoms.get(at)?;
        if first.kind == Kind::Digits {
            if first.digits > 4 {
                return None;
            }
            let whole = first.number as i32;
            let fraction = atoms.get(at + 1..at + 3).filter(|next| {
                (next[0].is_mark('.') || next[0].is_mark(','))
                    && next[0].glued
                    && next[1].glued
                    && next[1].kind == Kind::Digits
                    && next[1].digits == 1
            });
            return Some(match fraction {
                Some(next) => (Count { whole, tenth: next[1].number as u8, vague: false }, 3),
                None => (Count { whole, tenth: 0, vague: false }, 1),
            });
        }
        let (mut total, mut sum, mut pending) = (0_i32, 0_i32, 0_i32);
        let (mut next, mut end) = (at, at);
        while let Some((phrase, taken)) = self.number.at(atoms, next) {
            let value = phrase.value;
            match NumberKind::of(phrase.extra) {
                NumberKind::Vague if end == at => {
                    return Some((Count { whole: 0, tenth: 0, vague: true }, taken));
                }
                NumberKind::Plain | NumberKind::Teen => pending = pending.saturating_add(value),
                NumberKind::Times if end > at => {
                    sum = sum.saturating_add(pending.max(1).saturating_mul(value));
                    pending = 0;
                }
                NumberKind::Thousand if end > at => {
                    total = total.saturating_add(sum.saturating_add(pending).saturating_mul(value));
                    (sum, pending) = (0, 0);
                }
                NumberKind::Sum => sum = sum.saturating_add(value),
                NumberKind::Half if end > at => {
                    let whole = total.saturating_add(sum).saturating_add(pending);
                    return Some((Count { whole, tenth: 5, vague: false }, next + taken - at));
                }
                NumberKind::Join if end > at => {
                    next += taken;
                    continue;
                }
                _ => break,
            }
            next += taken;
            end = next;
        }
        let whole = total.saturating_add(sum).saturating_add(pending);
        (end > at && whole > 0).then_some((Count { whole, tenth: 0, vague: false }, end - at))
    }

    fn clock(&self, atoms: &[Atom], at: usize, marked: bool, caps: &mut Caps) -> Option<usize> {
        let first = atoms.get(at).filter(|atom| atom.kind == Kind::Digits)?;
        let hour = first.number;
        if first.digits == 4 {
            let (hour, minute) = (hour / 100, hour % 100);
            if hour > 24 || minute > 59 {
                return None;
            }
            return self.finish_clock(atoms, at, at + 1, (hour as u8, minute as u8), true, caps);
        }
        if first.digits > 2 || hour > 24 {
            return None;
        }
        let minute_at = |at: usize| {
            let next = atoms.get(at..at + 2)?;
            let mark = (next[0].is_mark(':') || next[0].is_mark('.')) && next[0].glued && next[1].glued;
            (mark && next[1].kind == Kind::Digits && next[1].digits == 2 && next[1].number < 60).then(|| next[1].number)
        };
        match minute_at(at + 1) {
            Some(minute) => {
                let end = if minute_at(at + 3).is_some() { at + 5 } else { at + 3 };
                self.finish_clock(atoms, at, end, (hour as u8, minute as u8), marked, caps)
            }
            None => self.finish_clock(atoms, at, at + 1, (hour as u8, 0), true, caps),
        }
    }

    /// Adds "a.m." and the zone; where `marked` is asked, one of them must be there.
    fn finish_clock(
        &self,
        atoms: &[Atom],
        at: usize,
        mut end: usize,
        (mut hour, minute): (u8, u8),
        marked: bool,
        caps: &mut Caps,
    ) -> Option<usize> {
        let mut found = false;
        if let Some((_, taken)) = self.after_noon.at(atoms, end) {
            hour = if hour < 12 { hour + 12 } else { hour };
            end += taken;
            found = true;
        } else if let Some((_, taken)) = self.before_noon.at(atoms, end) {
            hour = if hour == 12 { 0 } else { hour };
            end += taken;
            found = true;
        }
        if let Some((_, taken)) = self.zone.at(atoms, end) {
            end += taken;
            found = true;
        }
        if marked && !found {
            return None;
        }
        caps.clock = Some((hour, minute));
        Some(end - at)
    }
}

/// Adds each phrase of `phrases` to a class.
pub(crate) fn fill<'a>(class: &mut Class, phrases: impl IntoIterator<Item = (&'a str, i32)>, words: &mut Vocabulary) {
    for (phrase, value) in phrases {
        let ids = words.phrase(phrase);
        class.add(&ids, value, 0, false, false);
    }
}
