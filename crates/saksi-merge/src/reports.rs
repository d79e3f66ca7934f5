//! The reports of one article.

use crate::days::{iso, number};
use crate::figures::Figure;
use crate::gazetteer::Gazetteer;
use crate::likeness::{LEAD, is_of_a_kind};
use crate::marks::{Said, View};
use crate::pool::pool;
use crate::report::{Interval, Party, Place, Report, Review, Voice};
use crate::spelling::plain;
use crate::taken_up::{follow, take_up};
use crate::translation::{Outline, of_sentences};
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_record::{Attribution, Event, PassageKind, Record, Span, Status, Time, Timex};
use std::collections::BTreeMap;

/// Days before its publication of which an article is news at most.
const NEWS: i32 = 3;
/// A day stands no farther than this, in code points, behind the verb of saying whose day it is.
const CUE: u32 = 8;
/// Days before the news in which an act lies that is only spoken of, at most.
const BEHIND: i32 = 20;
/// A time of fewer days than this places an act.
const NARROW: i32 = 7;

/// Every event of an article as a report, in the order of the record. `article` is its key in the collection; each report
/// is its own witness until somebody says which articles are copies.
///
/// A function of its arguments alone; what the record lacks, the report lacks.
pub fn reports(record: &Record, article: &str, gazetteer: &Gazetteer) -> Vec<Report> {
    read(record, article, gazetteer).0
}

/// The reports of an article, and its outline.
pub fn read(record: &Record, article: &str, gazetteer: &Gazetteer) -> (Vec<Report>, Outline) {
    let language = record.article.language.as_str();
    let parties: FxHashMap<&str, Party> =
        record.actors.iter().map(|actor| (actor.id.as_str(), gazetteer.party(actor, language))).collect();
    let places: FxHashMap<&str, Place> =
        record.places.iter().map(|place| (place.id.as_str(), gazetteer.place(place))).collect();
    let voices: FxHashMap<&str, &Attribution> =
        record.attributions.iter().map(|attribution| (attribution.id.as_str(), attribution)).collect();
    let view = View::of(record, &parties, &places, gazetteer);
    let about = about(&parties, record, &places);
    let told: FxHashSet<u32> = record.events.iter().map(|event| event.sentence).collect();
    let said: Vec<Said> = (0..)
        .zip(&record.sentences)
        .map(|(at, sentence)| {
            let span = Span { start: sentence.start, end: sentence.end };
            if told.contains(&at) { view.read(span) } else { Said { marks: view.marks(span), ..Said::default() } }
        })
        .collect();
    let outline = of_sentences(record, &said.iter().map(|said| &said.marks).collect::<Vec<_>>());
    let numbers = numbers(record);
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    let mut reports: Vec<Report> = record
        .events
        .iter()
        .map(|event| {
            let base = format!("{article}:{}-{}:{}", event.trigger.start, event.trigger.end, event.kind);
            let count = seen.entry(base.clone()).and_modify(|count| *count += 1).or_insert(1);
            let key = if *count == 1 { base } else { format!("{base}:{count}") };
            let sentence = record
                .sentences
                .get(event.sentence as usize)
                .map_or(event.trigger, |sentence| Span { start: sentence.start, end: sentence.end });
            let letters = view.slice(sentence.start, sentence.end);
            let figures = gazetteer
                .languages
                .get(language)
                .map(|tongue| tongue.units.figures(event.kind, &event.quantities, &numbers, letters, sentence.start))
                .unwrap_or_default();
            let Said { marks, words, concepts } =
                said.get(event.sentence as usize).cloned().unwrap_or_else(|| view.read(sentence));
            let sequence = gazetteer
                .languages
                .get(language)
                .and_then(|tongue| tongue.sequence.days(record, event, sentence, &view.letters));
            // a day that the reader took from the act it is counted from
            let time = interval(event).filter(|_| sequence.is_none());
            let of = |ids: &[String]| ids.iter().filter_map(|id| parties.get(id.as_str()).cloned()).collect();
            Report {
                key,
                article: article.to_owned(),
                witness: article.to_owned(),
                event: event.id.as_str().into(),
                outlet: record.article.outlet.as_deref().map(CompactString::from),
                language: language.into(),
                published: record.article.published.value.as_deref().map(CompactString::from),
                kind: event.kind,
                mode: event.mode.as_deref().map(CompactString::from),
                act: view.act(event.trigger, event.kind),
                context: event.context.iter().map(CompactString::from).collect(),
                quad: event.quad,
                actor: of(&event.actor),
                recipient: of(&event.recipient),
                place: event.place.iter().filter_map(|id| places.get(id.as_str()).cloned()).collect(),
                near_time: if time.as_ref().is_some_and(|time| time.earliest.is_some() || time.latest.is_some()) {
                    None
                } else {
                    sequence.or_else(|| {
                        let happened = matches!(event.status, Status::Actual | Status::Negated);
                        let behind = view.behind(sentence.start, event.trigger.start).filter(|_| happened);
                        near_time(record, event, Span { start: behind.unwrap_or(sentence.start), ..sentence })
                            .or_else(|| told_time(record, event))
                            .or_else(|| behind.and_then(|_| time_behind(record, event)))
                    })
                },
                time,
                near_place: near_place(record, sentence, &places),
                headline: is_title(record, event.trigger),
                status: event.status,
                historical: event.historical,
                quantities: event.quantities.clone(),
                figures,
                certainty: event.certainty,
                confidence: event.confidence,
                trigger: event.trigger,
                sentence,
                sources: event
                    .attribution
                    .iter()
                    .filter_map(|id| voices.get(id.as_str()))
                    .map(|attribution| voice(attribution, &parties, &view))
                    .collect(),
                marks,
                first: first(record, event),
                toll: false,
                near_actor: Vec::new(),
                takes_up: None,
                about: about.clone(),
                words,
                concepts,
                review: Review::default(),
            }
        })
        .collect();
    let nouns: Vec<Option<CompactString>> =
        reports.iter().map(|report| view.takes_up(report.sentence, report.trigger, report.kind)).collect();
    take_up(&mut reports, &nouns, |report| plain(view.text(report.trigger.start, report.trigger.end)));
    follow(&mut reports, |report| view.is_next(report.sentence, report.trigger));
    date_denials(&mut reports);
    pool(&mut reports);
    if let Some(news) = news(record) {
        for report in &mut reports {
            let undated = report.time.is_none() && report.near_time.is_none() && !report.historical;
            if undated && matches!(report.status, Status::Actual | Status::Negated) {
                report.near_time = Some(news.clone());
            }
        }
    }
    (reports, outline)
}

