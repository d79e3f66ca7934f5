//! An article on its way into a collection: all that can be made of it without looking at the others.

use crate::actors::{Description, described};
use crate::stored::{Ready, json};
use crate::wire::Text;
use compact_str::CompactString;
use flate2::Compression;
use flate2::write::{DeflateDecoder, DeflateEncoder};
use saksi_duplicates::signature;
use saksi_merge::Gazetteer;
use saksi_record::{PassageKind, Record};
use serde::{Deserialize, Serialize};
use std::io::Write;

/// What was said of an article when it was read, and is needed to read it again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// By the caller.
    pub given: Said,
    /// By the source it stood in.
    pub about: Said,
    /// Whether the bytes are a web page.
    pub html: bool,
    /// The charset that came with the bytes.
    pub charset: Option<String>,
    /// What was doubtful in the source.
    pub notes: Vec<String>,
}

/// What somebody says of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// The article's own address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// ISO 8601 day of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// A day in numbers of which nothing around says whether the day or the month comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undecided: Option<String>,
}

/// Where a record comes from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The bytes it was read from; none for a record that was read before.
    pub bytes: Option<&'a [u8]>,
    /// What was said of them.
    pub options: &'a Options,
    /// The program and packs that made the record; empty if not known.
    pub program: &'a str,
}

/// An article that is ready to be committed.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub(crate) key: String,
    pub(crate) text_id: String,
    pub(crate) source: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) basis: &'static str,
    pub(crate) program: String,
    pub(crate) came: Option<String>,
    pub(crate) compared: Text,
    pub(crate) bands: Vec<u64>,
    pub(crate) options: String,
    pub(crate) raw: Option<Vec<u8>>,
    pub(crate) record: String,
    pub(crate) heading: String,
    pub(crate) body: String,
    pub(crate) reports: Vec<Ready>,
    /// How they describe actors.
    pub(crate) described: Vec<(CompactString, Description)>,
}

impl Incoming {
    /// All that can be made of a record by itself: its key, signature, reports and words.
    pub fn new(record: &Record, origin: &Origin<'_>, gazetteer: &Gazetteer) -> Self {
        let article = &record.article;
        let key = key(&article.id, article.url.as_deref(), article.outlet.as_deref());
        let (heading, body) = words(record);
        let (reports, outline) = saksi_merge::read(record, &key, gazetteer);
        let same = |bytes: &&[u8]| *bytes == record.text.as_bytes();
        let compared = Text {
            signature: signature(record),
            outline,
            language: article.language.clone(),
            credit: article.credit.clone(),
        };
        Self {
            described: described(reports.iter()),
            reports: reports.into_iter().map(|report| Ready::of(report, None)).collect(),
            key,
            text_id: article.id.clone(),
            source: article.from.clone(),
            url: article.url.clone(),
            outlet: article.outlet.clone(),
            author: article.author.clone(),
            title: article.title.clone(),
            published: article.published.value.clone(),
            basis: article.published.basis.as_str(),
            program: origin.program.to_owned(),
            came: origin.bytes.map(|bytes| came(bytes, origin.options)),
            bands: compared.bands(),
            compared,
            options: serde_json::to_string(origin.options).unwrap_or_default(),
            raw: origin.bytes.filter(|bytes| !same(bytes)).map(deflate),
            record: json(record, 8 * record.text.len()),
            heading,
            body,
        }
    }

    /// The article's key in the collection.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Bytes that it holds, about.
    pub fn weight(&self) -> usize {
        2 * self.record.len() + self.body.len() + self.raw.as_ref().map_or(0, Vec::len)
    }
}

/// The key of an article: of its text, address and outlet. 128 bits of BLAKE3, in hexadecimal.
pub fn key(text_id: &str, url: Option<&str>, outlet: Option<&str>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [Some(text_id), url, outlet] {
        field(&mut hasher, part.map(str::as_bytes));
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// A hash of bytes and what was said of them, by which the same are known before they are read.
pub fn came(bytes: &[u8], options: &Options) -> String {
    let mut hasher = blake3::Hasher::new();
    field(&mut hasher, Some(bytes));
    field(&mut hasher, Some(serde_json::to_string(options).unwrap_or_default().as_bytes()));
    hasher.finalize().to_hex()[..32].to_owned()
}

/// Adds a value with its length, so that no two lists of values are the same bytes.
pub(crate) fn field(hasher: &mut blake3::Hasher, value: Option<&[u8]>) {
    match value {
        None => {
            hasher.update(&u64::MAX.to_le_bytes());
        }
        Some(bytes) => {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        }
    }
}

/// The headline, and the text without what is not the article's own: the same words as the view `own_words` gives, to which a
/// text ends where it holds a zero.
pub(crate) fn words(record: &Record) -> (String, String) {
    let text = record.text.split('\0').next().unwrap_or_default();
    let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    places.push(text.len());
    let place = |at: u32| places.get(at as usize).copied().unwrap_or(text.len());
    let slice = |start: u32, end: u32| text.get(place(start)..place(end)).unwrap_or_default();
    let mut title = String::new();
    let mut body = String::with_capacity(text.len());
    let mut low = 0;
    for passage in &record.passages {
        body.push_str(slice(low, passage.start));
        body.push(' ');
        if passage.kind == PassageKind::Title {
            title.push_str(slice(passage.start, passage.end));
        }
        low = passage.end;
    }
    body.push_str(slice(low, u32::MAX));
    if title.is_empty() {
        title = record.article.title.clone().unwrap_or_default();
    }
    (title, body)
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// What [`deflate`] made of bytes back into them; none for what it did not make.
pub(crate) fn inflate(packed: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = DeflateDecoder::new(Vec::new());
    decoder.write_all(packed).ok()?;
    decoder.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_address_and_outlet_make_the_key() {
        let one = key("t", Some("u"), Some("o"));
        assert_eq!(one, key("t", Some("u"), Some("o")));
        for other in [
            key("t", Some("u"), None),
            key("t", Some("uo"), None),
            key("t", None, Some("uo")),
            key("tu", None, Some("o")),
        ] {
            assert_ne!(one, other);
        }
        assert_ne!(key("t", Some(""), None), key("t", None, Some("")));
    }

    #[test]
    fn bytes_come_back() {
        let bytes = "<p>Banjir melanda Demak.</p>".repeat(50).into_bytes();
        assert_eq!(inflate(&deflate(&bytes)).as_ref(), Some(&bytes));
        assert_eq!(inflate(b"no such thing"), None);
    }
}
