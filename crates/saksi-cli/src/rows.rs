//! Records as tables: one event a row, for R, pandas and spreadsheets.

use crate::args::ReadFormat;
use saksi_record::{Attribution, Event, Record};

const COLUMNS: [&str; 34] = [
    "article",
    "from",
    "outlet",
    "language",
    "published",
    "event",
    "type",
    "mode",
    "context",
    "quad",
    "actor",
    "actor_country",
    "recipient",
    "recipient_country",
    "place",
    "place_country",
    "lat",
    "lon",
    "time",
    "earliest",
    "latest",
    "status",
    "historical",
    "quantities",
    "trigger",
    "source",
    "source_kind",
    "cue",
    "stance",
    "sources",
    "certainty",
    "confidence",
    "sentence",
    "why",
];

pub(crate) fn header(format: ReadFormat) -> String {
    line(format, &COLUMNS.map(str::to_owned))
}

pub(crate) fn rows(record: &Record, format: ReadFormat) -> String {
    record.events.iter().map(|event| line(format, &row(record, event))).collect()
}

/// One row as CSV (RFC 4180) or TSV, where tabs and line breaks inside a cell become blanks.
fn line(format: ReadFormat, cells: &[String]) -> String {
    let mut writer = csv::WriterBuilder::new();
    if format == ReadFormat::Tsv {
        writer.delimiter(b'\t').quote_style(csv::QuoteStyle::Never);
    }
    let mut writer = writer.from_writer(Vec::new());
    let flat = |cell: &String| cell.replace(['\t', '\n', '\r'], " ");
    let written = if format == ReadFormat::Tsv {
        writer.write_record(cells.iter().map(flat))
    } else {
        writer.write_record(cells)
    };
    debug_assert!(written.is_ok(), "a vector takes every byte");
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn row(record: &Record, event: &Event) -> [String; 34] {
    let text: Vec<char> = record.text.chars().collect();
    let words = |start: u32, end: u32| -> String { text[start as usize..end as usize].iter().collect() };
    let actors = |ids: &[String], field: fn(&saksi_record::Actor) -> String| {
        join(ids.iter().filter_map(|id| record.actors.iter().find(|actor| actor.id == *id)).map(field))
    };
    let places = |field: fn(&saksi_record::Place) -> String| {
        join(event.place.iter().filter_map(|id| record.places.iter().find(|place| place.id == *id)).map(field))
    };
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let said: Vec<&Attribution> =
        event.attribution.iter().filter_map(|id| record.attributions.iter().find(|said| said.id == *id)).collect();
    let source = |said: &Attribution| match (said.source.start, said.source.end, &said.source.actor) {
        (Some(start), Some(end), _) => words(start, end),
        (_, _, Some(id)) => actors(std::slice::from_ref(id), |actor| actor.name.clone()),
        _ => String::new(),
    };
    let nearest = said.first().copied();
    let time = event.time.as_ref();
    let sentence = record.sentences.get(event.sentence as usize);
    [
        record.article.id.clone(),
        record.article.from.clone().unwrap_or_default(),
        record.article.outlet.clone().unwrap_or_default(),
        record.article.language.clone(),
        record.article.published.value.clone().unwrap_or_default(),
        event.id.clone(),
        event.kind.to_string(),
        event.mode.clone().unwrap_or_default(),
        event.context.join("; "),
        event.quad.to_string(),
        actors(&event.actor, |actor| actor.name.clone()),
        actors(&event.actor, |actor| actor.country.clone().unwrap_or_default()),
        actors(&event.recipient, |actor| actor.name.clone()),
        actors(&event.recipient, |actor| actor.country.clone().unwrap_or_default()),
        places(|place| place.name.clone()),
        places(|place| place.country.clone().unwrap_or_default()),
        places(|place| place.lat.map(|lat| lat.to_string()).unwrap_or_default()),
        places(|place| place.lon.map(|lon| lon.to_string()).unwrap_or_default()),
        time.and_then(|time| time.value.clone()).unwrap_or_default(),
        time.and_then(|time| time.earliest.clone()).unwrap_or_default(),
        time.and_then(|time| time.latest.clone()).unwrap_or_default(),
        event.status.to_string(),
        event.historical.to_string(),
        join(event.quantities.iter().map(|quantity| {
            let unit = quantity.unit.clone().unwrap_or_default();
            let about = if quantity.about { "~" } else { "" };
            let number = match (quantity.value, quantity.low, quantity.high) {
                (Some(_), _, _) => number(quantity.value),
                (None, low, high) => format!("{}..{}", number(low), number(high)),
            };
            format!("{about}{number} {unit}").trim().to_owned()
        })),
        words(event.trigger.start, event.trigger.end),
        nearest.map(source).unwrap_or_default(),
        nearest.map(|said| said.source.kind.to_string()).unwrap_or_default(),
        nearest.and_then(|said| said.cue).map(|cue| words(cue.start, cue.end)).unwrap_or_default(),
        nearest.map(|said| said.stance.to_string()).unwrap_or_default(),
        said.iter().map(|said| source(said)).collect::<Vec<_>>().join(" < "),
        event.certainty.to_string(),
        event.confidence.to_string(),
        sentence.map(|sentence| words(sentence.start, sentence.end)).unwrap_or_default(),
        event.why.join("; "),
    ]
}

/// Several values in one cell, separated by `; `.
fn join(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join("; ")
}
