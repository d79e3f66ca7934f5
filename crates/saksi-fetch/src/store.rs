//! What was fetched, on disk: web archives, and a log of every address.

use crate::client::Exchange;
use saksi_input::WarcWriter;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// An archive is closed, and another begun, once it has so many bytes.
const ROLL: u64 = 1 << 30;

/// What is known of an address from the last time it was fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    /// The address that was asked for.
    pub(crate) url: String,
    /// Where it led.
    pub(crate) led_to: String,
    /// When, RFC 3339.
    pub(crate) when: String,
    /// kept, unchanged, or why it failed.
    pub(crate) outcome: String,
    pub(crate) status: Option<u16>,
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    /// The archive, and how far it is written.
    pub(crate) archive: String,
    pub(crate) end: u64,
    /// One or two words to count a failure by; empty where it is none.
    #[serde(default)]
    pub(crate) kind: String,
    /// Where the page stands, also of one that was unchanged.
    #[serde(default)]
    pub(crate) page: Option<At>,
}

/// Where a response stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct At {
    /// The archive.
    pub(crate) archive: String,
    /// The first byte of its record.
    pub(crate) start: u64,
}

/// Why a folder cannot be written to or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError {
    /// The file or folder.
    pub file: PathBuf,
    /// What the system says.
    pub why: String,
}

impl StoreError {
    pub(crate) fn of(file: &Path) -> impl Fn(io::Error) -> Self + '_ {
        |error| Self { file: file.to_owned(), why: error.to_string() }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file.display(), self.why)
    }
}

impl std::error::Error for StoreError {}

/// A folder of archives.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    log: File,
    archive: String,
    writer: WarcWriter<File>,
    /// Bytes that were in the archive when it was opened.
    before: u64,
    known: HashMap<String, Line>,
    _lock: File,
}

impl Store {
    /// Opens a folder, makes it if there is none, and cuts off what a stop left half-written.
    ///
    /// # Errors
    /// [`StoreError`]; also if another program is writing there.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder).map_err(StoreError::of(folder))?;
        let path = folder.join(".lock");
        let lock = File::create(&path).map_err(StoreError::of(&path))?;
        if lock.try_lock().is_err() {
            return Err(StoreError { file: folder.to_owned(), why: "another run is writing there".into() });
        }
        let path = folder.join("fetched.jsonl");
        let (known, last, sound) = lines(&path)?;
        let mut log =
            OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(StoreError::of(&path))?;
        log.set_len(sound)
            .and_then(|()| io::Seek::seek(&mut log, io::SeekFrom::End(0)).map(drop))
            .map_err(StoreError::of(&path))?;
        let (archive, end) = match last {
            Some(line) if line.end < ROLL => (line.archive, line.end),
            Some(line) => (next(&line.archive), 0),
            None => (next(""), 0),
        };
        let (writer, before) = archive_at(folder, &archive, end)?;
        let mut store = Self { folder: folder.to_owned(), log, archive, writer, before, known, _lock: lock };
        if end == 0 {
            store.info()?;
        }
        Ok(store)
    }

    /// Says in a new archive what wrote it.
    fn info(&mut self) -> Result<(), StoreError> {
        let now = jiff::Timestamp::now().to_string();
        let id = id(&[self.archive.as_bytes(), now.as_bytes()]);
        let block = concat!("software: saksi ", env!("CARGO_PKG_VERSION"), "\r\nformat: WARC File Format 1.1\r\n");
        let fields = [
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", id.as_str()),
            ("WARC-Date", now.as_str()),
            ("WARC-Filename", self.archive.as_str()),
            ("Content-Type", "application/warc-fields"),
        ];
        let path = self.folder.join(&self.archive);
        self.writer.write(&fields, block.as_bytes()).map_err(StoreError::of(&path))
    }

    /// What an address answered last, to ask whether it has changed: its `ETag` and `Last-Modified`.
    pub(crate) fn known(&self, url: &str) -> Option<&Line> {
        self.known.get(url).filter(|line| line.etag.is_some() || line.last_modified.is_some())
    }

    /// Keeps what an address and those that it led to answered, and notes what became of it.
    pub(crate) fn settle(&mut self, answers: &[Exchange], mut line: Line) -> Result<(), StoreError> {
        for exchange in answers {
            let at = self.keep(exchange)?;
            match exchange.status {
                200 => line.page = Some(at),
                304 => line.page = self.known.get(&line.url).and_then(|known| known.page.clone()),
                _ => {}
            }
        }
        self.note(line)
    }

    /// Keeps a request and its response.
    fn keep(&mut self, exchange: &Exchange) -> Result<At, StoreError> {
        if self.before + self.writer.written() >= ROLL {
            self.archive = next(&self.archive);
            (self.writer, self.before) = archive_at(&self.folder, &self.archive, 0)?;
            self.info()?;
        }
        let at = At { archive: self.archive.clone(), start: self.before + self.writer.written() };
        let path = self.folder.join(&self.archive);
        let now = jiff::Timestamp::now().to_string();
        let url = exchange.url.as_str();
        let answered = id(&[b"response", url.as_bytes(), now.as_bytes(), &exchange.response]);
        let asked = id(&[b"request", url.as_bytes(), now.as_bytes()]);
        let address = exchange.address.ip().to_string();
        let digest = format!("blake3:{}", blake3::hash(&exchange.response).to_hex());
        let revisit = exchange.status == 304;
        let mut fields = vec![
            ("WARC-Type", if revisit { "revisit" } else { "response" }),
            ("WARC-Record-ID", answered.as_str()),
            ("WARC-Date", now.as_str()),
            ("WARC-Target-URI", url),
            ("WARC-IP-Address", address.as_str()),
            ("WARC-Block-Digest", digest.as_str()),
            ("Content-Type", "application/http;msgtype=response"),
        ];
        let before = self.known.get(url).map(|line| line.when.clone()).unwrap_or_default();
        if revisit {
            fields.push(("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/server-not-modified"));
            fields.push(("WARC-Refers-To-Target-URI", url));
            fields.push(("WARC-Refers-To-Date", before.as_str()));
        }
        self.writer.write(&fields, &exchange.response).map_err(StoreError::of(&path))?;
        let fields = [
            ("WARC-Type", "request"),
            ("WARC-Record-ID", asked.as_str()),
            ("WARC-Date", now.as_str()),
            ("WARC-Target-URI", url),
            ("WARC-Concurrent-To", answered.as_str()),
            ("Content-Type", "application/http;msgtype=request"),
        ];
        self.writer.write(&fields, &exchange.request).map_err(StoreError::of(&path))?;
        self.writer.get_ref().sync_data().map_err(StoreError::of(&path))?;
        Ok(at)
    }

    /// Notes what became of an address.
    fn note(&mut self, mut line: Line) -> Result<(), StoreError> {
        line.archive.clone_from(&self.archive);
        line.end = self.before + self.writer.written();
        let mut bytes = serde_json::to_vec(&line).unwrap_or_default();
        bytes.push(b'\n');
        let path = self.folder.join("fetched.jsonl");
        self.log.write_all(&bytes).and_then(|()| self.log.sync_data()).map_err(StoreError::of(&path))?;
        remember(&mut self.known, line);
        Ok(())
    }
}

