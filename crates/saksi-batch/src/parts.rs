//! The files of a run: tables in parts, each there whole or not at all.

use crate::failure::BatchError;
use crate::rows::{self, Delimiter};
use saksi_record::Record;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// The folder in a run's folder that holds what only the program reads.
pub(crate) const INNER: &str = ".saksi";

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// One record a line.
    Jsonl,
    /// A table of events and one of articles.
    Csv,
    /// The same tables, by columns.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Format {
    /// The end of the names of its tables' files.
    fn end(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }
}

/// A kind of file that parts have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Records,
    Articles,
    Events,
    Failures,
    /// Signatures, for finding copies at the end.
    Signatures,
    /// What the table of groups says of each article.
    Articled,
}

impl Table {
    /// The file of part `number`.
    pub(crate) fn file(self, number: u64, format: Format) -> String {
        let end = format.end();
        match self {
            Self::Records => format!("records-{number:05}.jsonl"),
            Self::Articles => format!("articles-{number:05}.{end}"),
            Self::Events => format!("events-{number:05}.{end}"),
            Self::Failures => format!("failures-{number:05}.jsonl"),
            Self::Signatures => format!("{INNER}/signatures-{number:05}.bin"),
            Self::Articled => format!("{INNER}/articles-{number:05}.jsonl"),
        }
    }

    /// What stands at the head of its files.
    pub(crate) fn header(self, format: Format) -> String {
        match self {
            Self::Articles if format == Format::Csv => rows::article_header(Delimiter::Comma),
            Self::Events if format == Format::Csv => rows::header(Delimiter::Comma),
            _ => String::new(),
        }
    }
}

/// What an article adds to the tables.
pub(crate) type Lines = Vec<(Table, Piece)>;

/// What an article adds to one table.
#[derive(Debug)]
pub(crate) enum Piece {
    /// Bytes at the end of the file.
    Bytes(Vec<u8>),
    /// Rows of a table by columns.
    #[cfg(feature = "parquet")]
    Rows(Vec<Vec<String>>),
}

/// A record as lines of the tables that a format has.
pub(crate) fn lines(record: &Record, format: Format) -> Lines {
    match format {
        Format::Jsonl => {
            let mut line = serde_json::to_string(record).unwrap_or_default();
            line.push('\n');
            vec![(Table::Records, Piece::Bytes(line.into_bytes()))]
        }
        Format::Csv => vec![
            (Table::Articles, Piece::Bytes(rows::article(record, Delimiter::Comma).into_bytes())),
            (Table::Events, Piece::Bytes(rows::rows(record, Delimiter::Comma).into_bytes())),
        ],
        #[cfg(feature = "parquet")]
        Format::Parquet => vec![
            (Table::Articles, Piece::Rows(vec![rows::article_row(record).to_vec()])),
            (Table::Events, Piece::Rows(rows::event_rows(record))),
        ],
    }
}

/// A file of a finished part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// Its name in the run's folder.
    pub(crate) name: String,
    pub(crate) bytes: u64,
}

/// The part that is being written, out of sight.
pub(crate) struct Part {
    folder: PathBuf,
    number: u64,
    format: Format,
    files: BTreeMap<Table, (PathBuf, BufWriter<File>, u64)>,
    /// Rows of tables by columns; written when the part is finished.
    #[cfg(feature = "parquet")]
    rows: BTreeMap<Table, Vec<Vec<String>>>,
}

impl Part {
    /// Begins part `number` with the tables that it has even when they are empty.
    pub(crate) fn begin(folder: &Path, number: u64, format: Format) -> Result<Self, BatchError> {
        let mut part = Self {
            folder: folder.to_owned(),
            number,
            format,
            files: BTreeMap::new(),
            #[cfg(feature = "parquet")]
            rows: BTreeMap::new(),
        };
        let tables: &[Table] = match format {
            Format::Jsonl => &[Table::Records],
            Format::Csv => &[Table::Articles, Table::Events],
            #[cfg(feature = "parquet")]
            Format::Parquet => &[],
        };
        for table in tables {
            part.bytes(*table, b"")?;
        }
        #[cfg(feature = "parquet")]
        if format == Format::Parquet {
            part.rows = [(Table::Articles, Vec::new()), (Table::Events, Vec::new())].into();
        }
        Ok(part)
    }

