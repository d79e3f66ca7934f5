use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads news and writes down who did what to whom, when, where, how much, and according to whom.
#[derive(Debug, Parser)]
#[command(name = "saksi", version, about, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// A folder with lang/ and world/ to use in place of the built-in language packs
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(crate) packs: Option<PathBuf>,
}

pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  every input was read
  1  an input could not be read; the others were, and the reason is on standard error
  2  the command line is wrong
  3  the output could not be written
  4  a language pack is broken
  130  stopped; the same command with --resume goes on";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read articles and write one record each, in order
    #[command(after_help = READ_EXAMPLES)]
    Read(ReadArgs),
    /// Show an article's text with its noise marked, and for a page where in its bytes the text stands
    #[command(
        after_help = "Examples:\n  saksi clean page.html\n  saksi clean page.html --body > body.txt\n  saksi clean page.html --format json"
    )]
    Clean(CleanArgs),
    /// Fetch pages into a folder of web archives, for `saksi read` to read
    #[cfg(feature = "fetch")]
    #[command(after_help = FETCH_EXAMPLES)]
    Fetch(FetchArgs),
    /// Show for each field of each event what it was read from
    #[command(
        after_help = "Examples:\n  saksi explain article.txt\n  saksi explain article.txt --event e3 --format json"
    )]
    Explain(ExplainArgs),
    /// Show sentences, words, lemmas, trees and names
    #[command(
        after_help = "Examples:\n  saksi analyze article.txt\n  saksi analyze --pretokenized gold.conllu --language id --treebank csui"
    )]
    Analyze(AnalyzeArgs),
    /// Read articles, or records that were read before, into a collection
    Add(crate::collection::add::AddArgs),
    /// Read the articles of a collection again with this program; reviews are kept
    Update(crate::collection::update::UpdateArgs),
    /// List the articles of a collection
    List(crate::collection::list::ListArgs),
    /// Show an article, event or report of a collection
    Show(crate::collection::show::ShowArgs),
    /// Take articles out of a collection
    Remove(crate::collection::remove::RemoveArgs),
    /// List events, each with how many independent sources report it
    Events(crate::collection::events::EventsArgs),
    /// Show events by time; where a day is not known, the days between
    Timeline(crate::collection::timeline::TimelineArgs),
    /// Show what an actor did, and what was done to it
    Who(crate::collection::who::WhoArgs),
    /// Show what each source says of one event, side by side
    Compare(crate::collection::compare::CompareArgs),
    /// Find articles by their words
    Search(crate::collection::search::SearchArgs),
    /// Show what a source said, over time
    Sources(crate::collection::sources::SourcesArgs),
    /// Ask the collection in SQL; nothing can be changed
    Sql(crate::collection::sql::SqlArgs),
    /// Go through events in the terminal: accept, reject, edit, merge, split, undo
    Review(crate::collection::review::ReviewArgs),
    /// Show what persons decided, in order
    Log(crate::collection::log::LogArgs),
    /// Take back the last decision, or the one given
    Undo(crate::collection::undo::UndoArgs),
    /// Check that a collection is whole and its log unaltered
    Verify(crate::collection::verify::VerifyArgs),
    /// Write a collection in the form that another program reads
    #[command(after_help = crate::collection::export::EXAMPLES)]
    Export(crate::collection::export::ExportArgs),
    /// Hold records against what a person coded
    Score(crate::collection::score::ScoreArgs),
    /// Write the JSON Schema of the record
    Schema,
    /// Write completions for a shell
    #[command(after_help = "Example:\n  saksi completions bash > ~/.local/share/bash-completion/completions/saksi")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder
    Man {
        /// The folder; it must exist
        folder: PathBuf,
    },
}

const READ_EXAMPLES: &str = "\
Examples:
  saksi read article.txt
  saksi read article.txt --published 2025-07-13 --format json
  saksi read news/ --format jsonl > records.jsonl
  saksi read 'news/2025-*/*.html' feed.xml crawl.warc.gz --format csv > events.csv
  saksi read dump.csv --column text=body --column published=day --format jsonl
  saksi read big.jsonl.zst -o out
  saksi read big.jsonl.zst -o out --resume
  saksi read addresses.txt --fetch pages --format jsonl
  curl -s https://example.org/story.txt | saksi read - --url https://example.org/story";

#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// Files, folders, patterns, addresses, or - for standard input: text, web pages, JSON Lines, CSV, XLSX, RSS, Atom,
    /// WARC, WACZ, lists of addresses, and gzip, zstd, xz, bzip2, Brotli or ZIP of these, told by their content
    #[arg(required = true, value_name = "SOURCE")]
    pub(crate) sources: Vec<PathBuf>,
    /// How to write the records [default: text on a terminal, else json; jsonl with --output]
    #[arg(long, short, value_enum)]
    pub(crate) format: Option<ReadFormat>,
    #[command(flatten)]
    pub(crate) about: AboutArgs,
    /// The column or key that holds a part of the article: text, title, url, published, outlet, author or language
    #[arg(long = "column", value_name = "PART=NAME")]
    pub(crate) columns: Vec<String>,
    /// A folder to write into, in parts; a run that was stopped goes on with --resume
    #[arg(long, short, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,
    /// Go on with the run in the folder, if there is one
    #[arg(long, requires = "output")]
    pub(crate) resume: bool,
    /// Fetch the addresses among the sources into this folder of web archives, and read their pages
    #[cfg(feature = "fetch")]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) fetch: Option<PathBuf>,
    #[cfg(feature = "fetch")]
    #[command(flatten)]
    pub(crate) manner: MannerArgs,
    /// How many articles make a part of the output
    #[arg(long, value_name = "N", default_value = "1000", requires = "output")]
    pub(crate) part: std::num::NonZeroU64,
    /// Articles read at the same time; the output does not depend on it [default: one per core]
    #[arg(long, short, alias = "jobs", short_alias = 'j', value_name = "N")]
    pub(crate) threads: Option<std::num::NonZeroUsize>,
}

