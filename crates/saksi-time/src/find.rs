//! Finds the time expressions of a sentence.

use crate::calendar::Unit;
use crate::classes::Caps;
use crate::lex::{Atom, Case, Kind};
use crate::rules::{Make, Only, Rule, Rules};
use jiff::civil::Date;
use saksi_tree::{NameKind, RegionKind, Sentence};

/// A year that has every day a date without a year may name.
const LEAP_YEAR: i16 = 2024;

/// A match of a rule in a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) rule: usize,
    /// First atom.
    pub(crate) from: usize,
    /// One past the last atom.
    pub(crate) end: usize,
    pub(crate) caps: Caps,
}

/// The longest matches from left to right, never overlapping.
pub(crate) fn find(atoms: &[Atom], sentence: &Sentence, rules: &Rules) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        let best = if may_start(atoms, at, rules) { longest(atoms, at, sentence, rules) } else { None };
        at = best.map_or(at + 1, |hit| hit.end);
        hits.extend(best);
    }
    share_years(&mut hits, atoms, rules);
    hits
}

fn longest(atoms: &[Atom], at: usize, sentence: &Sentence, rules: &Rules) -> Option<Hit> {
    let mut best: Option<Hit> = None;
    for &number in rules.at(&atoms[at]) {
        let rule = &rules.list[number as usize];
        let Some((end, caps)) = rule.pattern.matches(atoms, at, &rules.classes) else { continue };
        if best.is_some_and(|best| best.end >= end)
            || !plausible(&caps)
            || !has_calendar_unit(rule, atoms, at, &caps, rules)
            || !rules.context(rule, atoms, at, end)
            || is_name(rule, atoms, at, end, sentence)
            || rule.only == Some(Only::Body) && sentence.kind == RegionKind::Title
            || rule.only == Some(Only::Opening)
                && sentence.kind == RegionKind::Body
                && atoms[..at].iter().any(|atom| atom.kind != Kind::Mark)
        {
            continue;
        }
        best = Some(Hit { rule: number as usize, from: at, end, caps });
    }
    best
}

/// Whether an expression may begin at atom `at`: not inside a word, a number or a code ("F-16", "$2000").
fn may_start(atoms: &[Atom], at: usize, rules: &Rules) -> bool {
    let atom = atoms[at];
    if atom.id == 0 && atom.kind != Kind::Digits {
        return false;
    }
    let before = at.checked_sub(1).map(|at| atoms[at]);
    if atom.glued && before.is_some_and(|before| before.kind != Kind::Mark) {
        return false;
    }
    if atom.kind != Kind::Digits {
        return true;
    }
    if rules.numbered.before(atoms, at).is_some() {
        return false;
    }
    let Some(mark) = before.filter(|_| atom.glued) else { return true };
    if !mark.glued {
        return true;
    }
    let earlier = at.checked_sub(2).map(|at| atoms[at]);
    earlier.is_none_or(|earlier| match earlier.kind {
        Kind::Digits => !['.', ',', ':', '/', '-'].iter().any(|&joint| mark.is_mark(joint)),
        Kind::Word => {
            let code = mark.is_mark('-') && earlier.case != Case::Lower;
            !code || rules.classes.month.at(atoms, at - 2).is_some()
        }
        _ => true,
    })
}

/// Whether day, month and clock exist.
fn plausible(caps: &Caps) -> bool {
    let exists = |day: Option<i8>, month: Option<i8>, year: Option<i16>| match (day, month) {
        (Some(day), Some(month)) => Date::new(year.unwrap_or(LEAP_YEAR), month, day).is_ok(),
        _ => true,
    };
    exists(caps.day, caps.month, caps.year)
        && exists(caps.day2, caps.month2.or(caps.month), caps.year2.or(caps.year))
        && caps.clock.is_none_or(|(hour, minute)| hour <= 24 && minute < 60)
}

/// Whether a rule that needs a stretch of the calendar has one: "last minute" and "this day" are no times, and in
/// "pria 45 tahun itu" the unit belongs to the number before it.
fn has_calendar_unit(rule: &Rule, atoms: &[Atom], from: usize, caps: &Caps, rules: &Rules) -> bool {
    let unit = caps.unit.or(rule.unit);
    let counted = || {
        if rules.classes.unit.at(atoms, from).is_none() {
            return false;
        }
        let before = from.checked_sub(1).map(|at| atoms[at]);
        before.is_some_and(|before| before.kind == Kind::Digits) || rules.classes.number.before(atoms, from).is_some()
    };
    match rule.make {
        Make::Unit => unit.is_some_and(|unit| !unit.is_clock() && unit != Unit::Day) && !counted(),
        Make::Text if caps.count.is_none() => !caps.unit.is_some_and(Unit::is_clock) && !counted(),
        Make::DurationPast if caps.count.is_none() => !matches!(unit, Some(Unit::Minute | Unit::Second)),
        _ => true,
    }
}

/// Whether the words are a name: a person called April, a paper called Today.
fn is_name(rule: &Rule, atoms: &[Atom], from: usize, end: usize, sentence: &Sentence) -> bool {
    if rule.only == Some(Only::Lower)
        && sentence.kind == RegionKind::Body
        && from > 0
        && atoms[from].case != Case::Lower
        && atoms[from - 1].kind != Kind::Mark
    {
        return true;
    }
    if end - from > 1 || atoms[from].kind != Kind::Word || rule.make != Make::Date {
        return false;
    }
    let tokens = sentence.tokens_in(atoms[from].span);
    sentence.tokens[tokens].iter().any(|token| token.name.is_some_and(|name| name.kind == NameKind::Person))
}

/// Gives the first of two joined dates the year of the second: "28 June to 2 July 2025".
fn share_years(hits: &mut [Hit], atoms: &[Atom], rules: &Rules) {
    for at in (1..hits.len()).rev() {
        let (first, second) = (hits[at - 1], hits[at]);
        let both =
            [first, second].iter().all(|hit| rules.list[hit.rule].make == Make::Date && hit.caps.month.is_some());
        let Some(year) = second.caps.year.filter(|_| both && first.caps.year.is_none() && first.caps.shift.is_none())
        else {
            continue;
        };
        let gap = second.from - first.end;
        let joined = (1..=3).contains(&gap)
            && rules
                .joins
                .at(atoms, first.end)
                .is_some_and(|(_, taken)| rules.skip_about(atoms, second.from) <= first.end + taken);
        if joined {
            let later = (first.caps.month, first.caps.day) > (second.caps.month, second.caps.day);
            hits[at - 1].caps.year = Some(if later { year - 1 } else { year });
        }
    }
}