/// The days of which the article is news: from the first day that it names to its publication. What it tells
/// without a day is of these, or older.
fn news(record: &Record) -> Option<Interval> {
    let published = record.article.published.value.as_deref()?;
    let last = number(published)?;
    let dated = record.times.iter().take_while(|time| time.start < LEAD);
    let dated = dated.filter(|time| matches!(time.timex, Timex::Date | Timex::Time) && !is_of_saying(record, time));
    let first = dated.into_iter().find_map(|time| {
        let day = |bound: &Option<String>| bound.as_deref().and_then(number);
        let (earliest, latest) = day(&time.earliest).zip(day(&time.latest))?;
        (latest - earliest < 2 && latest <= last && earliest >= last - NEWS).then_some(earliest)
    })?;
    Some(Interval { value: None, earliest: Some(iso(first)), latest: Some(published.into()) })
}

/// Whether a day is that of a saying rather than of what is said: "said on Tuesday that he had been dismissed".
fn is_of_saying(record: &Record, time: &Time) -> bool {
    record.attributions.iter().any(|said| {
        let behind = said.cue.is_some_and(|cue| cue.end <= time.start && time.start - cue.end < CUE);
        behind && said.content.iter().map(|content| content.start).min().is_some_and(|start| time.end <= start)
    })
}

/// A denial without a day is of what the article told before.
fn date_denials(reports: &mut [Report]) {
    for at in 1..reports.len() {
        let (before, denial) = (&reports[..at], &reports[at]);
        if denial.status == Status::Negated && denial.time.is_none() && denial.near_time.is_none() {
            let told = before.iter().rfind(|told| told.kind == denial.kind && told.status == Status::Actual);
            let time = told.and_then(|told| told.time.clone().or_else(|| told.near_time.clone()));
            reports[at].near_time = time.filter(|time| time.earliest.is_some() && time.latest.is_some());
        }
    }
}

/// The figures of a report whose type or quantities a person changed. `record` is that of its article.
pub fn figures(report: &Report, record: &Record, gazetteer: &Gazetteer) -> Vec<Figure> {
    let Some(tongue) = gazetteer.languages.get(&report.language) else { return Vec::new() };
    let Span { start, end } = report.sentence;
    let letters: Vec<char> =
        record.text.chars().skip(start as usize).take(end.saturating_sub(start) as usize).collect();
    let mut numbers = numbers(record);
    numbers.extend(report.quantities.iter().map(|quantity| (quantity.start, quantity.end)));
    tongue.units.figures(report.kind, &report.quantities, &numbers, &letters, start)
}

/// Where the record has quantities.
fn numbers(record: &Record) -> Vec<(u32, u32)> {
    let quantities = record.events.iter().flat_map(|event| &event.quantities);
    quantities.map(|quantity| (quantity.start, quantity.end)).collect()
}

fn interval(event: &Event) -> Option<Interval> {
    let time = event.time.as_ref()?;
    let interval = Interval {
        value: time.value.as_deref().map(CompactString::from),
        earliest: time.earliest.as_deref().map(CompactString::from),
        latest: time.latest.as_deref().map(CompactString::from),
    };
    (interval.value.is_some() || interval.earliest.is_some() || interval.latest.is_some()).then_some(interval)
}