    pub(crate) fn add(&mut self, table: Table, piece: Piece) -> Result<(), BatchError> {
        match piece {
            Piece::Bytes(bytes) => self.bytes(table, &bytes),
            #[cfg(feature = "parquet")]
            Piece::Rows(rows) => {
                self.rows.entry(table).or_default().extend(rows);
                Ok(())
            }
        }
    }

    fn bytes(&mut self, table: Table, line: &[u8]) -> Result<(), BatchError> {
        if !self.files.contains_key(&table) {
            let path = self
                .folder
                .join(INNER)
                .join(format!("tmp-{}", table.file(self.number, self.format).rsplit('/').next().unwrap_or_default()));
            let file = File::create(&path).map_err(|error| BatchError::io(&path, &error))?;
            self.files.insert(table, (path, BufWriter::with_capacity(256 << 10, file), 0));
            self.bytes(table, table.header(self.format).as_bytes())?;
        }
        if let Some((path, out, bytes)) = self.files.get_mut(&table) {
            out.write_all(line).map_err(|error| BatchError::io(&*path, &error))?;
            *bytes += line.len() as u64;
        }
        Ok(())
    }

    /// Puts the part where it is seen: first on the disk, then under its name.
    pub(crate) fn finish(mut self) -> Result<Vec<Kept>, BatchError> {
        #[cfg(feature = "parquet")]
        for (table, rows) in std::mem::take(&mut self.rows) {
            let columns = if table == Table::Articles { rows::ARTICLE_COLUMNS.as_slice() } else { &rows::COLUMNS };
            let bytes = crate::columns::bytes(columns, &rows);
            self.bytes(table, &bytes)?;
        }
        let mut kept = Vec::new();
        // Each is taken out only once it has its name, so that what is left is removed if this fails.
        while let Some((&table, (path, out, bytes))) = self.files.iter_mut().next() {
            let name = table.file(self.number, self.format);
            let target = self.folder.join(&name);
            out.flush()
                .and_then(|()| out.get_ref().sync_all())
                .and_then(|()| fs::rename(&*path, &target))
                .map_err(|error| BatchError::io(&target, &error))?;
            kept.push(Kept { name, bytes: *bytes });
            self.files.remove(&table);
        }
        sync_folder(&self.folder.join(INNER))?;
        sync_folder(&self.folder)?;
        Ok(kept)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        for (path, ..) in self.files.values() {
            let _ = fs::remove_file(path);
        }
    }
}

/// Writes a small file whole or not at all.
pub(crate) fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), BatchError> {
    write_with(folder, name, |out| Ok(out.write_all(bytes)?)).map(drop)
}

/// Writes a file whole or not at all; `write` is given where to. Returns its length in bytes.
pub(crate) fn write_with(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<(), Unwritten>,
) -> Result<u64, BatchError> {
    let (path, target) = (folder.join(INNER).join(format!("tmp-{name}")), folder.join(name));
    let put = || -> Result<u64, Unwritten> {
        let mut out = BufWriter::with_capacity(256 << 10, File::create(&path)?);
        write(&mut out)?;
        out.flush()?;
        let file = out.get_ref();
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        fs::rename(&path, &target)?;
        Ok(bytes)
    };
    let bytes = put().map_err(|unwritten| {
        let _ = fs::remove_file(&path);
        match unwritten {
            Unwritten::Io(error) => BatchError::io(&target, &error),
            Unwritten::Batch(error) => error,
        }
    })?;
    sync_folder(folder)?;
    Ok(bytes)
}

/// Why a file was not written.
pub(crate) enum Unwritten {
    /// It could not be.
    Io(std::io::Error),
    /// What it is made from cannot be read.
    Batch(BatchError),
}

impl From<std::io::Error> for Unwritten {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<BatchError> for Unwritten {
    fn from(error: BatchError) -> Self {
        Self::Batch(error)
    }
}

/// Makes new names in a folder outlast a power cut, where the system can.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), BatchError> {
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| BatchError::io(folder, &error))?;
    }
    Ok(())
}
