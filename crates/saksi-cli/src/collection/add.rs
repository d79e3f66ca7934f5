//! `saksi add`

use super::{DbArgs, gazetteer, program};
use crate::args::AboutArgs;
use crate::error::CliError;
use crate::progress::Line;
use crate::read::{check_language, columns, given, sources, threads};
use clap::Args;
use saksi::Packs;
use saksi_batch::{Given, Knobs, Unread, in_order};
use saksi_input::{Document, Failure, Form, Found, Options, Progress, Source};
use saksi_merge::Gazetteer;
use saksi_record::{Record, SCHEMA};
use saksi_store::{Committed, FEW, Incoming, Mode, Origin, Said, StoreError};
use std::collections::HashSet;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

const EXAMPLES: &str = "\
Examples:
  saksi add news/ --db news.db
  saksi add 'crawl/*.warc.gz' feed.xml
  saksi read big.jsonl.zst -o out && saksi add out
  saksi read article.txt --format jsonl | saksi add -

An article that is there already is left as it is. What was added is on disk, whatever happens later.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AddArgs {
    /// Whatever `saksi read` reads; and records that it wrote, as JSON Lines or as the folder of a batch
    #[arg(required = true, value_name = "SOURCE")]
    pub(crate) sources: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) db: DbArgs,
    #[command(flatten)]
    pub(crate) about: AboutArgs,
    /// The column or key that holds a part of the article: text, title, url, published, outlet, author or language
    #[arg(long = "column", value_name = "PART=NAME")]
    pub(crate) columns: Vec<String>,
    /// Articles read at the same time [default: one per core]
    #[arg(long, short, alias = "jobs", short_alias = 'j', value_name = "N")]
    pub(crate) threads: Option<std::num::NonZeroUsize>,
    /// Articles after which indexes may be left out until all are added; for tests
    #[arg(long, hide = true, value_name = "N", default_value_t = FEW)]
    pub(crate) leave_out_after: u64,
}

/// Articles of a batch, at most. A batch is one transaction: its cost is spread over them, and a crash costs no more.
const BATCH: usize = 2000;
/// Bytes of a batch, about.
const BYTES: usize = 96 << 20;
/// How long articles wait for others before they are written.
const EVERY: Duration = Duration::from_secs(1);

