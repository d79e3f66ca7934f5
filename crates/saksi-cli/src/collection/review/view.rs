//! What is shown of a report: its sentence with what was read from it, and why.

use saksi_merge::Report;
use saksi_record::{Attribution, Event, Record, Span};
use saksi_store::look::Told;

/// What a stretch of a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Place,
    Time,
    Figure,
    Actor,
    Recipient,
    Source,
    Cue,
    Trigger,
}

/// A report with its words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    pub(crate) report: Report,
    /// Key of its event.
    pub(crate) event: String,
    /// Who published it, or where it was read.
    pub(crate) outlet: String,
    pub(crate) title: String,
    /// The sentence as it stands.
    pub(crate) sentence: String,
    /// The article's text before and after the sentence.
    pub(crate) around: (String, String),
    /// What was read from the sentence; in code points of it. Where two overlap the later role counts.
    pub(crate) marks: Vec<(Span, Role)>,
    /// The chain of sources, nearest first, each in words.
    pub(crate) chain: Vec<String>,
    /// What led to the event, and to who says so.
    pub(crate) why: Vec<String>,
}

impl Seen {
    /// What is shown of a report in the collection.
    pub(crate) fn of(told: Told) -> Self {
        let Told { report, event, article } = told;
        let record = article.record;
        let letters: Vec<char> = record.text.chars().collect();
        let slice = |start: u32, end: u32| -> String {
            letters.get(start as usize..end as usize).unwrap_or_default().iter().collect()
        };
        let read = record.events.iter().find(|event| event.id == report.event);
        let said: Vec<&Attribution> = read
            .iter()
            .flat_map(|event| &event.attribution)
            .filter_map(|id| record.attributions.iter().find(|said| said.id == *id))
            .collect();
        let mut why: Vec<String> = read.map(|event| event.why.clone()).unwrap_or_default();
        why.extend(said.iter().flat_map(|said| said.why.iter().map(|reason| format!("{}: {reason}", said.id))));
        let chain = report
            .sources
            .iter()
            .map(|voice| {
                let cue = voice.cue.map(|cue| format!(" ‘{}’", slice(cue.start, cue.end))).unwrap_or_default();
                let channel = voice.channel.as_ref().map(|channel| format!(", via {channel}")).unwrap_or_default();
                let name = voice.name.as_deref().unwrap_or("somebody left out");
                format!("{name}{cue} ({}, {}{channel})", voice.kind, voice.stance)
            })
            .collect();
        let sentence = report.sentence;
        let end = letters.len() as u32;
        let about = &record.article;
        let file = about.from.as_ref().map(|from| from.rsplit(['/', '\\']).next().unwrap_or(from).to_owned());
        let outlet = about.outlet.clone().or_else(|| about.url.clone()).or(file);
        Self {
            event: event.unwrap_or_default(),
            outlet: outlet.unwrap_or_else(|| "unknown outlet".to_owned()),
            title: record.article.title.clone().unwrap_or_default(),
            sentence: slice(sentence.start, sentence.end),
            around: (slice(0, sentence.start), slice(sentence.end, end)),
            marks: read.map(|event| marks(&record, event, &said, sentence)).unwrap_or_default(),
            chain,
            why,
            report,
        }
    }
}

/// What was read from a sentence.
fn marks(record: &Record, event: &Event, said: &[&Attribution], sentence: Span) -> Vec<(Span, Role)> {
    let mut marks = vec![(event.trigger, Role::Trigger)];
    for (ids, role) in [(&event.actor, Role::Actor), (&event.recipient, Role::Recipient)] {
        for actor in record.actors.iter().filter(|actor| ids.contains(&actor.id)) {
            marks.extend(actor.mentions.iter().map(|it| (Span { start: it.start, end: it.end }, role)));
        }
    }
    for place in record.places.iter().filter(|place| event.place.contains(&place.id)) {
        marks.extend(place.mentions.iter().map(|it| (Span { start: it.start, end: it.end }, Role::Place)));
    }
    let time = event.time.as_ref().and_then(|time| record.times.get(time.from? as usize));
    marks.extend(time.map(|time| (Span { start: time.start, end: time.end }, Role::Time)));
    marks.extend(event.quantities.iter().map(|it| (Span { start: it.start, end: it.end }, Role::Figure)));
    for said in said {
        let source = said.source.start.zip(said.source.end);
        marks.extend(source.map(|(start, end)| (Span { start, end }, Role::Source)));
        marks.extend(said.cue.map(|cue| (cue, Role::Cue)));
    }
    let mut within: Vec<(Span, Role)> = marks
        .into_iter()
        .map(|(span, role)| (span.start.max(sentence.start), span.end.min(sentence.end), role))
        .filter(|(start, end, _)| start < end)
        .map(|(start, end, role)| (Span { start: start - sentence.start, end: end - sentence.start }, role))
        .collect();
    within.sort_by_key(|(span, role)| (*role, span.start, span.end));
    within.dedup();
    within
}
