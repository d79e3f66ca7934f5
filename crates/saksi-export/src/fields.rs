//! Where in the text each field of a report stands.

use saksi_merge::{Party, Report};
use saksi_record::{Actor, Attribution, Event, Record, Span};
use saksi_tree::Text;

/// A field of a report and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// `trigger`, `sentence`, `actor`, `recipient`, `place`, `time`, `quantity`, `source`, `cue`, `content` or `channel`.
    pub(crate) name: &'static str,
    /// Its words.
    pub(crate) span: Span,
    /// What they stand for: an actor's or place's name, a time's value, a source's kind; empty where the words say it.
    pub(crate) value: String,
}

/// The fields of a report, in the order trigger, sentence, parties, place, time, quantities, sources from the nearest.
///
/// A party that a person put in and the article does not name has no words. Of several mentions the one nearest to the
/// trigger in its sentence counts, else the last one before it.
pub(crate) fn fields(record: &Record, text: &Text, report: &Report) -> Vec<Field> {
    let event = record.events.iter().find(|event| event.id == report.event);
    let mut fields = vec![
        Field { name: "trigger", span: report.trigger, value: String::new() },
        Field { name: "sentence", span: report.sentence, value: String::new() },
    ];
    for (name, parties, ids) in [
        ("actor", &report.actor, event.map(|event| &event.actor)),
        ("recipient", &report.recipient, event.map(|event| &event.recipient)),
    ] {
        for party in parties {
            let mention = actor(record, party, ids.map_or(&[], Vec::as_slice))
                .and_then(|actor| nearest(report, actor.mentions.iter().map(|mention| (mention.start, mention.end))));
            fields.extend(mention.map(|span| Field { name, span, value: party.name.to_string() }));
        }
    }
    for told in &report.place {
        let place = record.places.iter().find(|place| place.name == told.name);
        let mention =
            place.and_then(|place| nearest(report, place.mentions.iter().map(|mention| (mention.start, mention.end))));
        fields.extend(mention.map(|span| Field { name: "place", span, value: told.name.to_string() }));
    }
    // A time that a person changed no longer stands in the words it was read from.
    let time = event.and_then(|event| event.time.as_ref());
    if let (Some(time), Some(told)) = (time, &report.time)
        && let Some(from) = time.from.and_then(|from| record.times.get(from as usize))
        && time.earliest.as_deref() == told.earliest.as_deref()
        && time.latest.as_deref() == told.latest.as_deref()
    {
        let value = told.value.clone().unwrap_or_default().into();
        fields.push(Field { name: "time", span: Span::new(from.start, from.end), value });
    }
    for quantity in report.quantities.iter().filter(|quantity| quantity.start < quantity.end) {
        let span = Span::new(quantity.start, quantity.end);
        fields.push(Field { name: "quantity", span, value: saksi_batch::rows::quantity(quantity) });
    }
    for said in attributions(record, event) {
        said_by(said, &mut fields);
    }
    fields.retain(|field| field.span.start < field.span.end && field.span.end <= text.len());
    fields
}

/// Source, cue, content and channel of an attribution.
fn said_by(said: &Attribution, fields: &mut Vec<Field>) {
    if let (Some(start), Some(end)) = (said.source.start, said.source.end) {
        fields.push(Field { name: "source", span: Span::new(start, end), value: said.source.kind.to_string() });
    }
    if let Some(cue) = said.cue {
        fields.push(Field { name: "cue", span: cue, value: said.stance.to_string() });
    }
    fields.extend(said.content.iter().map(|span| Field { name: "content", span: *span, value: String::new() }));
    if let Some(channel) = &said.channel {
        let span = Span::new(channel.start, channel.end);
        fields.push(Field { name: "channel", span, value: channel.name.clone() });
    }
}

/// The attributions of an event, nearest first.
pub(crate) fn attributions<'r>(record: &'r Record, event: Option<&'r Event>) -> impl Iterator<Item = &'r Attribution> {
    let ids = event.map_or(&[][..], |event| event.attribution.as_slice());
    ids.iter().filter_map(|id| record.attributions.iter().find(|said| said.id == *id))
}

/// The actor of the record that a party is: of those the event names, else any of the same name.
pub(crate) fn actor<'r>(record: &'r Record, party: &Party, ids: &[String]) -> Option<&'r Actor> {
    let named = |actor: &&Actor| actor.name == party.name;
    let own = record.actors.iter().filter(|actor| ids.contains(&actor.id)).find(named);
    own.or_else(|| record.actors.iter().find(named))
}

fn nearest(report: &Report, mentions: impl Iterator<Item = (u32, u32)> + Clone) -> Option<Span> {
    let spans = mentions.map(|(start, end)| Span::new(start, end));
    let apart = |span: &Span| {
        let trigger = report.trigger;
        if span.end <= trigger.start { trigger.start - span.end } else { span.start.saturating_sub(trigger.end) }
    };
    let own = spans.clone().filter(|span| report.sentence.contains(*span)).min_by_key(|span| (apart(span), span.start));
    own.or_else(|| spans.clone().filter(|span| span.end <= report.sentence.start).max()).or_else(|| spans.min())
}