pub(crate) fn run(args: &AddArgs, folder: Option<&Path>, packs: &Packs) -> Result<(), Vec<CliError>> {
    let one = |error| vec![error];
    let given = given(&args.about);
    check_language(&given, packs).map_err(one)?;
    let sources = of_batches(sources(&args.sources).map_err(one)?).map_err(one)?;
    let columns = columns(&args.columns).map_err(one)?;
    let options = Options { columns, records: true, ..Options::default() };
    let gazetteer = gazetteer(packs).map_err(one)?;
    let mut store = args.db.store(Mode::Create, Arc::clone(&gazetteer)).map_err(one)?;
    store.leave_out_after(args.leave_out_after);
    let came: HashSet<String> = store.came().map_err(args.db.error()).map_err(one)?.into_iter().collect();
    let program = program(folder);
    let reader = Reader { given: &given, packs, gazetteer: &gazetteer, came: &came, program: &program };

    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    // Where no handler can be set, an interrupt ends the program at once, which the file stands as well.
    let _ = ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed));
    let progress = Arc::new(Progress::default());
    let mut line = Line::new(&sources, Arc::clone(&progress));
    let documents = saksi_input::documents(sources, options, progress);

    let (sender, receiver) = mpsc::sync_channel::<Vec<Incoming>>(1);
    let (added, mut known, mut failed) = (AtomicU64::new(0), 0, 0);
    let mut told: Option<CliError> = None;
    let written = std::thread::scope(|scope| {
        let added = &added;
        let writer = scope.spawn(move || -> Result<Committed, StoreError> {
            let mut all = Committed::default();
            for batch in receiver {
                let committed = store.add_ahead(batch)?;
                // Those before are on disk.
                added.store(all.added, Ordering::Relaxed);
                all.added += committed.added;
                all.known += committed.known;
            }
            store.complete()?;
            added.store(all.added, Ordering::Relaxed);
            Ok(all)
        });
        let mut batch = Batch::new(sender);
        in_order(
            documents,
            weight,
            Knobs::threads(threads(args.threads)),
            |found| reader.read(&found),
            |done| {
                match done {
                    Ok(Read::Nothing) => {}
                    Ok(Read::Known) => known += 1,
                    Ok(Read::Article(incoming)) => batch.push(*incoming),
                    Err(error @ CliError::Pack { .. }) => {
                        told = Some(error);
                        return ControlFlow::Break(());
                    }
                    Err(error) => {
                        failed += 1;
                        line.clear();
                        crate::report(&error);
                    }
                }
                line.show_counts(added.load(Ordering::Relaxed), known, failed);
                let done = told.is_some() || stop.load(Ordering::Relaxed) || !batch.send_if_due();
                if done { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        batch.finish();
        writer.join().unwrap_or_else(|_| Err(StoreError::Sql("writing failed".to_owned())))
    });
    line.clear();
    let all = match written {
        Ok(all) => all,
        Err(reason) => {
            let kept = added.load(Ordering::Relaxed);
            let _ = writeln!(std::io::stderr().lock(), "added {kept} before it failed");
            return Err(one(args.db.error()(reason)));
        }
    };
    known += all.known;
    let _ = writeln!(std::io::stderr().lock(), "added {}, already there {known}, failed {failed}", all.added);
    match told {
        Some(error) => Err(one(error)),
        None if stop.load(Ordering::Relaxed) => Err(one(CliError::Stopped { kept: all.added })),
        None if failed > 0 => Err(one(CliError::Inputs { failed, of: all.added + known + failed })),
        None => Ok(()),
    }
}

/// In place of the folder of a batch, its records.
fn of_batches(sources: Vec<Source>) -> Result<Vec<Source>, CliError> {
    let mut all = Vec::new();
    for source in sources {
        let Source::Path(folder) = &source else {
            all.push(source);
            continue;
        };
        if !folder.join(".saksi").is_dir() {
            all.push(source);
            continue;
        }
        let entries = std::fs::read_dir(folder)
            .map_err(|error| CliError::input(folder, error, "check that you may read the folder"))?;
        let mut parts: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                name.starts_with("records-") && path.extension().is_some_and(|ending| ending == "jsonl")
            })
            .collect();
        if parts.is_empty() {
            let reason = "is a batch without records";
            return Err(CliError::input(
                folder,
                reason,
                "read it again with `saksi read --format jsonl --output FOLDER`",
            ));
        }
        parts.sort();
        all.extend(parts.into_iter().map(Source::Path));
    }
    Ok(all)
}

fn weight(found: &Found) -> usize {
    if let Found::Document(document) = found { document.bytes.len() } else { 0 }
}

thread_local! {
    /// Once touched, the thread comes after others that want the processor too.
    static BEHIND: () = {
        // Records are read faster than they are written, and whatever keeps the writer waiting keeps all waiting. Elsewhere it is
        // the whole program that has a priority.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::nice(NICE);
    };
}

/// How far behind others a thread stands that reads records: it gets a third of what they get.
#[cfg(target_os = "linux")]
const NICE: i32 = 5;

/// What became of something that a source holds.
enum Read {
    /// It holds no article.
    Nothing,
    /// Its bytes were read before.
    Known,
    Article(Box<Incoming>),
}

/// What reading needs to know.
struct Reader<'a> {
    given: &'a Given,
    packs: &'a Packs,
    gazetteer: &'a Gazetteer,
    came: &'a HashSet<String>,
    program: &'a str,
}

