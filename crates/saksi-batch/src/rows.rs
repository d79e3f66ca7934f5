//! The table of events: one event a row, for R, pandas and spreadsheets.

use saksi_lang::{Code, Codebook};
use saksi_record::{Attribution, Event, Quantity, Record, WireGroup};

/// The columns of the table of events.
pub const COLUMNS: [&str; 38] = [
    "article",
    "from",
    "outlet",
    "language",
    "published",
    "group",
    "group_earliest",
    "event",
    "type",
    "mode",
    "context",
    "quad",
    "cameo",
    "intensity",
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

/// How the cells of a row are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// Commas, with quotation marks where needed (RFC 4180).
    Comma,
    /// Tabs; tabs and line breaks inside a cell become blanks.
    Tab,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Numbers.
    Number,
    /// Whole numbers.
    Whole,
    /// `true` or `false`.
    Flag,
}

/// The header line.
pub fn header(delimiter: Delimiter) -> String {
    line(delimiter, COLUMNS)
}

/// One line an event of the record.
pub fn rows(record: &Record, delimiter: Delimiter) -> String {
    let text: Vec<char> = record.text.chars().collect();
    record.events.iter().map(|event| line(delimiter, row(record, &text, event).iter().map(String::as_str))).collect()
}

/// The rows of the events of a record.
#[cfg(feature = "parquet")]
pub(crate) fn event_rows(record: &Record) -> Vec<Vec<String>> {
    let text: Vec<char> = record.text.chars().collect();
    record.events.iter().map(|event| row(record, &text, event).to_vec()).collect()
}

/// The columns of the table of articles.
pub const ARTICLE_COLUMNS: [&str; 15] = [
    "article",
    "from",
    "url",
    "outlet",
    "author",
    "title",
    "language",
    "published",
    "basis",
    "credit",
    "group",
    "group_earliest",
    "group_kind",
    "events",
    "attributions",
];

/// The header line of the table of articles.
pub fn article_header(delimiter: Delimiter) -> String {
    line(delimiter, ARTICLE_COLUMNS)
}

/// The line of a record in the table of articles.
pub fn article(record: &Record, delimiter: Delimiter) -> String {
    line(delimiter, article_row(record).iter().map(String::as_str))
}

/// The cells of a record in the table of articles.
pub(crate) fn article_row(record: &Record) -> [String; 15] {
    let article = &record.article;
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    let [group, earliest, kind] = group_cells(article.group.as_ref());
    [
        article.id.clone(),
        or_empty(&article.from),
        or_empty(&article.url),
        or_empty(&article.outlet),
        or_empty(&article.author),
        or_empty(&article.title),
        article.language.clone(),
        or_empty(&article.published.value),
        article.published.basis.to_string(),
        or_empty(&article.credit),
        group,
        earliest,
        kind,
        record.events.len().to_string(),
        record.attributions.len().to_string(),
    ]
}

/// The cells of a group: its id, whether the article is the earliest, and what it is to that.
pub(crate) fn group_cells(group: Option<&WireGroup>) -> [String; 3] {
    group.map_or_else(Default::default, |group| [group.id.clone(), group.earliest.to_string(), group.kind.to_string()])
}

/// One row as a line, with its end.
pub fn line<'c>(delimiter: Delimiter, cells: impl IntoIterator<Item = &'c str>) -> String {
    let mut writer = csv::WriterBuilder::new();
    if delimiter == Delimiter::Tab {
        writer.delimiter(b'\t').quote_style(csv::QuoteStyle::Never);
    }
    let mut writer = writer.from_writer(Vec::new());
    let written = if delimiter == Delimiter::Tab {
        writer.write_record(cells.into_iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")))
    } else {
        writer.write_record(cells)
    };
    debug_assert!(written.is_ok(), "a vector takes every byte");
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The cells of an event; `text` is the record's, letter by letter.
pub(crate) fn row(record: &Record, text: &[char], event: &Event) -> [String; 38] {
    let words = |start: u32, end: u32| -> String { text[start as usize..end as usize].iter().collect() };
    let actors = |ids: &[String], field: fn(&saksi_record::Actor) -> String| {
        join(ids.iter().filter_map(|id| record.actors.iter().find(|actor| actor.id == *id)).map(field))
    };
    let places = |field: fn(&saksi_record::Place) -> String| {
        join(event.place.iter().filter_map(|id| record.places.iter().find(|place| place.id == *id)).map(field))
    };
    let said: Vec<&Attribution> =
        event.attribution.iter().filter_map(|id| record.attributions.iter().find(|said| said.id == *id)).collect();
    let source = |said: &Attribution| match (said.source.start, said.source.end, &said.source.actor) {
        (Some(start), Some(end), _) => words(start, end),
        (_, _, Some(id)) => actors(std::slice::from_ref(id), |actor| actor.name.clone()),
        _ => String::new(),
    };
    let nearest = said.first().copied();
    let time = event.time.as_ref();
    let code: Option<&Code> = Codebook::builtin().code(event.kind, event.mode.as_deref());
    let sentence = record.sentences.get(event.sentence as usize);
    let [group, earliest, _] = group_cells(record.article.group.as_ref());
    [
        record.article.id.clone(),
        record.article.from.clone().unwrap_or_default(),
        record.article.outlet.clone().unwrap_or_default(),
        record.article.language.clone(),
        record.article.published.value.clone().unwrap_or_default(),
        group,
        earliest,
        event.id.clone(),
        event.kind.to_string(),
        event.mode.clone().unwrap_or_default(),
        event.context.join("; "),
        event.quad.to_string(),
        code.map(|code| code.cameo.clone()).unwrap_or_default(),
        number(code.map(|code| code.intensity)),
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
        join(event.quantities.iter().map(quantity)),
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

/// A count as a cell has it: `~` where it is hedged, `low..high` where no number is given, then its unit.
pub fn quantity(quantity: &Quantity) -> String {
    let unit = quantity.unit.clone().unwrap_or_default();
    let about = if quantity.about { "~" } else { "" };
    let number = match (quantity.value, quantity.low, quantity.high) {
        (Some(_), _, _) => number(quantity.value),
        (None, low, high) => format!("{}..{}", number(low), number(high)),
    };
    format!("{about}{number} {unit}").trim().to_owned()
}

fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Several values in one cell, separated by `; `.
pub fn join(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join("; ")
}
