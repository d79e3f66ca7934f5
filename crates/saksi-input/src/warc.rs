//! Web archives (WARC 1.0 and 1.1): the pages of one, its records, and how one is written.

use crate::document::{About, Document, Failure, Form, Found, Place, Skipped};
use crate::http::payload;
use crate::open::{Context, Limits};
use crate::reason::Reason;
use crate::sniff::looks_like_html;
use crate::unpack::Stream;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, BufRead, Read, Write};

/// The most bytes that the head of a record may have.
const HEAD: usize = 64 << 10;

/// One record of a web archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarcRecord {
    /// Its fields, in order, with their names in lower case.
    pub fields: Vec<(String, String)>,
    /// What it holds; its kind alone is told for requests and the like, or why it cannot be read.
    pub block: Result<Vec<u8>, Reason>,
}

impl WarcRecord {
    /// The first field of that name, in lower case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// Its kind: response, request, resource, conversion, revisit …
    pub fn kind(&self) -> &str {
        self.field("warc-type").unwrap_or_default()
    }
}

/// The records of an unpacked web archive, one by one. A block larger than `limit` is passed over.
///
/// # Errors
/// [`Reason::Warc`] where it cannot be read on; then it ends.
pub fn records(stream: impl BufRead, limit: usize) -> impl Iterator<Item = Result<WarcRecord, Reason>> {
    let mut stream = Some(stream);
    std::iter::from_fn(move || match record(stream.as_mut()?, limit) {
        Ok(Some(record)) => Some(Ok(record)),
        Ok(None) => {
            stream = None;
            None
        }
        Err(reason) => {
            stream = None;
            Some(Err(reason))
        }
    })
}

fn record(stream: &mut impl BufRead, limit: usize) -> Result<Option<WarcRecord>, Reason> {
    let Some(fields) = head(stream)? else { return Ok(None) };
    let mut record = WarcRecord { fields, block: Ok(Vec::new()) };
    let length: u64 = record
        .field("content-length")
        .and_then(|length| length.parse().ok())
        .ok_or_else(|| Reason::Warc("a record without its length".into()))?;
    let wanted = matches!(record.kind(), "response" | "resource" | "conversion" | "revisit");
    let mut block = stream.by_ref().take(length);
    let read = if wanted && length <= limit as u64 {
        let mut bytes = Vec::new();
        let read = block.read_to_end(&mut bytes).map_err(|error| Reason::of(&error))?;
        record.block = Ok(bytes);
        read as u64
    } else {
        if wanted {
            record.block = Err(Reason::TooLarge { limit });
        }
        io::copy(&mut block, &mut io::sink()).map_err(|error| Reason::of(&error))?
    };
    if read < length {
        return Err(Reason::Warc("it is cut off within a record".into()));
    }
    Ok(Some(record))
}

/// The fields of the next record; none at the end of the archive.
fn head(stream: &mut impl BufRead) -> Result<Option<Vec<(String, String)>>, Reason> {
    let mut left = HEAD as u64;
    let mut line = Vec::new();
    let mut next = |line: &mut Vec<u8>| -> Result<usize, Reason> {
        line.clear();
        let read = stream.by_ref().take(left).read_until(b'\n', line).map_err(|error| Reason::of(&error))?;
        left -= read as u64;
        if left == 0 {
            return Err(Reason::Warc(format!("a record's head is larger than {} KB", HEAD >> 10)));
        }
        Ok(read)
    };
    loop {
        if next(&mut line)? == 0 {
            return Ok(None);
        }
        if !line.trim_ascii().is_empty() {
            break;
        }
    }
    if !line.starts_with(b"WARC/") {
        return Err(Reason::Warc("a record does not begin with WARC/".into()));
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    loop {
        if next(&mut line)? == 0 {
            return Err(Reason::Warc("it is cut off within a record's head".into()));
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            return Ok(Some(fields));
        }
        if let (true, Some((_, value))) = (text.starts_with([' ', '\t']), fields.last_mut()) {
            value.push(' ');
            value.push_str(text.trim());
        } else if let Some((name, value)) = text.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
}

/// The pages of a web archive.
pub(crate) struct Pages {
    records: Box<dyn Iterator<Item = Result<WarcRecord, Reason>> + Send>,
    place: Place,
    limits: Limits,
    number: u64,
}

impl Pages {
    pub(crate) fn new(stream: Stream, place: Place, context: &Context) -> Self {
        let limits = context.options.limits;
        // A body may be packed in chunks, and stands below its head.
        let records = Box::new(records(stream, limits.document + (1 << 20)));
        Self { records, place, limits, number: 0 }
    }
}

impl Iterator for Pages {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let record = match self.records.next()? {
                Ok(record) => record,
                Err(reason) => {
                    return Some(Found::Failed(Failure { place: self.place.record(self.number + 1), reason }));
                }
            };
            self.number += 1;
            let place = self.place.record(self.number);
            if let Some(found) = of_record(record, &place, self.limits) {
                return Some(found);
            }
        }
    }
}

