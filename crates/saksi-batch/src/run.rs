//! A run over many documents, from where it stands to its end.

use crate::article::{Given, read};
use crate::failure::BatchError;
use crate::groups::{self, Grouped};
use crate::journal::{Begun, Journal, PartDone};
use crate::order::{Knobs, in_order};
use crate::parts::{Format, Lines, Part, Piece, Table, lines, write_whole};
use crate::regroup;
use crate::summary::Summary;
use saksi::Packs;
use saksi_input::{Found, Place, Reason};
use serde::Serialize;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// How often, in things found, a run that looks for its place asks whether to go on.
const ASK: u64 = 1024;

/// How a run is made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder to write into.
    pub folder: PathBuf,
    /// Whether to go on with the run that is in it.
    pub resume: bool,
    /// How records are written.
    pub format: Format,
    /// How many things found make a part.
    pub part: u64,
    /// How much is done at the same time; the output does not depend on it.
    pub knobs: Knobs,
    /// What the caller says of all documents.
    pub given: Given,
    /// Other options that change what is read, by name; a run that goes on must be given the same.
    pub options: Vec<(String, String)>,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What is in the folder.
    pub summary: Summary,
    /// Whether all documents were read; else it was asked to stop.
    pub finished: bool,
    /// How many things were found in it before this run.
    pub before: u64,
}

/// One thing found, on its way to a worker.
struct Item {
    found: Found,
    /// Hash of everything found up to it.
    chain: blake3::Hash,
}

/// What became of it.
struct Done {
    lines: Lines,
    summary: Summary,
    chain: blake3::Hash,
}

/// Reads all documents into a folder, from where an earlier run stopped.
///
/// `watch` is called after each document with what was read so far, and may break to stop: the parts that are done stay,
/// and a later run goes on after them.
///
/// # Errors
/// [`BatchError`] if the folder is not to be written to, or not the same run's. Documents that cannot be read are no
/// error; they stand in the table of failures.
pub fn run(
    settings: &Settings,
    documents: impl Iterator<Item = Found> + Send,
    packs: &Packs,
    watch: &mut dyn FnMut(&Summary) -> ControlFlow<()>,
) -> Result<Outcome, BatchError> {
    let folder = &settings.folder;
    fs::create_dir_all(folder).map_err(|error| BatchError::io(folder, &error))?;
    let mut journal = Journal::open(folder, &begun(settings), settings.resume)?;
    let before = counted(&journal).found;
    if journal.ended {
        journal.clear(folder)?;
        let told = fs::read(folder.join("summary.json")).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let summary = told.unwrap_or_else(|| counted(&journal));
        return Ok(Outcome { summary, finished: true, before });
    }
    let ended = (journal.read || read_all(settings, documents, packs, &mut journal, watch)?)
        .then(|| group_all(settings, &mut journal, watch))
        .transpose()?
        .flatten();
    let Some(summary) = ended else {
        return Ok(Outcome { summary: counted(&journal), finished: false, before });
    };
    let mut text = serde_json::to_string_pretty(&summary).unwrap_or_default();
    text.push('\n');
    write_whole(folder, "summary.json", text.as_bytes())?;
    journal.end()?;
    journal.clear(folder)?;
    Ok(Outcome { summary, finished: true, before })
}

/// What is in the parts that are done.
fn counted(journal: &Journal) -> Summary {
    let mut summary = Summary::default();
    for part in &journal.parts {
        summary.add(&part.summary);
    }
    summary
}

/// Reads what the journal does not have yet; whether it came to the end.
fn read_all(
    settings: &Settings,
    mut documents: impl Iterator<Item = Found> + Send,
    packs: &Packs,
    journal: &mut Journal,
    watch: &mut dyn FnMut(&Summary) -> ControlFlow<()>,
) -> Result<bool, BatchError> {
    let folder = &settings.folder;
    let mut summary = counted(journal);
    let before = summary.found;
    let mut chain = blake3::hash(b"saksi");
    match skip(&mut documents, before, &mut chain, || watch(&summary)) {
        ControlFlow::Continue(true) => {}
        ControlFlow::Continue(false) => return Err(BatchError::Changed { read: before }),
        ControlFlow::Break(()) => return Ok(false),
    }
    if journal.parts.last().is_some_and(|part| part.chain != chain.to_hex().as_str()) {
        return Err(BatchError::Changed { read: before });
    }

    let items = documents.map(|found| {
        chain = link(&chain, &found);
        Item { found, chain }
    });
    let weight = |item: &Item| match &item.found {
        Found::Document(document) => document.bytes.len(),
        _ => 0,
    };
    let work = |item: Item| done(&item, settings, packs);
    let mut open: Option<(Part, Summary)> = None;
    let mut last = None;
    let mut stopped: Option<Result<(), BatchError>> = None;
    in_order(items, weight, settings.knobs, work, |done| {
        let added = (|| {
            let (part, counted) = match &mut open {
                Some(open) => open,
                None => {
                    open.insert((Part::begin(folder, journal.parts.len() as u64, settings.format)?, Summary::default()))
                }
            };
            for (table, piece) in done.lines {
                part.add(table, piece)?;
            }
            counted.add(&done.summary);
            summary.add(&done.summary);
            last = Some(done.chain);
            if counted.found >= settings.part
                && let Some((part, counted)) = open.take()
            {
                close(journal, part, counted, done.chain)?;
            }
            Ok(())
        })();
        match added {
            Err(error) => {
                stopped = Some(Err(error));
                ControlFlow::Break(())
            }
            Ok(()) if watch(&summary).is_break() => {
                stopped = Some(Ok(()));
                ControlFlow::Break(())
            }
            Ok(()) => ControlFlow::Continue(()),
        }
    });
    if let Some(stopped) = stopped {
        return stopped.map(|()| false);
    }
    if let (Some((part, counted)), Some(chain)) = (open.take(), last) {
        close(journal, part, counted, chain)?;
    }
    journal.all_read()?;
    Ok(true)
}

