//! Placeholder until the real functions are here.
use crate::{Event, Interval, Party, Place, Report, Review, Voice};
use saksi_lang::{Pack, PackError};
use saksi_record::{Record, Span};

/// What a person said of two reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hand {
    /// One event.
    Same(String, String),
    /// Two events.
    Apart(String, String),
}

/// Names.
#[derive(Debug)]
pub struct Gazetteer;
impl Gazetteer {
    /// Compiles.
    ///
    /// # Errors
    /// None.
    pub fn compile(_world: &Pack, _packs: &[Pack]) -> Result<Self, PackError> {
        Ok(Self)
    }
}

fn party(actor: &saksi_record::Actor) -> Party {
    Party {
        key: format!("{}:{}", actor.kind, actor.name.to_lowercase()),
        name: actor.name.clone(),
        kind: actor.kind,
        country: actor.country.clone(),
        sector: actor.sector.clone(),
        title: actor.title.clone(),
    }
}

/// Reports of a record.
pub fn reports(record: &Record, article: &str, _: &Gazetteer) -> Vec<Report> {
    let actors = |ids: &[String]| -> Vec<Party> {
        record.actors.iter().filter(|actor| ids.contains(&actor.id)).map(party).collect()
    };
    let slice = |start: u32, end: u32| -> String {
        record.text.chars().skip(start as usize).take((end - start) as usize).collect()
    };
    record
        .events
        .iter()
        .map(|event| {
            let sentence = record.sentences.get(event.sentence as usize);
            Report {
                key: format!("{article}:{}-{}:{}:{}", event.trigger.start, event.trigger.end, event.kind, event.id),
                article: article.to_owned(),
                witness: article.to_owned(),
                event: event.id.clone(),
                outlet: record.article.outlet.clone(),
                language: record.article.language.clone(),
                published: record.article.published.value.clone(),
                kind: event.kind,
                mode: event.mode.clone(),
                context: event.context.clone(),
                quad: event.quad,
                actor: actors(&event.actor),
                recipient: actors(&event.recipient),
                place: record
                    .places
                    .iter()
                    .filter(|place| event.place.contains(&place.id))
                    .map(|place| Place {
                        key: place.name.to_lowercase(),
                        name: place.name.clone(),
                        country: place.country.clone(),
                        lat: place.lat,
                        lon: place.lon,
                    })
                    .collect(),
                time: event.time.as_ref().map(|time| Interval {
                    value: time.value.clone(),
                    earliest: time.earliest.clone(),
                    latest: time.latest.clone(),
                }),
                status: event.status,
                historical: event.historical,
                quantities: event.quantities.clone(),
                certainty: event.certainty,
                confidence: event.confidence,
                trigger: event.trigger,
                sentence: sentence.map_or(event.trigger, |sentence| Span::new(sentence.start, sentence.end)),
                sources: event
                    .attribution
                    .iter()
                    .filter_map(|id| record.attributions.iter().find(|said| said.id == *id))
                    .map(|said| {
                        let actor = said
                            .source
                            .actor
                            .as_ref()
                            .and_then(|id| record.actors.iter().find(|actor| actor.id == *id));
                        Voice {
                            key: actor.map(|actor| party(actor).key),
                            name: said.source.start.zip(said.source.end).map(|(start, end)| slice(start, end)),
                            kind: said.source.kind,
                            stance: said.stance,
                            cue: said.cue,
                            channel: said.channel.as_ref().map(|channel| channel.name.clone()),
                        }
                    })
                    .collect(),
                marks: Vec::new(),
                words: Vec::new(),
                review: Review::Unreviewed,
            }
        })
        .collect()
}

fn first(parties: &[Party]) -> &str {
    parties.first().map_or("", |party| &party.key)
}

/// Blocks.
pub fn blocks(report: &Report) -> Vec<u64> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (report.kind, first(&report.actor), first(&report.recipient)).hash(&mut hasher);
    report.time.as_ref().and_then(|time| time.earliest.clone()).or(report.published.clone()).hash(&mut hasher);
    vec![hasher.finish()]
}

/// Linked.
pub fn linked(one: &Report, other: &Report) -> bool {
    one.article != other.article && one.kind == other.kind && blocks(one) == blocks(other) && !one.actor.is_empty()
}

/// Clusters.
pub fn cluster(reports: &[Report], _hands: &[Hand]) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for (at, report) in reports.iter().enumerate() {
        match sets.iter_mut().find(|set| linked(&reports[set[0]], report)) {
            Some(set) => set.push(at),
            None => sets.push(vec![at]),
        }
    }
    sets
}

/// Event.
pub fn event(reports: &[&Report]) -> Event {
    let earliest = reports.iter().min_by_key(|report| (&report.published, &report.key)).copied().unwrap_or(reports[0]);
    let mut languages: Vec<String> = reports.iter().map(|report| report.language.clone()).collect();
    languages.sort();
    languages.dedup();
    let mut witnesses: Vec<&str> = reports.iter().map(|report| report.witness.as_str()).collect();
    witnesses.sort_unstable();
    witnesses.dedup();
    let days: Vec<&String> = reports.iter().filter_map(|report| report.published.as_ref()).collect();
    Event {
        key: format!("E{}", earliest.key),
        kind: earliest.kind,
        mode: earliest.mode.clone(),
        quad: earliest.quad,
        actor: earliest.actor.clone(),
        recipient: earliest.recipient.clone(),
        place: earliest.place.clone(),
        time: earliest.time.clone(),
        status: earliest.status,
        certainty: earliest.certainty,
        reports: reports.len() as u32,
        articles: reports.len() as u32,
        sources: witnesses.len() as u32,
        languages,
        published: days.iter().min().zip(days.iter().max()).map(|(a, b)| ((*a).clone(), (*b).clone())),
        review: reports.iter().map(|report| report.review).max().unwrap_or_default(),
        differences: Vec::new(),
    }
}