/// What a record holds; nothing for requests and other records that are about records.
pub fn of_record(record: WarcRecord, place: &Place, limits: Limits) -> Option<Found> {
    let skipped = |what: String| Some(Found::Skipped(Skipped { place: place.clone(), what }));
    let kind = record.kind().to_owned();
    match kind.as_str() {
        "response" | "resource" | "conversion" => {}
        "revisit" => return skipped("a page that had not changed".into()),
        _ => return None,
    }
    let url = record.field("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
    if url.as_ref().is_some_and(|url| url.starts_with("dns:")) {
        return None;
    }
    let declared = record.field("content-type").unwrap_or_default().to_ascii_lowercase();
    let block = match record.block {
        Ok(block) => block,
        Err(reason) => return Some(Found::Failed(Failure { place: place.clone(), reason })),
    };
    let is_http = kind == "response" && (declared.starts_with("application/http") || block.starts_with(b"HTTP/"));
    let (media, charset, body) = if is_http {
        match payload(&block, limits.document, limits.ratio) {
            Ok(response) if response.status != 200 => {
                return skipped(format!("a response with status {}", response.status));
            }
            Ok(response) => (response.media_type(), response.charset(), response.body),
            Err(error) => {
                let reason = match error {
                    crate::http::ResponseError::Body(reason) => reason,
                    other => Reason::Http(other.to_string()),
                };
                return Some(Found::Failed(Failure { place: place.clone(), reason }));
            }
        }
    } else {
        (Some(declared.split(';').next().unwrap_or_default().trim().to_owned()), None, block)
    };
    let media = media.filter(|media| !media.is_empty());
    let is_robots = url.as_ref().is_some_and(|url| url.ends_with("/robots.txt"));
    let form = match media.as_deref() {
        _ if is_robots => return skipped("a robots.txt".into()),
        Some("text/html" | "application/xhtml+xml") => Form::Html,
        Some("text/plain") => Form::Text,
        None if looks_like_html(&body) => Form::Html,
        None => return skipped("a response that is no page".into()),
        Some(other) => return skipped(format!("a response of type {}", other.chars().take(60).collect::<String>())),
    };
    let about = About { url, charset, ..About::default() };
    Some(Found::Document(Document { place: place.clone(), form, bytes: body, about, notes: Vec::new() }))
}

/// Writes records, each in a gzip member of its own.
#[derive(Debug)]
pub struct WarcWriter<W: Write> {
    out: W,
    written: u64,
}

impl<W: Write> WarcWriter<W> {
    /// Writes at the end of `out`.
    pub fn new(out: W) -> Self {
        Self { out, written: 0 }
    }

    /// Bytes written so far.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Where it writes to.
    pub fn get_ref(&self) -> &W {
        &self.out
    }

    /// Writes one record. `fields` are all but its length.
    ///
    /// # Errors
    /// If the output cannot be written; then a record may stand there in part.
    pub fn write(&mut self, fields: &[(&str, &str)], block: &[u8]) -> io::Result<()> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(b"WARC/1.1\r\n")?;
        for (name, value) in fields {
            // A line break in a value would begin another field.
            let value = value.replace(['\r', '\n'], " ");
            write!(packed, "{name}: {value}\r\n")?;
        }
        write!(packed, "Content-Length: {}\r\n\r\n", block.len())?;
        packed.write_all(block)?;
        packed.write_all(b"\r\n\r\n")?;
        let member = packed.finish()?;
        self.out.write_all(&member)?;
        self.out.flush()?;
        self.written += member.len() as u64;
        Ok(())
    }
}
