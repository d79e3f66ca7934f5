//! UIMA CAS as JSON, version 0.4 (Apache UIMA, "UIMA CAS JSON" format), as `INCEpTION` opens it. Offsets are in UTF-16.

mod types;

use crate::fields::{Field, actor, fields};
use crate::native::review;
use crate::utf16::Utf16;
use crate::value::{Filed, Read};
use saksi_merge::Review;
use saksi_record::{Record, Span};
use saksi_tree::Text;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use types::{
    ACTOR, ATTRIBUTION, ATTRIBUTION_LINK, CONTENT, EVENT, EVENT_LINK, METADATA, PLACE, QUANTITY, SENTENCE, SOURCE, TIME,
};

pub use types::type_system;

/// The feature structure that is the text.
const SOFA: u64 = 1;

/// The CAS of an article. A rejected report is left out.
///
/// # Errors
/// If `out` cannot be written to.
pub fn cas(out: &mut dyn io::Write, read: &Read) -> io::Result<()> {
    let record = &read.record;
    let text = read.text();
    let mut made = Made::new(&text);
    let story = read.story();
    made.add(
        METADATA,
        Span::new(0, made.length),
        &[
            ("language", Some(record.article.language.as_str().into())),
            ("documentTitle", story.title.clone().map(Value::from)),
            ("documentId", Some(read.key.as_str().into())),
            ("documentUri", Some(story.address().into())),
        ],
    );
    for sentence in &record.sentences {
        made.add(SENTENCE, Span::new(sentence.start, sentence.end), &[]);
    }
    made.named(record);
    made.said(record);
    for filed in read.reports.iter().filter(|filed| filed.report.review != Review::Rejected) {
        made.event(record, &text, filed);
    }
    let members: Vec<u64> = made.members;
    let cas = json!({
        "%TYPES": types::json_types(),
        "%FEATURE_STRUCTURES": made.structures,
        "%VIEWS": { "_InitialView": { "%SOFA": SOFA, "%MEMBERS": members } },
    });
    serde_json::to_writer(&mut *out, &cas)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// A CAS in the making.
struct Made {
    utf16: Utf16,
    /// Code points of the text.
    length: u32,
    structures: Vec<Value>,
    members: Vec<u64>,
    /// The annotation of a type at a span; of several the first.
    at: BTreeMap<(&'static str, Span, String), u64>,
}

impl Made {
    fn new(text: &Text) -> Self {
        let sofa = json!({
            "%ID": SOFA,
            "%TYPE": "uima.cas.Sofa",
            "sofaNum": 1,
            "sofaID": "_InitialView",
            "mimeType": "text/plain",
            "sofaString": text.as_str(),
        });
        Self {
            utf16: Utf16::new(text.as_str()),
            length: text.len(),
            structures: vec![sofa],
            members: Vec::new(),
            at: BTreeMap::new(),
        }
    }

    /// The number of the next feature structure.
    fn next(&self) -> u64 {
        self.structures.len() as u64 + 1
    }

    /// Adds an annotation with the features that are known. A span that the text does not have gives none.
    fn add(&mut self, kind: &str, span: Span, features: &[(&str, Option<Value>)]) -> Option<u64> {
        if span.end > self.length || span.start > span.end {
            return None;
        }
        let id = self.next();
        let mut structure = Map::new();
        structure.insert("%ID".into(), id.into());
        structure.insert("%TYPE".into(), kind.into());
        structure.insert("@sofa".into(), SOFA.into());
        structure.insert("begin".into(), self.utf16.unit(span.start).into());
        structure.insert("end".into(), self.utf16.unit(span.end).into());
        for (name, value) in features {
            if let Some(value) = value {
                structure.insert((*name).into(), value.clone());
            }
        }
        self.structures.push(Value::Object(structure));
        self.members.push(id);
        Some(id)
    }

    /// Adds links to annotations and the array of them; gives the array.
    fn links(&mut self, kind: &str, targets: &[(&str, u64)]) -> u64 {
        let links: Vec<u64> = targets
            .iter()
            .map(|(role, target)| {
                let id = self.next();
                self.structures.push(json!({ "%ID": id, "%TYPE": kind, "role": role, "@target": target }));
                id
            })
            .collect();
        let id = self.next();
        self.structures.push(json!({ "%ID": id, "%TYPE": format!("{kind}[]"), "%ELEMENTS": links }));
        id
    }

    /// Lets a structure that is there refer to another.
    fn refer(&mut self, from: u64, feature: &str, to: u64) {
        if let Some(Value::Object(structure)) = self.structures.get_mut(from as usize - 1) {
            structure.insert(format!("@{feature}"), to.into());
        }
    }

    /// Mentions of actors and places, and times.
    fn named(&mut self, record: &Record) {
        let text = |value: &Option<String>| value.clone().map(Value::from);
        for actor in &record.actors {
            for mention in &actor.mentions {
                let span = Span::new(mention.start, mention.end);
                let features = [
                    ("actor", Some(actor.id.as_str().into())),
                    ("name", Some(actor.name.as_str().into())),
                    ("kind", Some(actor.kind.as_str().into())),
                    ("country", text(&actor.country)),
                    ("sector", text(&actor.sector)),
                    ("form", Some(mention.form.as_str().into())),
                ];
                if let Some(id) = self.add(ACTOR, span, &features) {
                    self.at.entry((ACTOR, span, actor.name.clone())).or_insert(id);
                }
            }
        }
        for place in &record.places {
            for mention in &place.mentions {
                let span = Span::new(mention.start, mention.end);
                let features = [
                    ("name", Some(place.name.as_str().into())),
                    ("country", text(&place.country)),
                    ("lat", place.lat.map(Value::from)),
                    ("lon", place.lon.map(Value::from)),
                ];
                if let Some(id) = self.add(PLACE, span, &features) {
                    self.at.entry((PLACE, span, place.name.clone())).or_insert(id);
                }
            }
        }
        for time in &record.times {
            let span = Span::new(time.start, time.end);
            let features = [
                ("timex", Some(time.timex.as_str().into())),
                ("value", text(&time.value)),
                ("earliest", text(&time.earliest)),
                ("latest", text(&time.latest)),
            ];
            if let Some(id) = self.add(TIME, span, &features) {
                self.at.entry((TIME, span, String::new())).or_insert(id);
            }
        }
    }

    /// Attributions: at their cue, else at their source or content, with links to source and content.
    fn said(&mut self, record: &Record) {
        for said in &record.attributions {
            let source = said.source.start.zip(said.source.end).map(|(start, end)| Span::new(start, end));
            let Some(place) = said.cue.or(source).or_else(|| said.content.first().copied()) else { continue };
            let features = [
                ("attribution", Some(said.id.as_str().into())),
                ("stance", Some(said.stance.as_str().into())),
                ("form", Some(said.form.as_str().into())),
                ("channel", said.channel.as_ref().map(|channel| channel.name.as_str().into())),
            ];
            let Some(id) = self.add(ATTRIBUTION, place, &features) else { continue };
            self.at.entry((ATTRIBUTION, place, said.id.clone())).or_insert(id);
            let mut targets = Vec::new();
            if let Some(span) = source {
                let features = [
                    ("kind", Some(said.source.kind.as_str().into())),
                    ("actor", said.source.actor.clone().map(Value::from)),
                ];
                targets.extend(self.add(SOURCE, span, &features).map(|id| ("source", id)));
            }
            for span in &said.content {
                targets.extend(self.add(CONTENT, *span, &[]).map(|id| ("content", id)));
            }
            if !targets.is_empty() {
                let links = self.links(ATTRIBUTION_LINK, &targets);
                self.refer(id, "parts", links);
            }
        }
    }

    /// An event at its trigger, with links to its arguments and to the attributions it rests on.
    fn event(&mut self, record: &Record, text: &Text, filed: &Filed) {
        let report = &filed.report;
        let contexts = (!report.context.is_empty()).then(|| report.context.join("; ").into());
        let features = [
            ("eventType", Some(report.kind.as_str().into())),
            ("mode", report.mode.as_deref().map(Value::from)),
            ("context", contexts),
            ("quad", Some(report.quad.as_str().into())),
            ("status", Some(report.status.as_str().into())),
            ("certainty", Some(report.certainty.as_str().into())),
            ("confidence", Some(report.confidence.into())),
            ("historical", Some(report.historical.into())),
            ("time", report.time.as_ref().and_then(|time| time.value.as_deref()).map(Value::from)),
            ("review", Some(review(report.review).into())),
            ("report", Some(report.key.as_str().into())),
            ("event", filed.event.as_ref().map(|event| event.key.as_str().into())),
        ];
        let Some(id) = self.add(EVENT, report.trigger, &features) else { return };
        let mut targets: Vec<(&str, u64)> = Vec::new();
        for field in fields(record, text, report) {
            targets.extend(self.target(record, filed, &field).map(|target| (field.name, target)));
        }
        let own = record.events.iter().find(|event| event.id == report.event);
        let ids: BTreeSet<&str> = own.iter().flat_map(|event| event.attribution.iter().map(String::as_str)).collect();
        for ((kind, _, name), target) in &self.at {
            if *kind == ATTRIBUTION && ids.contains(name.as_str()) {
                targets.push(("attribution", *target));
            }
        }
        if !targets.is_empty() {
            let links = self.links(EVENT_LINK, &targets);
            self.refer(id, "arguments", links);
        }
    }

    /// The annotation that a field of a report is.
    fn target(&mut self, record: &Record, filed: &Filed, field: &Field) -> Option<u64> {
        let key = match field.name {
            "actor" | "recipient" => {
                let report = &filed.report;
                let parties = if field.name == "actor" { &report.actor } else { &report.recipient };
                let party = parties.iter().find(|party| party.name == field.value)?;
                let own = record.events.iter().find(|event| event.id == report.event);
                let ids =
                    own.map_or(&[][..], |event| if field.name == "actor" { &event.actor } else { &event.recipient });
                (ACTOR, field.span, actor(record, party, ids)?.name.clone())
            }
            "place" => (PLACE, field.span, field.value.clone()),
            "time" => (TIME, field.span, String::new()),
            "quantity" => {
                let quantity = filed
                    .report
                    .quantities
                    .iter()
                    .find(|each| (each.start, each.end) == (field.span.start, field.span.end));
                let unit = quantity.and_then(|quantity| quantity.unit.clone()).map(Value::from);
                return self.add(QUANTITY, field.span, &[("value", Some(field.value.as_str().into())), ("unit", unit)]);
            }
            _ => return None,
        };
        self.at.get(&key).copied()
    }
}
