//! `saksi score`

use crate::error::CliError;
use crate::input;
use clap::{Args, ValueEnum};
use saksi::Packs;
use saksi_batch::{Given, Knobs, in_order};
use saksi_input::{Found, Options, Progress, Source};
use saksi_record::Record;
use saksi_score::{Figures, Gold, Reading, Score};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub(crate) const EXAMPLES: &str = "\
Examples:
  saksi score gold/
  saksi score gold/ --by language --show
  saksi score gold/ --records records/ --format json

Gold is a folder of pairs: NAME.txt is the article and NAME.json what a person coded; docs/scoring.md says how, and what
each measure means.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ScoreArgs {
    /// Folders with coded articles: NAME.json beside NAME.txt
    #[arg(required = true, value_name = "GOLD")]
    gold: Vec<PathBuf>,
    /// Score records made earlier, NAME.json each, instead of reading the articles now
    #[arg(long, value_name = "DIR")]
    records: Option<PathBuf>,
    /// Score the records of a collection, as they were read, instead of reading the articles now
    #[arg(long, value_name = "FILE", conflicts_with = "records")]
    db: Option<PathBuf>,
    /// Show the figures of each group too
    #[arg(long, value_enum)]
    by: Option<By>,
    /// Show every difference before the figures
    #[arg(long, conflicts_with = "format")]
    show: bool,
    /// Only articles whose file name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// How to write the figures
    #[arg(long, short, value_enum, default_value = "text")]
    format: ScoreFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// By the language that gold gives
    Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ScoreFormat {
    /// For a person
    Text,
    /// For a program
    Json,
}

/// How long another program's lock on a collection is waited for.
const WAIT: Duration = Duration::from_secs(30);

/// A coded article.
struct Pair {
    name: String,
    path: PathBuf,
    text_path: PathBuf,
    /// The text as it stands in the file.
    original: String,
    /// The same with one character for each line break.
    text: String,
    gold: Gold,
}

/// What came of an article: its counts, and why it was not read if it was not.
type Scored = Result<(Score, Option<CliError>), CliError>;

/// Reads and scores every pair, and writes the figures. An article that cannot be read counts as one in which nothing was
/// found, and is told of.
pub(crate) fn run(args: &ScoreArgs, packs: &Packs) -> Result<(), Vec<CliError>> {
    let one = |error| vec![error];
    let pairs = pairs(args).map_err(one)?;
    let mut groups: BTreeMap<String, Figures> = BTreeMap::new();
    let mut shown = String::new();
    let (mut failed, mut stop) = (0_u64, None);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let collection = args.db.as_deref().map(open).transpose().map_err(one)?;
    let work = |pair: &Pair| -> Scored {
        let read = match (&args.records, &collection) {
            (Some(folder), _) => recorded(&folder.join(format!("{}.json", pair.name))),
            (None, Some(collection)) => kept(pair, collection),
            (None, None) => read(pair, packs).map(|record| Reading::from(&record)),
        };
        score(pair, read)
    };
    let mut count = pairs.iter();
    in_order(
        pairs.iter(),
        |pair| pair.text.len(),
        Knobs::threads(threads),
        work,
        |scored| {
            let Some(pair) = count.next() else { return ControlFlow::Break(()) };
            let (score, error) = match scored {
                Ok(done) => done,
                Err(error) => {
                    stop = Some(error);
                    return ControlFlow::Break(());
                }
            };
            groups.entry("all".to_owned()).or_default().add(&score.figures);
            if args.by == Some(By::Language) {
                groups.entry(pair.gold.language.clone()).or_default().add(&score.figures);
            }
            if let Some(error) = error {
                failed += 1;
                crate::report(&error);
            }
            if args.show && !score.notes.is_empty() {
                let _ = writeln!(shown, "== {}", pair.name);
                for note in &score.notes {
                    let _ = writeln!(shown, "   {note}");
                }
            }
            ControlFlow::Continue(())
        },
    );
    if let Some(error) = stop {
        return Err(one(error));
    }
    let figures = match args.format {
        ScoreFormat::Text => saksi_score::to_text(&groups),
        ScoreFormat::Json => {
            format!("{}\n", serde_json::to_string_pretty(&saksi_score::to_json(&groups)).unwrap_or_default())
        }
    };
    input::write_out(&format!("{shown}{figures}")).map_err(one)?;
    match failed {
        0 => Ok(()),
        failed => Err(one(CliError::Inputs { failed, of: pairs.len() as u64 })),
    }
}

/// A collection, which one thread may ask at a time.
struct Kept {
    path: PathBuf,
    db: Mutex<saksi_store::Connection>,
}

fn open(path: &Path) -> Result<Kept, CliError> {
    let db = saksi_store::connect(path, saksi_store::Mode::Read, WAIT)
        .map_err(|reason| CliError::Store { db: path.to_owned(), reason })?;
    Ok(Kept { path: path.to_owned(), db: Mutex::new(db) })
}

/// The record that the collection has of the article.
fn kept(pair: &Pair, kept: &Kept) -> Result<Reading, CliError> {
    let db = kept.db.lock().unwrap_or_else(PoisonError::into_inner);
    match saksi_store::look::record_of_text(&db, &pair.original) {
        Ok(Some(record)) => Ok(Reading::from(&record)),
        Ok(None) => Err(CliError::input(
            &pair.text_path,
            "is not in the collection",
            "it counts as an article in which nothing was found; `saksi add` adds it",
        )),
        Err(reason) => Err(CliError::Store { db: kept.path.clone(), reason }),
    }
}

fn score(pair: &Pair, read: Result<Reading, CliError>) -> Scored {
    let (reading, error) = match read {
        Ok(reading) => (reading, None),
        Err(error) => (Reading::nothing(&pair.text), Some(error)),
    };
    match saksi_score::score(&pair.text, &pair.gold, &reading) {
        Ok(score) => Ok((score, error)),
        Err(wrong) => Err(CliError::input(&pair.path, wrong, GOLD_HELP)),
    }
}

const GOLD_HELP: &str = "mend the gold; docs/scoring.md lists its keys and how its words are looked up";

/// A record made earlier.
fn recorded(path: &Path) -> Result<Reading, CliError> {
    let json = text_of(path, "it counts as an article in which nothing was found")?;
    Reading::from_json(&json).map_err(|reason| {
        CliError::input(path, reason, "it counts as an article in which nothing was found; docs/record.md has its form")
    })
}

/// Reads the article as `saksi read --published DAY FILE` does.
fn read(pair: &Pair, packs: &Packs) -> Result<Record, CliError> {
    let path = &pair.text_path;
    let source = Source::Path(path.clone());
    let mut found = saksi_input::documents(vec![source], Options::default(), Arc::new(Progress::default()));
    let help = "it counts as an article in which nothing was found";
    let document = match (found.next(), found.next()) {
        (Some(Found::Document(document)), None) => document,
        (Some(Found::Failed(failure)), _) => return Err(CliError::input(path, failure.reason, help)),
        (Some(Found::Document(_)), Some(_)) => return Err(CliError::input(path, "holds several articles", help)),
        _ => return Err(CliError::input(path, "holds no article", help)),
    };
    let given = Given { published: pair.gold.published.clone(), ..Given::default() };
    saksi_batch::read(&document, &given, packs).map_err(|error| CliError::input(path, error, help))
}

/// The pairs of all folders, in order of folder and name.
fn pairs(args: &ScoreArgs) -> Result<Vec<Pair>, CliError> {
    let mut pairs = Vec::new();
    for folder in &args.gold {
        let help = "name a folder of NAME.json beside NAME.txt";
        if !folder.is_dir() {
            return Err(CliError::input(folder, "there is no such folder", help));
        }
        let entries = std::fs::read_dir(folder).map_err(|error| CliError::input(folder, input::plain(&error), help))?;
        let mut paths: Vec<PathBuf> = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| CliError::input(folder, error, help))?.path();
            if path.extension().is_some_and(|end| end == "json") {
                paths.push(path);
            }
        }
        paths.sort_unstable();
        let before = pairs.len();
        for path in paths {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if args.only.as_ref().is_none_or(|only| name.contains(only.as_str())) {
                pairs.push(pair(name, path)?);
            }
        }
        if pairs.len() == before && args.only.is_none() {
            return Err(CliError::input(folder, "holds no coded article", help));
        }
    }
    if pairs.is_empty() {
        let reason = format!("no article has `{}` in its name", args.only.as_deref().unwrap_or_default());
        return Err(CliError::Usage { reason, help: "leave --only out to score all" });
    }
    Ok(pairs)
}

fn pair(name: String, path: PathBuf) -> Result<Pair, CliError> {
    let json = text_of(&path, GOLD_HELP)?;
    let gold = Gold::from_json(&json).map_err(|wrong| CliError::input(&path, wrong, GOLD_HELP))?;
    let text_path = path.with_extension("txt");
    if !text_path.exists() {
        let reason = format!("the article {} is missing", text_path.display());
        return Err(CliError::input(&path, reason, "put NAME.txt beside NAME.json"));
    }
    // Gold counts a line break as one character, however the file writes it.
    let original = text_of(&text_path, "gold is coded on text in UTF-8")?;
    let text = original.replace("\r\n", "\n").replace('\r', "\n");
    Ok(Pair { name, path, text_path, original, text, gold })
}

fn text_of(path: &Path, help: &'static str) -> Result<String, CliError> {
    std::fs::read_to_string(path).map_err(|error| CliError::input(path, input::plain(&error), help))
}
