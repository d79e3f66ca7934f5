//! What the reports of one event say together.

use crate::days::Days;
use crate::differences::differences;
use crate::event::Event;
use crate::hash;
use crate::parties::{self, Group, Side};
use crate::report::{Interval, Party, Place, Report, Review};
use crate::sources::independent;
use compact_str::CompactString;
use saksi_record::{Certainty, Status};
use std::collections::{BTreeMap, BTreeSet};

/// The event that the reports are of. Their order does not matter. Reports that a person rejected count for nothing, unless
/// all were rejected.
///
/// # Panics
/// If there is no report.
pub fn event(reports: &[&Report]) -> Event {
    let mut reports: Vec<&Report> = reports.to_vec();
    // What was published first comes first; what has no day comes last.
    reports.sort_by(|a, b| {
        (a.published.is_none(), &a.published, &a.key).cmp(&(b.published.is_none(), &b.published, &b.key))
    });
    let counted: Vec<&Report> = reports.iter().copied().filter(|report| report.review != Review::Rejected).collect();
    let reports = if counted.is_empty() { reports } else { counted };
    assert!(!reports.is_empty(), "an event has at least one report");
    let groups = independent(&reports);
    let kind = commonest(reports.iter().map(|report| report.kind)).unwrap_or(reports[0].kind);
    let of_kind = || reports.iter().filter(|report| report.kind == kind);
    let status = status(&reports, &groups);
    let published: Vec<&CompactString> = reports.iter().filter_map(|report| report.published.as_ref()).collect();
    Event {
        key: key(reports[0]),
        kind,
        mode: commonest(of_kind().filter_map(|report| report.mode.clone())),
        quad: kind.quad(),
        actor: typical(&reports, |report| &report.actor),
        recipient: typical(&reports, |report| &report.recipient),
        place: place(&reports),
        time: time(&reports),
        status,
        certainty: reports
            .iter()
            .filter(|report| report.status == status)
            .map(|report| report.certainty)
            .min()
            .unwrap_or(Certainty::Unknown),
        reports: reports.len() as u32,
        articles: reports.iter().map(|report| &report.article).collect::<BTreeSet<_>>().len() as u32,
        sources: groups.len() as u32,
        languages: reports.iter().map(|report| report.language.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
        published: published.first().zip(published.last()).map(|(first, last)| ((*first).clone(), (*last).clone())),
        review: reports.iter().map(|report| report.review).max().unwrap_or_default(),
        differences: differences(&reports),
    }
}

/// Short enough to type, and as good as unique: 64 bits.
fn key(earliest: &Report) -> String {
    format!("{:016x}", hash::of(&["event", &earliest.key]))
}

/// The commonest value; of several, the one that came first.
pub(crate) fn commonest<T: Ord + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, (usize, usize)> = BTreeMap::new();
    for (at, value) in values.enumerate() {
        counts.entry(value).or_insert((0, at)).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, (count, first))| (*count, std::cmp::Reverse(*first))).map(|(value, _)| value)
}

/// The parties of the report that agrees most with all reports: names weigh more than roles, so it is one that knows them.
fn typical<'r>(reports: &[&'r Report], of: impl Fn(&'r Report) -> &'r Vec<Party>) -> Vec<Party> {
    if let [only] = reports {
        return of(only).clone();
    }
    let sides: Vec<Vec<Side>> = reports.iter().map(|report| of(report).iter().map(Side::of).collect()).collect();
    let lists: Vec<Group<'_>> =
        reports.iter().zip(&sides).map(|(report, sides)| Group { parties: [of(report), &[]], sides }).collect();
    let mut best: Option<(f64, usize)> = None;
    for (at, list) in lists.iter().enumerate().filter(|(_, list)| list.len() > 0) {
        let compared = lists.iter().filter_map(|other| parties::compare_all(*list, *other, false));
        let agreement: f64 = compared.map(|(weight, ..)| weight).sum();
        if best.is_none_or(|(most, _)| agreement > most) {
            best = Some((agreement, at));
        }
    }
    best.map(|(_, at)| of(reports[at]).clone()).unwrap_or_default()
}

/// The places of the report that has the commonest place; a town before a state.
fn place(reports: &[&Report]) -> Vec<Place> {
    let is_state = |place: &Place| place.country.as_deref() == Some(&place.key);
    let keys = |only: &dyn Fn(&Place) -> bool| {
        commonest(reports.iter().flat_map(|report| &report.place).filter(|p| only(p)).map(|place| place.key.clone()))
    };
    let best = keys(&|place| !is_state(place) && (place.lat.is_some() || place.country.is_some()))
        .or_else(|| keys(&|place| is_state(place)))
        .or_else(|| keys(&|_| true));
    let Some(best) = best else { return Vec::new() };
    let holder = reports.iter().find(|report| report.place.iter().any(|place| place.key == best));
    holder.map(|report| report.place.clone()).unwrap_or_default()
}

/// The interval that most reports agree with, of those that are about as narrow as the narrowest.
fn time(reports: &[&Report]) -> Option<Interval> {
    let stated: Vec<(Days, &Interval)> = reports
        .iter()
        .filter_map(|report| Some((Days::of(report)?, report.time.as_ref()?)))
        .filter(|(days, _)| !days.guessed)
        .collect();
    let narrowest = stated.iter().map(|(days, _)| days.length()).min();
    let Some(narrowest) = narrowest else {
        return reports.iter().find_map(|report| report.time.clone());
    };
    let agreeing = |days: Days| stated.iter().filter(|(other, _)| other.gap(days) == 0).count();
    let mut best: Option<((usize, i32), &Interval)> = None;
    for (days, interval) in stated.iter().filter(|(days, _)| days.length() <= 2 * narrowest) {
        let rank = (agreeing(*days), -days.length());
        if best.is_none_or(|(most, _)| rank > most) {
            best = Some((rank, interval));
        }
    }
    best.map(|(_, interval)| interval.clone())
}

/// Whether it happened, by most independent sources. What was planned or supposed says nothing against what was reported
/// to have happened or not to have happened.
fn status(reports: &[&Report], groups: &[Vec<usize>]) -> Status {
    let votes =
        |status: Status| groups.iter().filter(|group| group.iter().any(|&at| reports[at].status == status)).count();
    let (actual, negated) = (votes(Status::Actual), votes(Status::Negated));
    if actual + negated > 0 {
        return if actual >= negated { Status::Actual } else { Status::Negated };
    }
    if votes(Status::Future) >= votes(Status::Hypothetical) { Status::Future } else { Status::Hypothetical }
}
