//! JSON Lines, and JSON files that are one object or a list of objects.

use crate::document::{About, Document, Failure, Form, Found, Place};
use crate::fields::{Row, of_row};
use crate::open::{Context, Documents, one, up_to};
use crate::reason::Reason;
use crate::unpack::Stream;
use encoding_rs_io::DecodeReaderBytes;
use serde_json::{Map, Value};
use std::io::{self, BufRead, BufReader, Read};

/// How deep in an object a column is looked for, as in `article.body`.
const DEPTH: usize = 3;

/// One article a line.
pub(crate) struct Lines {
    stream: Box<dyn BufRead + Send>,
    place: Place,
    context: Context,
    line: u64,
    ended: bool,
}

impl Lines {
    pub(crate) fn new(stream: Stream, place: Place, context: Context) -> Self {
        Self { stream: Box::new(BufReader::new(DecodeReaderBytes::new(stream))), place, context, line: 0, ended: false }
    }
}

impl Iterator for Lines {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        let limit = self.context.options.limits.document;
        let mut bytes = Vec::new();
        while !self.ended {
            bytes.clear();
            self.line += 1;
            let place = self.place.line(self.line);
            let failed = |reason| Some(Found::Failed(Failure { place: place.clone(), reason }));
            match self.stream.by_ref().take(limit as u64 + 1).read_until(b'\n', &mut bytes) {
                Ok(0) => self.ended = true,
                Ok(_) if bytes.len() > limit => {
                    if let Err(error) = skip_line(&mut self.stream) {
                        self.ended = true;
                        return failed(Reason::of(&error));
                    }
                    return failed(Reason::TooLarge { limit });
                }
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(_) => {
                    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
                    return Some(of_object(bytes.trim_ascii(), place, &self.context));
                }
                Err(error) => {
                    self.ended = true;
                    return failed(Reason::of(&error));
                }
            }
        }
        None
    }
}

/// Reads on to the end of a line without keeping it.
fn skip_line(stream: &mut impl BufRead) -> io::Result<()> {
    loop {
        let held = stream.fill_buf()?;
        if held.is_empty() {
            return Ok(());
        }
        let (used, found) = match held.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (held.len(), false),
        };
        stream.consume(used);
        if found {
            return Ok(());
        }
    }
}

/// A file that is one JSON value: an article, or a list of them.
pub(crate) fn whole(stream: Stream, place: &Place, context: &Context) -> Documents {
    let bytes = match up_to(stream, context.options.limits.whole) {
        Ok(bytes) => bytes,
        Err(reason) => return one(Found::Failed(Failure { place: place.clone(), reason })),
    };
    let mut text = Vec::new();
    if DecodeReaderBytes::new(bytes.as_slice()).read_to_end(&mut text).is_err() {
        text = bytes;
    }
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    match serde_json::from_slice::<Value>(text) {
        Ok(Value::Array(list)) => {
            let (place, context) = (place.clone(), context.clone());
            Box::new(
                list.into_iter().zip(1..).map(move |(value, number)| of_value(value, place.record(number), &context)),
            )
        }
        Ok(value) => one(of_value(value, place.clone(), context)),
        Err(error) => one(Found::Failed(Failure { place: place.clone(), reason: Reason::Json(error.to_string()) })),
    }
}

/// How a record begins as saksi writes it.
const RECORD: &[u8] = br#"{"schema":"saksi/"#;

fn of_object(bytes: &[u8], place: Place, context: &Context) -> Found {
    // A record is told by its first bytes, so that parsing it is left to whoever wants it.
    if context.options.records && bytes.starts_with(RECORD) {
        return Found::Document(record(bytes.to_vec(), place));
    }
    // A byte that is no UTF-8 spoils one letter and not the article.
    match serde_json::from_str::<Value>(&String::from_utf8_lossy(bytes)) {
        Ok(value) => of_value(value, place, context),
        Err(error) => Found::Failed(Failure { place, reason: Reason::Json(error.to_string()) }),
    }
}

fn of_value(value: Value, place: Place, context: &Context) -> Found {
    let Value::Object(object) = value else {
        let reason = Reason::Json("it is another kind of value".into());
        return Found::Failed(Failure { place, reason });
    };
    let schema = object.get("schema").and_then(Value::as_str).unwrap_or_default();
    if context.options.records && schema.starts_with("saksi/") {
        return Found::Document(record(Value::Object(object).to_string().into_bytes(), place));
    }
    let mut names = Vec::new();
    let mut cells = Vec::new();
    flatten("", object, 0, &mut names, &mut cells);
    match of_row(&Row { names: &names, cells }, place.clone(), context) {
        Found::Document(document) if document.bytes.len() > context.options.limits.document => {
            let reason = Reason::TooLarge { limit: context.options.limits.document };
            Found::Failed(Failure { place, reason })
        }
        found => found,
    }
}

fn record(bytes: Vec<u8>, place: Place) -> Document {
    Document { place, form: Form::Record, bytes, about: About::default(), notes: Vec::new() }
}

/// The keys of an object, those of objects in it as `outer.inner`. An object's own name stands for it.
fn flatten(prefix: &str, object: Map<String, Value>, depth: usize, names: &mut Vec<String>, cells: &mut Vec<String>) {
    for (key, value) in object {
        let name = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match value {
            Value::Object(inner) => {
                if let Some(Value::String(own)) = inner.get("name") {
                    names.push(name.clone());
                    cells.push(own.clone());
                }
                if depth < DEPTH {
                    flatten(&name, inner, depth + 1, names, cells);
                }
            }
            value => {
                names.push(name);
                cells.push(cell(value));
            }
        }
    }
}

/// A value as text: a list of strings is paragraphs if one of them is long or a sentence, else a list of names.
fn cell(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        Value::Array(list) => {
            let parts: Vec<String> = list
                .into_iter()
                .filter_map(|part| match part {
                    Value::String(text) => Some(text),
                    Value::Object(mut inner) => match inner.remove("name") {
                        Some(Value::String(name)) => Some(name),
                        _ => None,
                    },
                    _ => None,
                })
                .collect();
            let long = parts.iter().any(|part| part.len() > 80 || part.ends_with(['.', '!', '?']));
            parts.join(if long { "\n\n" } else { ", " })
        }
        _ => String::new(),
    }
}
