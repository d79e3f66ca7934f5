//! What forms are made of.

use saksi_merge::{Event, Gazetteer, Party, Report, Review};
use saksi_record::{Record, Span, Stance, Status};
use saksi_tree::Text;

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
    /// A record by itself: nothing is merged.
    pub fn alone(record: Record, gazetteer: &Gazetteer) -> Self {
        let key = record.article.id.clone();
        let reports = saksi_merge::reports(&record, &key, gazetteer);
        let reports = reports.into_iter().map(|report| Filed { report, event: None }).collect();
        Self { key, program: None, record, reports }
    }

    /// The text with its offsets.
    pub(crate) fn text(&self) -> Text {
        Text::new(self.record.text.clone())
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

    /// The same for an event: it is actual, and at least one of its reports says that it happened.
    pub(crate) fn takes_event(&mut self, told: &Told) -> bool {
        let event = &told.event;
        let told = told.tellings.iter().any(|telling| counts(&telling.report));
        self.takes_as(event.review, event.status == Status::Actual && told)
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

/// Whether a report stands behind its event: it says that it happened, and was not rejected.
pub(crate) fn counts(report: &Report) -> bool {
    report.review != Review::Rejected && happened(report)
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

/// What records say with no collection: reports of the same event are brought together in memory, and each article is a
/// witness of its own.
pub fn merged(records: Vec<Record>, gazetteer: &Gazetteer) -> (Vec<Told>, Vec<Read>) {
    let mut reads: Vec<Read> = records.into_iter().map(|record| Read::alone(record, gazetteer)).collect();
    reads.sort_by(|one, other| one.key.cmp(&other.key));
    reads.dedup_by(|one, other| one.key == other.key);
    let places: Vec<(usize, usize)> =
        reads.iter().enumerate().flat_map(|(read, each)| (0..each.reports.len()).map(move |at| (read, at))).collect();
    let reports: Vec<Report> = places.iter().map(|(read, at)| reads[*read].reports[*at].report.clone()).collect();
    let mut told = Vec::new();
    for group in saksi_merge::cluster(&reports, &[]) {
        let event = saksi_merge::event(&group.iter().map(|at| &reports[*at]).collect::<Vec<_>>());
        let tellings = group
            .iter()
            .map(|at| Telling { report: reports[*at].clone(), story: reads[places[*at].0].story() })
            .collect();
        for at in &group {
            let (read, report) = places[*at];
            reads[read].reports[report].event = Some(event.clone());
        }
        told.push(Told { event, tellings });
    }
    told.sort_by(|one, other| one.event.key.cmp(&other.event.key));
    (told, reads)
}

/// The words of a span; nothing of what lies past the end of the text.
pub(crate) fn words(text: &Text, span: Span) -> &str {
    let end = span.end.min(text.len());
    text.slice(Span::new(span.start.min(end), end))
}
