//! What forms are made of.

use saksi_merge::{Event, Interval, Party, Place, Report, Review, Voice};
use saksi_record::{Record, Span, Stance, Status};

/// What is known of an article apart from its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Story {
    /// Key of the article in the collection; the record's id without one.
    pub key: String,
    /// Path or address it was read from.
    pub from: Option<String>,
    /// Its own address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// BCP 47.
    pub language: String,
    /// ISO 8601 day of publication.
    pub published: Option<String>,
}

impl Story {
    /// What a record says of its article.
    pub fn of(key: &str, record: &Record) -> Self {
        let article = &record.article;
        Self {
            key: key.to_owned(),
            from: article.from.clone(),
            url: article.url.clone(),
            outlet: article.outlet.clone(),
            author: article.author.clone(),
            title: article.title.clone(),
            language: article.language.clone(),
            published: article.published.value.clone(),
        }
    }

    /// An address for those who want one: the article's own, where it was read from, or one made of its key.
    pub(crate) fn address(&self) -> String {
        self.url.clone().or_else(|| self.from.clone()).unwrap_or_else(|| format!("urn:saksi:article:{}", self.key))
    }
}

/// A report and the article that it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// The report.
    pub report: Report,
    /// Its article.
    pub story: Story,
}

/// An event with all its reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What they say together.
    pub event: Event,
    /// The reports, in order of their keys.
    pub tellings: Vec<Telling>,
}

/// A report of an article, and the event that it belongs to; none where nothing was merged.
#[derive(Debug, Clone, PartialEq)]
pub struct Filed {
    /// The report.
    pub report: Report,
    /// Its event.
    pub event: Option<Event>,
}

/// An article with its record and reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Key of the article in the collection; the record's id without one.
    pub key: String,
    /// Program and packs that made the record, where known.
    pub program: Option<String>,
    /// The record.
    pub record: Record,
    /// Its reports, in text order.
    pub reports: Vec<Filed>,
}

impl Read {
    /// A record by itself: every event is a report, and nothing is merged.
    pub fn alone(record: Record) -> Self {
        let reports = unmerged(&record).into_iter().map(|report| Filed { report, event: None }).collect();
        Self { key: record.article.id.clone(), program: None, record, reports }
    }

    pub(crate) fn story(&self) -> Story {
        Story::of(&self.key, &self.record)
    }
}

/// What a form wrote and what it left out, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// Rows or parts written.
    pub written: u64,
    /// Not reported to have happened: planned, supposed, negated, denied or doubted.
    pub not_actual: u64,
    /// Rejected by a person.
    pub rejected: u64,
    /// Without the place or its coordinates.
    pub no_place: u64,
    /// Without a day, month or year.
    pub no_time: u64,
    /// Without an actor and a recipient.
    pub no_dyad: u64,
    /// Not part of any event.
    pub no_event: u64,
}

impl Left {
    /// Whether a form without a place for status may hold a report; counts it if not.
    pub(crate) fn takes(&mut self, report: &Report) -> bool {
        self.takes_as(report.review, happened(report))
    }

    /// The same for an event.
    pub(crate) fn takes_event(&mut self, event: &Event) -> bool {
        self.takes_as(event.review, event.status == Status::Actual)
    }

    fn takes_as(&mut self, review: Review, happened: bool) -> bool {
        if review == Review::Rejected {
            self.rejected += 1;
            return false;
        }
        self.not_actual += u64::from(!happened);
        happened
    }
}

/// Whether a report says that the act took place: it is actual, and its nearest source neither denies nor doubts it.
pub(crate) fn happened(report: &Report) -> bool {
    let disputed = report.sources.first().is_some_and(|voice| matches!(voice.stance, Stance::Denies | Stance::Doubts));
    report.status == Status::Actual && !disputed
}

/// The pairs of actor and recipient; one with a side missing where only one is known, none where neither is.
pub(crate) fn dyads<'p>(actor: &'p [Party], recipient: &'p [Party]) -> Vec<(Option<&'p Party>, Option<&'p Party>)> {
    match (actor, recipient) {
        ([], []) => Vec::new(),
        ([], those) => those.iter().map(|party| (None, Some(party))).collect(),
        (those, []) => those.iter().map(|party| (Some(party), None)).collect(),
        (those, whom) => those.iter().flat_map(|one| whom.iter().map(move |other| (Some(one), Some(other)))).collect(),
    }
}

/// The events of a record as reports of one article. A name is an actor's key here: nothing is looked up or merged.
pub fn unmerged(record: &Record) -> Vec<Report> {
    let article = &record.article;
    let mut seen = std::collections::BTreeMap::<String, u32>::new();
    let parties = |ids: &[String]| -> Vec<Party> {
        ids.iter()
            .filter_map(|id| record.actors.iter().find(|actor| actor.id == *id))
            .map(|actor| Party {
                key: actor.name.clone(),
                name: actor.name.clone(),
                kind: actor.kind,
                country: actor.country.clone(),
                sector: actor.sector.clone(),
                title: actor.title.clone(),
            })
            .collect()
    };
    record
        .events
        .iter()
        .map(|event| {
            let mut key = format!("{}:{}-{}:{}", article.id, event.trigger.start, event.trigger.end, event.kind);
            let count = seen.entry(key.clone()).or_default();
            *count += 1;
            if *count > 1 {
                key = format!("{key}:{count}");
            }
            let sentence = record.sentences.get(event.sentence as usize);
            Report {
                key,
                article: article.id.clone(),
                witness: article.id.clone(),
                event: event.id.clone(),
                outlet: article.outlet.clone(),
                language: article.language.clone(),
                published: article.published.value.clone(),
                kind: event.kind,
                mode: event.mode.clone(),
                context: event.context.clone(),
                quad: event.quad,
                actor: parties(&event.actor),
                recipient: parties(&event.recipient),
                place: event
                    .place
                    .iter()
                    .filter_map(|id| record.places.iter().find(|place| place.id == *id))
                    .map(|place| Place {
                        key: place.name.clone(),
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
                sources: event.attribution.iter().filter_map(|id| voice(record, id)).collect(),
                marks: Vec::new(),
                words: Vec::new(),
                review: Review::Unreviewed,
            }
        })
        .collect()
}

fn voice(record: &Record, id: &str) -> Option<Voice> {
    let said = record.attributions.iter().find(|said| said.id == id)?;
    let actor = said.source.actor.as_ref().and_then(|id| record.actors.iter().find(|actor| actor.id == *id));
    let words = said.source.start.zip(said.source.end).map(|(start, end)| words(record, Span::new(start, end)));
    Some(Voice {
        key: actor.map(|actor| actor.name.clone()),
        name: words.or_else(|| actor.map(|actor| actor.name.clone())),
        kind: said.source.kind,
        stance: said.stance,
        cue: said.cue,
        channel: said.channel.as_ref().map(|channel| channel.name.clone()),
    })
}

/// The words of a span; nothing of what lies past the end of the text.
pub(crate) fn words(record: &Record, span: Span) -> String {
    record.text.chars().skip(span.start as usize).take(span.end.saturating_sub(span.start) as usize).collect()
}