/// Finds the groups of copies, and tells every record of its own; what was done if it came to the end.
fn group_all(
    settings: &Settings,
    journal: &mut Journal,
    watch: &mut dyn FnMut(&Summary) -> ControlFlow<()>,
) -> Result<Option<Summary>, BatchError> {
    let folder = &settings.folder;
    let grouped = Grouped::of(folder, journal)?;
    let mut summary = counted(journal);
    let mut first = 0;
    for part in journal.parts.clone() {
        let count = part.summary.records as usize;
        let told = grouped.told(first, count);
        first += count;
        if told.iter().all(Option::is_none) || journal.grouped.contains_key(&part.number) {
            continue;
        }
        if watch(&summary).is_break() {
            return Ok(None);
        }
        let files = regroup::part(folder, &part, settings.format, &told)?;
        journal.grouped(part.number, files)?;
    }
    grouped.write(folder, settings.format)?;
    (summary.groups, summary.copies) = (grouped.groups.groups.len() as u64, grouped.copies());
    Ok(Some(summary))
}

fn begun(settings: &Settings) -> Begun {
    let given = &settings.given;
    let mut options = settings.options.clone();
    for (name, value) in
        [("published", &given.published), ("language", &given.language), ("outlet", &given.outlet), ("url", &given.url)]
    {
        options.push((name.to_owned(), value.clone().unwrap_or_default()));
    }
    Begun {
        program: format!("saksi {}", env!("CARGO_PKG_VERSION")),
        format: settings.format,
        part: settings.part,
        options,
    }
}

/// Passes over what was found before; whether there was as much.
fn skip(
    documents: &mut impl Iterator<Item = Found>,
    before: u64,
    chain: &mut blake3::Hash,
    mut ask: impl FnMut() -> ControlFlow<()>,
) -> ControlFlow<(), bool> {
    for number in 0..before {
        let Some(found) = documents.next() else { return ControlFlow::Continue(false) };
        *chain = link(chain, &found);
        if number % ASK == 0 {
            ask()?;
        }
    }
    ControlFlow::Continue(true)
}

/// The hash of everything found up to `found`.
fn link(chain: &blake3::Hash, found: &Found) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(chain.as_bytes());
    let (place, what): (&Place, &[u8]) = match found {
        Found::Document(document) => (&document.place, &document.bytes),
        Found::Skipped(skipped) => (&skipped.place, skipped.what.as_bytes()),
        Found::Failed(failure) => (&failure.place, failure.reason.kind().as_bytes()),
    };
    hasher.update(place.to_string().as_bytes());
    hasher.update(&[0]);
    hasher.update(what);
    hasher.finalize()
}

/// An error row.
#[derive(Serialize)]
struct FailureRow<'a> {
    from: String,
    url: Option<&'a str>,
    kind: &'a str,
    reason: String,
}

fn done(item: &Item, settings: &Settings, packs: &Packs) -> Done {
    let mut summary = Summary { found: 1, ..Summary::default() };
    let failure = |row: &FailureRow<'_>| {
        let mut line = serde_json::to_string(row).unwrap_or_default();
        line.push('\n');
        vec![(Table::Failures, Piece::Bytes(line.into_bytes()))]
    };
    let lines = match &item.found {
        Found::Document(document) => match read(document, &settings.given, packs) {
            Ok(record) => {
                summary.records = 1;
                summary.events = record.events.len() as u64;
                summary.attributions = record.attributions.len() as u64;
                summary.languages.insert(record.article.language.clone(), 1);
                let mut lines = lines(&record, settings.format);
                lines.extend(groups::lines(&record, document.about.published));
                lines
            }
            Err(unread) => {
                let kind = unread.kind();
                summary.failed.insert(kind.to_owned(), 1);
                let (from, url) = (document.place.to_string(), document.about.url.as_deref());
                failure(&FailureRow { from, url, kind, reason: unread.to_string() })
            }
        },
        Found::Skipped(skipped) => {
            summary.skipped.insert(skipped.what.clone(), 1);
            Vec::new()
        }
        Found::Failed(failed) => {
            let kind = failed.reason.kind();
            summary.failed.insert(kind.to_owned(), 1);
            let from = failed.place.to_string();
            // A page that was not fetched has no other place than its address.
            let url = matches!(failed.reason, Reason::NotFetched { .. }).then_some(failed.place.source.as_str());
            failure(&FailureRow { from, url, kind, reason: failed.reason.to_string() })
        }
    };
    Done { lines, summary, chain: item.chain }
}

fn close(journal: &mut Journal, part: Part, summary: Summary, chain: blake3::Hash) -> Result<(), BatchError> {
    let files = part.finish()?;
    let number = journal.parts.len() as u64;
    journal.part(PartDone { number, chain: chain.to_hex().to_string(), files, summary })
}
