//! The reports of one article.

use crate::days::number;
use crate::gazetteer::Gazetteer;
use crate::marks::View;
use crate::report::{Interval, Party, Place, Report, Review, Voice};
use saksi_record::{Attribution, Event, PassageKind, Record, Span, Status, Timex};
use std::collections::HashMap;

/// A time of fewer days than this places an act.
const NARROW: i32 = 7;

/// Every event of an article as a report, in the order of the record. `article` is its key in the collection; each report
/// is its own witness until somebody says which articles are copies.
///
/// A function of its arguments alone; what the record lacks, the report lacks.
pub fn reports(record: &Record, article: &str, gazetteer: &Gazetteer) -> Vec<Report> {
    let language = record.article.language.as_str();
    let parties: HashMap<&str, Party> =
        record.actors.iter().map(|actor| (actor.id.as_str(), gazetteer.party(actor, language))).collect();
    let places: HashMap<&str, Place> =
        record.places.iter().map(|place| (place.id.as_str(), gazetteer.place(place))).collect();
    let voices: HashMap<&str, &Attribution> =
        record.attributions.iter().map(|attribution| (attribution.id.as_str(), attribution)).collect();
    let view = View::of(record, &parties, &places, gazetteer);
    let mut seen: HashMap<String, u32> = HashMap::new();
    record
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
                .map(|tongue| tongue.units.figures(event.kind, &event.quantities, letters, sentence.start))
                .unwrap_or_default();
            let of = |ids: &[String]| ids.iter().filter_map(|id| parties.get(id.as_str()).cloned()).collect();
            Report {
                key,
                article: article.to_owned(),
                witness: article.to_owned(),
                event: event.id.clone(),
                outlet: record.article.outlet.clone(),
                language: language.to_owned(),
                published: record.article.published.value.clone(),
                kind: event.kind,
                mode: event.mode.clone(),
                act: view.act(event.trigger),
                context: event.context.clone(),
                quad: event.quad,
                actor: of(&event.actor),
                recipient: of(&event.recipient),
                place: event.place.iter().filter_map(|id| places.get(id.as_str()).cloned()).collect(),
                time: interval(event),
                near_time: if interval(event).is_some_and(|time| time.earliest.is_some() || time.latest.is_some()) {
                    None
                } else {
                    near_time(record, event, sentence).or_else(|| told_time(record, event))
                },
                near_place: near_place(record, sentence, &places),
                headline: record.passages.iter().any(|passage| {
                    passage.kind == PassageKind::Title
                        && passage.start <= sentence.start
                        && sentence.start < passage.end
                }),
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
                marks: view.marks(sentence),
                words: view.content(sentence),
                concepts: view.concepts(sentence),
                review: Review::default(),
            }
        })
        .collect()
}

fn interval(event: &Event) -> Option<Interval> {
    let time = event.time.as_ref()?;
    let interval = Interval { value: time.value.clone(), earliest: time.earliest.clone(), latest: time.latest.clone() };
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
        .filter(|time| {
            // a day ahead belongs to what is planned, not to what was done or said
            event.status == Status::Future
                || record.article.published.value.is_none()
                || time.earliest <= record.article.published.value
        })
        .filter(|time| {
            let day = |bound: &Option<String>| bound.as_deref().and_then(number);
            day(&time.earliest).zip(day(&time.latest)).is_some_and(|(first, last)| last - first < NARROW)
        })
        .min_by_key(|time| (distance(time.start, time.end), time.start))
        .map(|time| Interval {
            value: time.value.clone(),
            earliest: time.earliest.clone(),
            latest: time.latest.clone(),
        })
}

/// The time of an act of the same type that is told in the sentence before, or for a headline, first: what is told of the
/// past goes on in the past.
fn told_time(record: &Record, event: &Event) -> Option<Interval> {
    let is_title = |event: &Event| {
        record.passages.iter().any(|passage| {
            passage.kind == PassageKind::Title
                && passage.start <= event.trigger.start
                && event.trigger.start < passage.end
        })
    };
    let headline = is_title(event);
    record
        .events
        .iter()
        .filter(|other| other.kind == event.kind && other.status == Status::Actual && event.status == Status::Actual)
        .filter(|other| {
            if headline {
                !is_title(other)
            } else {
                other.sentence + 1 == event.sentence || other.sentence == event.sentence && other.id != event.id
            }
        })
        .find_map(|other| {
            let interval = interval(other)?;
            (interval.earliest.is_some() && interval.latest.is_some()).then_some(interval)
        })
}

fn near_place(record: &Record, sentence: Span, places: &HashMap<&str, Place>) -> Vec<Place> {
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

fn voice(attribution: &Attribution, parties: &HashMap<&str, Party>, view: &View<'_>) -> Voice {
    let source = &attribution.source;
    let party = source.actor.as_deref().and_then(|id| parties.get(id));
    let worded = source.start.zip(source.end).map(|(start, end)| view.slice(start, end).iter().collect::<String>());
    Voice {
        key: party.map(|party| party.key.clone()),
        name: party.map(|party| party.name.clone()).or(worded),
        kind: source.kind,
        stance: attribution.stance,
        cue: attribution.cue,
        channel: attribution.channel.as_ref().map(|channel| channel.name.clone()),
    }
}
