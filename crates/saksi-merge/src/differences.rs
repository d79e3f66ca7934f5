//! Where the reports of one event differ.

use crate::days::Days;
use crate::event::{Difference, Opinion};
use crate::figures::Figure;
use crate::parties::{self, Group, Side};
use crate::place::{are_nested, kilometres};
use crate::report::{Party, Place, Report};
use compact_str::{CompactString, format_compact};
use saksi_record::{Certainty, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Places farther apart than this, in kilometres, are two.
const ELSEWHERE: f64 = 5.0;

/// The fields on which reports say what cannot all be true, or not of the same kind; reports in the order of publication.
///
/// What is vaguer than another value is no difference from it: "at least 10" and 12, a state and a town in it, July and the
/// twelfth of July. Nor does a vague value count for a side where others differ, or what is only supposed. Whoever counts several
/// contradicts nobody who counts one of them.
///
/// Disagreement is 1 less the share of the commonest value among the reports that give one, as in
/// `event_level_disagreement` of R's `eventreport` (van Baalen and Höglund).
pub(crate) fn differences(reports: &[&Report]) -> Vec<Difference> {
    let mut found = Vec::new();
    let units: BTreeSet<&str> =
        reports.iter().flat_map(|report| &report.figures).map(|figure| figure.unit.as_str()).collect();
    for unit in units {
        let values = values(reports, |report| Some((figure(report, unit)?, report)));
        found.extend(difference(
            format_compact!("figure:{unit}"),
            &values,
            |(one, first), (other, second)| {
                let counts = |report: &Report, figure: &Figure| {
                    report.figures.iter().any(|own| own.unit == unit && own.agrees(figure))
                };
                !one.agrees(other) && !counts(first, other) && !counts(second, one)
            },
            |(figure, _)| (figure.text(), figure.text()),
        ));
    }
    found.extend(difference(
        "place".into(),
        &values(reports, place),
        |one, other| are_elsewhere(one, other) && !reports.iter().any(|report| names_both(report, one, other)),
        |place| (place.key.clone(), place.name.clone()),
    ));
    found.extend(difference(
        "time".into(),
        &values(reports, |report| Days::of(report).filter(|days| !days.guessed).map(|days| (days, report))),
        |one, other| one.0.gap(other.0) > 0,
        |(_, report)| {
            let text = report.time.as_ref().and_then(|time| {
                let bounds = || Some(format_compact!("{}/{}", time.earliest.as_ref()?, time.latest.as_ref()?));
                time.value.clone().or_else(bounds).or_else(|| time.earliest.clone()).or_else(|| time.latest.clone())
            });
            let text = text.unwrap_or_default();
            (text.clone(), text)
        },
    ));
    for (field, of) in [("actor", actors as fn(&Report) -> &Vec<Party>), ("recipient", recipients)] {
        found.extend(difference(
            field.into(),
            &values(reports, |report| {
                Some(of(report)).filter(|parties| !parties.is_empty()).map(|parties| sided(parties))
            }),
            |(one, first), (other, second)| {
                let (one, other) = (group(one, first), group(other, second));
                let others = parties::compare_all(one, other, false).is_some_and(|(_, others, _)| others);
                // of two known by their roles alone the states are guessed
                let known = |group: Group<'_>| group.iter().any(|(_, side)| side.is_known());
                let opposed = if field == "actor" { parties::are_opposed } else { parties::are_civilians_and_rebels };
                others && (known(one) || known(other)) || opposed(one, other)
            },
            |(parties, _)| {
                let named: BTreeMap<&str, &str> =
                    parties.iter().map(|party| (party.key.as_str(), party.name.as_str())).collect();
                let join = |parts: Vec<&str>| parts.join("; ");
                (join(named.keys().copied().collect()).into(), join(named.values().copied().collect()).into())
            },
        ));
    }
    let word = |text: &str| (text.into(), text.into());
    found.extend(difference(
        "status".into(),
        &values(reports, |report| Some(report.status).filter(|status| *status != Status::Hypothetical)),
        |one, other| one != other,
        |status| word(status.as_str()),
    ));
    found.extend(difference(
        "certainty".into(),
        &values(reports, |report| {
            Some((report.certainty, report.status)).filter(|(certainty, _)| *certainty != Certainty::Unknown)
        }),
        // a claim and its denial are two sayings
        |one, other| one.0 != other.0 && one.1 == other.1,
        |(certainty, _)| word(certainty.as_str()),
    ));
    found.extend(difference(
        "mode".into(),
        &values(reports, |report| report.mode.as_deref()),
        |one, other| one != other,
        |mode| word(mode),
    ));
    found
}

/// Parties with the side of each.
fn sided(parties: &[Party]) -> (&[Party], Vec<Side>) {
    (parties, parties.iter().map(Side::of).collect())
}

fn group<'r>(parties: &'r [Party], sides: &'r [Side]) -> Group<'r> {
    Group { parties: [parties, &[]], sides }
}

fn actors(report: &Report) -> &Vec<Party> {
    &report.actor
}

fn recipients(report: &Report) -> &Vec<Party> {
    &report.recipient
}

fn values<'r, T>(reports: &[&'r Report], of: impl Fn(&'r Report) -> Option<T>) -> Vec<(T, &'r Report)> {
    reports.iter().filter_map(|report| Some((of(report)?, *report))).collect()
}