impl Reader<'_> {
    fn read(&self, found: &Found) -> Result<Read, CliError> {
        match found {
            Found::Document(document) if document.form == Form::Record => self.record(document),
            Found::Document(document) => {
                let options = options(document, self.given);
                if self.came.contains(&saksi_store::came(&document.bytes, &options)) {
                    return Ok(Read::Known);
                }
                let record = record(document, self.given, self.packs)?;
                let origin = Origin { bytes: Some(&document.bytes), options: &options, program: self.program };
                Ok(Read::Article(Box::new(Incoming::new(&record, &origin, self.gazetteer))))
            }
            Found::Skipped(_) => Ok(Read::Nothing),
            Found::Failed(Failure { place, reason }) => {
                Err(CliError::input(Path::new(&place.to_string()), reason, reason.help()))
            }
        }
    }

    /// A record that was read before.
    fn record(&self, document: &Document) -> Result<Read, CliError> {
        BEHIND.with(|()| ());
        let failed = |reason: String, help| CliError::input(Path::new(&document.place.to_string()), reason, help);
        // UTF-8 is checked once, and not for each text in it.
        let parsed = match std::str::from_utf8(&document.bytes) {
            Ok(text) => serde_json::from_str(text),
            Err(_) => serde_json::from_slice(&document.bytes),
        };
        let record: Record = parsed.map_err(|error| {
            failed(format!("is no record of schema {SCHEMA}: {error}"), "read the article again with this program")
        })?;
        if record.schema != SCHEMA {
            let reason = format!("is a record of schema {}; this program knows {SCHEMA}", record.schema);
            return Err(failed(reason, "read the article again with this program"));
        }
        saksi_store::sound(&record)
            .map_err(|reason| failed(format!("is no sound record: {reason}"), "read the article again"))?;
        let options = saksi_store::Options::default();
        let origin = Origin { bytes: None, options: &options, program: "" };
        Ok(Read::Article(Box::new(Incoming::new(&record, &origin, self.gazetteer))))
    }
}

/// Reads a document into its record.
pub(super) fn record(document: &Document, given: &Given, packs: &Packs) -> Result<Record, CliError> {
    let place = document.place.to_string();
    saksi_batch::read(document, given, packs).map_err(|error| match error {
        Unread::Read(error) => crate::input::failed(Path::new(&place), &error),
        panic => CliError::input(
            Path::new(&place),
            panic,
            "this is a mistake of the program: please report it with the article",
        ),
    })
}

/// What was said of a document, to read it again.
fn options(document: &Document, given: &Given) -> saksi_store::Options {
    let about = &document.about;
    saksi_store::Options {
        given: Said {
            url: given.url.clone(),
            outlet: given.outlet.clone(),
            language: given.language.clone(),
            published: given.published.clone(),
            ..Said::default()
        },
        about: Said {
            url: about.url.clone(),
            title: about.title.clone(),
            author: about.author.clone(),
            outlet: about.outlet.clone(),
            language: about.language.clone(),
            published: about.published.map(|when| when.day.to_string()),
            undecided: about.undecided.as_deref().map(str::to_owned),
        },
        html: document.form == Form::Html,
        charset: about.charset.clone(),
        notes: document.notes.clone(),
    }
}

/// Articles on their way to the writer.
struct Batch {
    articles: Vec<Incoming>,
    bytes: usize,
    since: Instant,
    sender: mpsc::SyncSender<Vec<Incoming>>,
}

impl Batch {
    fn new(sender: mpsc::SyncSender<Vec<Incoming>>) -> Self {
        Self { articles: Vec::new(), bytes: 0, since: Instant::now(), sender }
    }

    fn push(&mut self, incoming: Incoming) {
        self.bytes += incoming.weight();
        self.articles.push(incoming);
    }

    /// Hands the articles over if it is time; tells whether there is still somebody to take them.
    fn send_if_due(&mut self) -> bool {
        if self.articles.len() >= BATCH || self.bytes >= BYTES {
            return self.send();
        }
        if self.articles.is_empty() || self.since.elapsed() < EVERY {
            return true;
        }
        // While the one before still waits, it is more than others that comes in.
        match self.sender.try_send(std::mem::take(&mut self.articles)) {
            Ok(()) => self.begin(),
            Err(mpsc::TrySendError::Full(articles)) => self.articles = articles,
            Err(mpsc::TrySendError::Disconnected(_)) => return false,
        }
        true
    }

    fn send(&mut self) -> bool {
        let taken = self.sender.send(std::mem::take(&mut self.articles)).is_ok();
        self.begin();
        taken
    }

    fn begin(&mut self) {
        self.bytes = 0;
        self.since = Instant::now();
    }

    fn finish(mut self) {
        if !self.articles.is_empty() {
            self.send();
        }
    }
}
