//! Gold out of what a person reviewed.

use crate::gold::{Actor, Attribution, Content, Event, Gold, Noise, Quantity, Time};
use crate::letters::Letters;
use crate::locate::{place, said};
use crate::reading::Extent;
use saksi_merge::{Interval, Party, Report, Review};
use saksi_record::{MentionForm, PassageKind, Record, Span};
use std::collections::BTreeMap;

/// The text of a record and gold of it, where a person looked at every event.
///
/// Events are those that were accepted or corrected. What was not reviewed counts neither way: attributions and times are
/// optional, as is an event whose trigger or nearest source cannot be told by words alone. Noise is as it was read. Line
/// breaks are one character each in the text that is given back, as gold counts them.
pub fn reviewed(record: &Record, reports: &[Report]) -> (String, Gold) {
    let page = Page::new(&record.text);
    let mut gold = Gold {
        language: record.article.language.clone(),
        published: record.article.published.value.clone(),
        noise: noise(record, &page),
        times: times(record, &page),
        ..Gold::default()
    };
    let mut actors = Actors::default();
    let told: BTreeMap<&str, bool> = record
        .attributions
        .iter()
        .filter_map(|attribution| {
            let (coded, sure) = attributed(record, attribution, &page)?;
            gold.attributions.push(coded);
            Some((attribution.id.as_str(), sure))
        })
        .collect();
    for report in reports.iter().filter(|report| matches!(report.review, Review::Accepted | Review::Edited)) {
        let Some(within) = page.within(report.trigger) else { continue };
        let read = record.events.iter().find(|event| event.id == report.event);
        let chain: Vec<String> = read.map(|event| event.attribution.clone()).unwrap_or_default();
        let sure = chain.first().is_none_or(|nearest| told.get(nearest.as_str()) == Some(&true));
        gold.events.push(Event {
            id: report.event.to_string(),
            within,
            trigger: page.words(report.trigger),
            kind: report.kind.to_string(),
            mode: report.mode.as_deref().map(str::to_owned),
            actor: report.actor.iter().map(|party| actors.id(party, record, &page)).collect(),
            recipient: report.recipient.iter().map(|party| actors.id(party, record, &page)).collect(),
            time: report.time.as_ref().and_then(days),
            status: report.status.to_string(),
            attribution: chain.into_iter().filter(|id| told.contains_key(id.as_str())).collect(),
            certainty: Some(report.certainty.to_string()),
            quantities: report
                .quantities
                .iter()
                .map(|it| Quantity {
                    value: it.value,
                    low: it.low,
                    high: it.high,
                    about: it.about,
                    unit: it.unit.clone(),
                })
                .collect(),
            place: report.place.first().map(|place| place.name.to_string()),
            historical: report.historical,
            note: None,
            optional: !sure,
        });
    }
    gold.actors = actors.all;
    (page.text, gold)
}

fn days(time: &Interval) -> Option<(String, String)> {
    let day = |day: &str| day.chars().take(10).collect::<String>();
    let first = time.earliest.as_ref()?;
    Some((day(first), day(time.latest.as_ref().unwrap_or(first))))
}

fn noise(record: &Record, page: &Page) -> Vec<Noise> {
    let marked = record.passages.iter().filter(|passage| passage.kind != PassageKind::Title);
    marked
        .map(|passage| Noise {
            kind: passage.kind.to_string(),
            text: page.words(Span::new(passage.start, passage.end)),
        })
        .filter(|noise| !noise.text.is_empty())
        .collect()
}

fn times(record: &Record, page: &Page) -> Vec<Time> {
    let found = record.times.iter().filter_map(|time| {
        let span = Span::new(time.start, time.end);
        let text = page.words(span);
        let nth = page.letters.words(&text).iter().position(|at| *at == page.extent(span))? + 1;
        let timex = Some(time.timex.to_string());
        Some(Time { text, nth: (nth > 1).then_some(nth), timex, value: time.value.clone(), optional: true })
    });
    found.collect()
}