#[cfg(feature = "fetch")]
const FETCH_EXAMPLES: &str = "\
Examples:
  saksi fetch https://example.org/story -o pages
  saksi fetch --feed https://example.org/rss.xml -o pages
  saksi fetch --list addresses.txt -o pages --delay 5
  saksi read pages --format jsonl

robots.txt is followed, one host is asked one thing at a time, and only public addresses are connected to. A page that was
fetched into the folder before is asked for only if it has changed.";

#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").args(["addresses", "feeds", "lists"]).required(true).multiple(true)))]
pub(crate) struct FetchArgs {
    /// Pages to fetch
    #[arg(value_name = "URL")]
    pub(crate) addresses: Vec<String>,
    /// A feed to fetch, and the pages that its entries name
    #[arg(long = "feed", value_name = "URL")]
    pub(crate) feeds: Vec<String>,
    /// A file with one address a line, or a table with a column of addresses; - is standard input
    #[arg(long = "list", value_name = "FILE")]
    pub(crate) lists: Vec<PathBuf>,
    /// The folder to keep them in
    #[arg(long, short, value_name = "FOLDER")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) manner: MannerArgs,
}

/// How servers are treated.
#[cfg(feature = "fetch")]
#[derive(Debug, Args, Clone)]
pub(crate) struct MannerArgs {
    /// Seconds between two requests to one host; more if its robots.txt asks for it [default: 1]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(0..=3600))]
    pub(crate) delay: Option<u64>,
    /// How many hosts are asked at the same time [default: 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=64))]
    pub(crate) hosts: Option<u64>,
    /// How to name oneself to servers; say whom they can write to
    #[arg(long, value_name = "TEXT")]
    pub(crate) agent: Option<String>,
}

#[cfg(feature = "fetch")]
impl MannerArgs {
    /// Whether anything is asked for.
    pub(crate) fn is_given(&self) -> bool {
        self.delay.is_some() || self.hosts.is_some() || self.agent.is_some()
    }
}

/// What the caller knows of the articles.
#[derive(Debug, Args, Clone)]
pub(crate) struct AboutArgs {
    /// The day of publication, as 2025-07-13
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) published: Option<String>,
    /// The language, as id or en; told by the text if left out
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    /// Who published it
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
    /// The article's own address
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadFormat {
    /// For a person: the article with its parts marked, then a table of events
    Text,
    /// One JSON object; JSON Lines for several articles
    Json,
    /// One JSON object a line
    Jsonl,
    /// One event a row, separated by commas
    Csv,
    /// One event a row, separated by tabs
    Tsv,
    /// Tables by columns; only with --output
    #[cfg(feature = "parquet")]
    Parquet,
}

#[derive(Debug, Args)]
pub(crate) struct CleanArgs {
    /// The page or text; - is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// How to write it
    #[arg(long, short, value_enum, default_value = "text")]
    pub(crate) format: ExplainFormat,
    /// Write only the article's own words, without title and noise
    #[arg(long, conflicts_with = "format")]
    pub(crate) body: bool,
    #[command(flatten)]
    pub(crate) about: AboutArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The article; - is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Only this event
    #[arg(long, value_name = "ID")]
    pub(crate) event: Option<String>,
    /// How to write it
    #[arg(long, short, value_enum, default_value = "text")]
    pub(crate) format: ExplainFormat,
    #[command(flatten)]
    pub(crate) about: AboutArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For a person
    Text,
    /// For a program
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct AnalyzeArgs {
    /// The text, or CoNLL-U with --pretokenized; - is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// How to write it
    #[arg(long, short, value_enum, default_value = "conllu")]
    pub(crate) format: AnalyzeFormat,
    /// The input is CoNLL-U; its sentences and words are kept
    #[arg(long)]
    pub(crate) pretokenized: bool,
    /// The treebank whose manner of annotation to follow [default: the news treebank]
    #[arg(long, value_name = "NAME")]
    pub(crate) treebank: Option<String>,
    /// The language, as id or en; told by the text if left out
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    /// Take the text as it is, without looking for title and noise
    #[arg(long)]
    pub(crate) raw: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnalyzeFormat {
    /// CoNLL-U with offsets and names in MISC
    Conllu,
}

/// Checks that a day of publication is a day of the calendar.
pub(crate) fn day(text: &str) -> Result<String, String> {
    match text.parse::<jiff::civil::Date>() {
        Ok(date) if text.len() == 10 => Ok(date.to_string()),
        _ => Err("not a day of the calendar; write it as 2025-07-13".into()),
    }
}