/// The figure of a unit; of several, that of all together. Where only some are counted, "40 workers hurt", no fewer are hurt in all.
fn figure(report: &Report, unit: &str) -> Option<Figure> {
    let number = |figure: &Figure| figure.value.or(figure.low).or(figure.high).unwrap_or(0.0);
    let most = |is: &dyn Fn(&str) -> bool| {
        let figures = report.figures.iter().filter(|figure| is(&figure.unit));
        figures.max_by(|one, other| number(one).total_cmp(&number(other))).cloned()
    };
    let some = |of: &str| of.strip_prefix(unit).is_some_and(|of| of.starts_with(' '));
    most(&|of| of == unit).or_else(|| {
        let part = most(&some)?;
        let low = Some(part.low.or(part.value)?);
        Some(Figure { unit: unit.into(), value: None, low, high: None, about: part.about })
    })
}

/// The first place that is known and no state; where the report has none, the one that its sentence names, if it is the only.
fn place(report: &Report) -> Option<&Place> {
    let is_town = |place: &&Place| place.country.as_deref() != Some(&place.key) && place.lat.is_some();
    let mut near = report.near_place.iter().filter(is_town);
    let only = near.next().filter(|_| near.next().is_none());
    report.place.iter().find(is_town).or(only)
}

/// Whether a report names both, so that one lies within the other or both were hit.
fn names_both(report: &Report, one: &Place, other: &Place) -> bool {
    let names = |place: &Place| report.place.iter().chain(&report.near_place).any(|known| known.key == place.key);
    names(one) && names(other)
}

fn are_elsewhere(one: &Place, other: &Place) -> bool {
    one.key != other.key
        && !are_nested(one, other)
        && kilometres(one, other).is_some_and(|distance| distance > ELSEWHERE)
}

/// A field's difference, if any two values exclude each other. `id` gives what makes two values one, and its words.
fn difference<T>(
    field: CompactString,
    values: &[(T, &Report)],
    excludes: impl Fn(&T, &T) -> bool,
    id: impl Fn(&T) -> (CompactString, CompactString),
) -> Option<Difference> {
    let taking_sides: Vec<&(T, &Report)> =
        values.iter().filter(|(value, _)| values.iter().any(|(other, _)| excludes(value, other))).collect();
    let mut opinions: Vec<(CompactString, Opinion)> = Vec::new();
    for (value, report) in &taking_sides {
        let (id, text) = id(value);
        let at = opinions.iter().position(|(known, _)| *known == id).unwrap_or_else(|| {
            opinions.push((id, Opinion { value: text, reports: Vec::new(), by: Vec::new() }));
            opinions.len() - 1
        });
        let opinion = &mut opinions[at].1;
        opinion.reports.push(report.key.clone());
        let by = report.sources.first().and_then(|voice| voice.name.clone()).or_else(|| report.outlet.clone());
        if let Some(by) = by.filter(|by| !opinion.by.contains(by)) {
            opinion.by.push(by);
        }
    }
    let all = taking_sides.len();
    let mut opinions: Vec<Opinion> = opinions.into_iter().map(|(_, opinion)| opinion).collect();
    opinions.sort_by_key(|opinion| std::cmp::Reverse(opinion.reports.len()));
    let most = opinions.first()?.reports.len();
    Some(Difference { field, opinions, disagreement: 1.0 - most as f64 / all as f64 })
}