/// Takes over what a line says of a page; a failure, or a response without marks, does not make the old ones untrue.
fn remember(known: &mut HashMap<String, Line>, line: Line) {
    if line.etag.is_some() || line.last_modified.is_some() || !known.contains_key(&line.url) {
        known.insert(line.url.clone(), line);
    }
}

/// The archive, to write on after `end`.
fn archive_at(folder: &Path, archive: &str, end: u64) -> Result<(WarcWriter<File>, u64), StoreError> {
    let path = folder.join(archive);
    let mut file =
        OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(StoreError::of(&path))?;
    file.set_len(end)
        .and_then(|()| io::Seek::seek(&mut file, io::SeekFrom::End(0)).map(drop))
        .map_err(StoreError::of(&path))?;
    Ok((WarcWriter::new(file), end))
}

/// The archive after `archive`.
fn next(archive: &str) -> String {
    let number: u32 = archive.trim_start_matches("pages-").split('.').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    format!("pages-{:05}.warc.gz", number + 1)
}

/// What is known of each address, the last line, and the sound bytes of a log.
type Log = (HashMap<String, Line>, Option<Line>, u64);

/// What the log says, its last line, and how many bytes of it are sound.
fn lines(path: &Path) -> Result<Log, StoreError> {
    let mut known: HashMap<String, Line> = HashMap::new();
    let mut last = None;
    let sound = each_line(path, |line| {
        remember(&mut known, line.clone());
        last = Some(line);
    })?;
    Ok((known, last, sound))
}

/// Hands on the lines of a log in order; how many bytes of it are sound.
pub(crate) fn each_line(path: &Path, mut hand_on: impl FnMut(Line)) -> Result<u64, StoreError> {
    let mut sound = 0;
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(StoreError::of(path)(error)),
    };
    let mut reader = BufReader::new(file);
    let mut text = String::new();
    loop {
        text.clear();
        if reader.read_line(&mut text).map_err(StoreError::of(path))? == 0 || !text.ends_with('\n') {
            return Ok(sound);
        }
        let line: Line = serde_json::from_str(&text)
            .map_err(|error| StoreError { file: path.to_owned(), why: format!("not a log of fetches: {error}") })?;
        sound += text.len() as u64;
        hand_on(line);
    }
}

/// A record's id: a UUID (version 8, RFC 9562) of what it is about.
fn id(parts: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    format!("<urn:uuid:{}-{}-{}-{}-{}>", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