/// The day or few days named nearest to the trigger in its sentence.
fn near_time(record: &Record, event: &Event, sentence: Span) -> Option<Interval> {
    let distance =
        |start: u32, end: u32| start.saturating_sub(event.trigger.end).max(event.trigger.start.saturating_sub(end));
    record
        .times
        .iter()
        .filter(|time| time.start >= sentence.start && time.end <= sentence.end)
        .filter(|time| matches!(time.timex, Timex::Date | Timex::Time))
        .filter(|time| !is_of_saying(record, time))
        .filter(|time| {
            // a day ahead belongs to what is planned, not to what was done or said
            event.status == Status::Future && time.latest >= record.article.published.value
                || record.article.published.value.is_none()
                || time.earliest <= record.article.published.value
        })
        .filter(|time| {
            let day = |bound: &Option<String>| bound.as_deref().and_then(number);
            day(&time.earliest).zip(day(&time.latest)).is_some_and(|(first, last)| last - first < NARROW)
        })
        .min_by_key(|time| (distance(time.start, time.end), time.start))
        .map(|time| {
            // a plan by a day falls between the news and that day
            let published = record.article.published.value.as_deref().filter(|_| event.status == Status::Future);
            let published = published.filter(|day| Some(*day) <= time.latest.as_deref());
            Interval {
                value: time.value.as_deref().map(CompactString::from),
                earliest: published.or(time.earliest.as_deref()).map(CompactString::from),
                latest: time.latest.as_deref().map(CompactString::from),
            }
        })
}

/// The days in which an act lies that is only spoken of: that of the act of its type that the article told last, else the weeks
/// before the news.
fn time_behind(record: &Record, event: &Event) -> Option<Interval> {
    let told = record.events.iter().filter(|other| {
        other.kind == event.kind && other.trigger.end <= event.trigger.start && other.status == Status::Actual
    });
    let told = told.filter_map(interval).rfind(|time| time.earliest.is_some() && time.latest.is_some());
    told.or_else(|| {
        let published = record.article.published.value.as_deref().filter(|_| !event.historical)?;
        let first = iso(number(published)? - BEHIND);
        Some(Interval { value: None, earliest: Some(first), latest: Some(published.into()) })
    })
}

/// The time of an act of the same type that is told in the sentence before, or for a headline, first: what is told of the
/// past goes on in the past.
fn told_time(record: &Record, event: &Event) -> Option<Interval> {
    let headline = is_title(record, event.trigger);
    let is_told = |other: &Event| other.status == Status::Actual && event.status == Status::Actual;
    let before = if headline {
        let lead = |other: &&Event| first(record, other) && is_of_a_kind(other.kind, event.kind);
        record.events.iter().find(lead).filter(|other| other.trigger.start < LEAD)
    } else {
        record.events.iter().find(|other| {
            other.kind == event.kind
                && !is_title(record, other.trigger)
                && (other.sentence + 1 == event.sentence || other.sentence == event.sentence && other.id != event.id)
                && other.time.is_some()
        })
    };
    let interval = interval(before.filter(|other| is_told(other))?)?;
    (interval.earliest.is_some() && interval.latest.is_some()).then_some(interval)
}

fn is_title(record: &Record, trigger: Span) -> bool {
    record.passages.iter().any(|passage| {
        passage.kind == PassageKind::Title && passage.start <= trigger.start && trigger.start < passage.end
    })
}

/// Whether it is the first below the headline of those that may tell the same act.
fn first(record: &Record, event: &Event) -> bool {
    let below = |other: &&Event| is_of_a_kind(other.kind, event.kind) && !is_title(record, other.trigger);
    record.events.iter().find(below).is_some_and(|first| first.id == event.id)
}

/// The state to which most of the names in the article belong; of several, the first in order.
fn about(parties: &FxHashMap<&str, Party>, record: &Record, places: &FxHashMap<&str, Place>) -> Option<CompactString> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for actor in &record.actors {
        if let Some(country) = parties.get(actor.id.as_str()).and_then(|party| party.country.as_deref()) {
            *counts.entry(country).or_default() += actor.mentions.len();
        }
    }
    for place in &record.places {
        if let Some(country) = places.get(place.id.as_str()).and_then(|place| place.country.as_deref()) {
            *counts.entry(country).or_default() += place.mentions.len();
        }
    }
    let most = counts.into_iter().max_by_key(|(country, count)| (*count, std::cmp::Reverse(*country)));
    most.map(|(country, _)| country.into())
}

fn near_place(record: &Record, sentence: Span, places: &FxHashMap<&str, Place>) -> Vec<Place> {
    record
        .places
        .iter()
        .filter(|place| {
            place.mentions.iter().any(|mention| mention.start >= sentence.start && mention.end <= sentence.end)
        })
        .filter_map(|place| places.get(place.id.as_str()))
        .filter(|place| place.country.is_some() || place.lat.is_some())
        .cloned()
        .collect()
}

fn voice(attribution: &Attribution, parties: &FxHashMap<&str, Party>, view: &View<'_>) -> Voice {
    let source = &attribution.source;
    let party = source.actor.as_deref().and_then(|id| parties.get(id));
    let worded = source.start.zip(source.end).map(|(start, end)| view.text(start, end).into());
    Voice {
        key: party.map(|party| party.key.clone()),
        name: party.map(|party| party.name.clone()).or(worded),
        kind: source.kind,
        stance: attribution.stance,
        cue: attribution.cue,
        channel: attribution.channel.as_ref().map(|channel| channel.name.as_str().into()),
    }
}