/// An attribution as gold, and whether its words lead back to where it stands; nothing for one without words.
fn attributed(record: &Record, it: &saksi_record::Attribution, page: &Page) -> Option<(Attribution, bool)> {
    let whole = |span: Span| Some(page.words(span)).filter(|words| !page.letters.words(words).is_empty());
    let source = it.source.start.zip(it.source.end).map(|(start, end)| Span::new(start, end));
    let pieces: Vec<String> =
        it.content.iter().map(|piece| page.words(*piece)).filter(|piece| !piece.is_empty()).collect();
    let content = match pieces.as_slice() {
        [] => return None,
        [one] => Content::One(one.clone()),
        _ => Content::Many(pieces),
    };
    let known = |id: &Option<String>| id.clone().filter(|id| record.attributions.iter().any(|other| other.id == *id));
    let coded = Attribution {
        id: it.id.clone(),
        source: source.and_then(whole),
        source_actor: None,
        source_kind: Some(it.source.kind.to_string()),
        cue: it.cue.and_then(whole),
        content,
        form: Some(it.form.to_string()),
        stance: Some(it.stance.to_string()),
        channel: it.channel.as_ref().map(|channel| channel.name.clone()),
        via: known(&it.via),
        optional: true,
    };
    let found = said(&page.letters, &coded).ok()?;
    let meets = |at: Option<Extent>, span: Option<Span>| match (at, span) {
        (Some(at), Some(span)) => at.overlaps(page.extent(span)),
        (None, _) => true,
        (Some(_), None) => false,
    };
    let same = found.content.iter().zip(&it.content).all(|(at, span)| at.overlaps(page.extent(*span)));
    let sure = same && meets(found.source, source) && meets(found.cue, it.cue);
    Some((coded, sure))
}

/// The actors that events name, each once as a person left it.
#[derive(Default)]
struct Actors {
    all: Vec<Actor>,
    seen: Vec<Party>,
}

impl Actors {
    fn id(&mut self, party: &Party, record: &Record, page: &Page) -> String {
        if let Some(at) = self.seen.iter().position(|seen| seen == party) {
            return self.all[at].id.clone();
        }
        let id = format!("a{}", self.seen.len() + 1);
        let mut mentions: Vec<String> = record
            .actors
            .iter()
            .filter(|actor| actor.name == party.name)
            .flat_map(|actor| &actor.mentions)
            .filter(|mention| mention.form != MentionForm::Pronoun)
            .map(|mention| page.words(Span::new(mention.start, mention.end)))
            .collect();
        mentions.sort_unstable();
        mentions.dedup();
        self.all.push(Actor {
            id: id.clone(),
            name: party.name.to_string(),
            kind: Some(party.kind.to_string()),
            country: party.country.as_deref().map(str::to_owned),
            mentions,
        });
        self.seen.push(party.clone());
        id
    }
}

/// The text with one character for each line break, and where the record's code points stand in it.
struct Page {
    text: String,
    letters: Letters,
    places: Vec<i64>,
}

impl Page {
    fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut places = Vec::new();
        let mut count = 0;
        let mut letters = original.chars().peekable();
        while let Some(letter) = letters.next() {
            places.push(count);
            if letter == '\r' && letters.peek() == Some(&'\n') {
                continue;
            }
            text.push(if letter == '\r' { '\n' } else { letter });
            count += 1;
        }
        places.push(count);
        Self { letters: Letters::new(&text), text, places }
    }

    fn extent(&self, span: Span) -> Extent {
        let place = |at: u32| self.places.get(at as usize).or(self.places.last()).copied().unwrap_or(0);
        Extent { start: place(span.start), end: place(span.end) }
    }

    fn words(&self, span: Span) -> String {
        self.letters.slice(self.extent(span))
    }

    /// Words by which gold finds the trigger: those that begin with it and go on until they stand nowhere before it.
    fn within(&self, trigger: Span) -> Option<String> {
        let at = self.extent(trigger);
        let words = self.letters.slice(at);
        let total = self.places.last().copied().unwrap_or(0);
        let leads = |end: i64| {
            let within = self.letters.slice(Extent { start: at.start, end });
            let found = place(&self.letters, "", &words, &within).is_ok_and(|found| found == at);
            found.then_some(within)
        };
        // First by whole words, which a person can read; at the worst to the end of the text, which stands but once.
        let mut end = at.end;
        while end < total {
            let next = self.letters.slice(Extent { start: end, end: end + 1 });
            if !next.chars().all(char::is_alphanumeric)
                && let Some(within) = leads(end)
            {
                return Some(within);
            }
            end += 1;
        }
        leads(total)
    }
}
