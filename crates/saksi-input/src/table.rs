//! Tables with a header line: CSV, and its kin with tabs, semicolons or bars.

use crate::document::{Failure, Found, Place};
use crate::fields::{Row, of_row};
use crate::open::{Context, Options};
use crate::reason::Reason;
use crate::unpack::Stream;
use csv::StringRecord;
use encoding_rs_io::DecodeReaderBytes;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// One article a row.
pub(crate) struct Rows {
    reader: csv::Reader<Budget<DecodeReaderBytes<Stream, Vec<u8>>>>,
    spent: Arc<AtomicU64>,
    names: Vec<String>,
    place: Place,
    context: Context,
    /// Lines end in two letters, of which the reader has not seen the second when a row is over.
    two_letters: bool,
    ended: bool,
}

impl Rows {
    pub(crate) fn new(stream: Stream, delimiter: u8, two_letters: bool, place: Place, context: &Context) -> Self {
        let spent = Arc::new(AtomicU64::new(0));
        let limit = context.options.limits.document;
        let budget = Budget { inner: DecodeReaderBytes::new(stream), spent: Arc::clone(&spent), limit };
        let reader =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(budget);
        Self { reader, spent, names: Vec::new(), place, context: context.clone(), two_letters, ended: false }
    }

    /// The next row, in letters: a byte that is no UTF-8 spoils one letter.
    fn row(&mut self) -> Result<Option<StringRecord>, Reason> {
        self.spent.store(0, Ordering::Relaxed);
        let mut bytes = csv::ByteRecord::new();
        match self.reader.read_byte_record(&mut bytes) {
            Ok(true) => Ok(Some(StringRecord::from_byte_record_lossy(bytes))),
            Ok(false) => Ok(None),
            Err(error) => Err(match error.into_kind() {
                csv::ErrorKind::Io(error) => match Reason::of(&error) {
                    Reason::TooLarge { limit } => Reason::Table(format!(
                        "a row is larger than {} MB; a quotation mark seems to be left open",
                        limit >> 20
                    )),
                    reason => reason,
                },
                other => Reason::Table(format!("{other:?}")),
            }),
        }
    }
}

impl Iterator for Rows {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            if self.ended {
                return None;
            }
            let line = self.reader.position().line() + u64::from(self.two_letters && !self.names.is_empty());
            match self.row() {
                Ok(Some(row)) if self.names.is_empty() => {
                    self.names = row.iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_owned()).collect();
                    if let Err(reason) = can_be_read(&self.names, &self.context) {
                        self.ended = true; // said once, not for each row
                        return Some(Found::Failed(Failure { place: self.place.line(line), reason }));
                    }
                }
                Ok(Some(row)) => {
                    if row.iter().all(|cell| cell.trim().is_empty()) {
                        continue;
                    }
                    let place = self.place.line(line);
                    let cells = row.iter().map(str::to_owned).collect();
                    return Some(of_row(&Row { names: &self.names, cells }, place, &self.context));
                }
                Ok(None) => self.ended = true,
                Err(reason) => {
                    self.ended = true;
                    return Some(Found::Failed(Failure { place: self.place.line(line), reason }));
                }
            }
        }
    }
}

/// Whether a table of these columns holds articles, or addresses where pages can be had.
pub(crate) fn can_be_read(names: &[String], context: &Context) -> Result<(), Reason> {
    let Options { columns, pages, .. } = &*context.options;
    let has_url = names.iter().any(|name| columns.is_url(name));
    if names.iter().any(|name| columns.is_text(name)) || has_url && pages.is_some() {
        return Ok(());
    }
    Err(if has_url { Reason::Addresses } else { Reason::NoText { has: names.to_vec() } })
}

/// Stops a row that does not end.
struct Budget<R> {
    inner: R,
    spent: Arc<AtomicU64>,
    limit: usize,
}

impl<R: Read> Read for Budget<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.spent.load(Ordering::Relaxed) > self.limit as u64 {
            return Err(Reason::TooLarge { limit: self.limit }.into_io());
        }
        let more = self.inner.read(buffer)?;
        self.spent.fetch_add(more as u64, Ordering::Relaxed);
        Ok(more)
    }
}
