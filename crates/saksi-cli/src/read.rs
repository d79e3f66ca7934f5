use crate::args::{AboutArgs, ReadArgs, ReadFormat};
use crate::batch;
use crate::error::CliError;
use crate::input;
use crate::render;
use crate::stop;
use saksi::{Packs, RawArticle, ReadError};
use saksi_batch::rows::{self, Delimiter};
use saksi_batch::{Copies, Given, Knobs, Unread, in_order};
use saksi_input::{Columns, Documents, Failure, Found, Options, Progress, Source};
use saksi_record::Record;
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Reads every article of every source and writes the records in order, whatever the number of threads.
pub(crate) fn run(args: &ReadArgs, folder: Option<&Path>, packs: &Packs) -> Result<(), Vec<CliError>> {
    let one = |error| vec![error];
    let given = given(&args.about);
    check_language(&given, packs).map_err(one)?;
    let mut sources = sources(&args.sources).map_err(one)?;
    let mut options = Options { columns: columns(&args.columns).map_err(one)?, ..Options::default() };
    fetch(args, &mut sources, &mut options).map_err(one)?;
    if args.output.is_some() {
        let packs_from = folder.map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default();
        return batch::run(args, given, sources, options, (&packs_from, packs)).map_err(one);
    }
    #[cfg(feature = "parquet")]
    if args.format == Some(ReadFormat::Parquet) {
        let reason = "parquet is written into a folder".to_owned();
        return Err(one(CliError::Usage { reason, help: "name one with --output" }));
    }
    let documents = || saksi_input::documents(sources.clone(), options.clone(), Arc::new(Progress::default()));
    let copies = if saksi_input::can_be_read_twice(&sources) && documents().nth(1).is_some() {
        Copies::among(documents, &given, packs, Knobs::threads(threads(args.threads)), go_on)
    } else {
        Copies::default()
    };
    stream(args, &given, documents(), &copies, packs)
}

/// Fetches the addresses among the sources, if that is asked for; else an address is an error.
fn fetch(args: &ReadArgs, sources: &mut [Source], options: &mut Options) -> Result<(), CliError> {
    #[cfg(feature = "fetch")]
    if let Some(folder) = &args.fetch {
        batch::outside(folder, sources)?;
        let begun = args.resume && args.output.as_ref().is_some_and(|output| saksi_batch::is_begun(output));
        return crate::fetch::for_reading(folder, &args.manner, sources, options, (args.resume, begun));
    }
    #[cfg(feature = "fetch")]
    if args.manner.is_given() {
        return Err(CliError::Usage {
            reason: "--delay, --hosts and --agent say how pages are fetched, and none are".into(),
            help: "add --fetch FOLDER, or leave them out",
        });
    }
    let _ = (args, options);
    match sources.iter().find_map(|source| if let Source::Address(url) = source { Some(url) } else { None }) {
        None => Ok(()),
        Some(url) => Err(CliError::Usage {
            reason: format!("{url} is an address; nothing is fetched unless asked for"),
            help: "add --fetch FOLDER to fetch it into a folder of web archives and read it",
        }),
    }
}

/// Writes to standard output as it reads.
fn stream(
    args: &ReadArgs,
    given: &Given,
    mut documents: Documents,
    copies: &Copies,
    packs: &Packs,
) -> Result<(), Vec<CliError>> {
    let format =
        args.format.unwrap_or(if std::io::stdout().is_terminal() { ReadFormat::Text } else { ReadFormat::Json });
    // Whether one object or one a line is written depends on whether there is a second article.
    let first: Vec<Found> = documents.by_ref().take(2).collect();
    let many = first.len() > 1 || args.sources.len() > 1;
    if let Some(delimiter) = delimiter(format) {
        input::write_out(&rows::header(delimiter)).map_err(|error| vec![error])?;
    }
    let (mut seen, mut failed) = (0_u64, 0_u64);
    let mut told = None;
    let weight = |(_, found): &(usize, Found)| match found {
        Found::Document(document) => document.bytes.len(),
        _ => 0,
    };
    let work = |(number, found): (usize, Found)| {
        let mut record = read(&found, given, packs)?;
        if let Some(record) = &mut record {
            record.article.group = copies.of(number, record);
        }
        Ok(record.map(|record| show(&record, format, many)))
    };
    in_order(
        first.into_iter().chain(documents).enumerate(),
        weight,
        Knobs::threads(threads(args.threads)),
        work,
        |done| {
            seen += 1;
            match done {
                Ok(None) => {}
                Ok(Some(text)) => {
                    if let Err(error) = input::write_out(&text) {
                        told = Some(error);
                        return ControlFlow::Break(());
                    }
                }
                Err(error) if many => {
                    failed += 1;
                    crate::report(&error);
                }
                Err(error) => told = Some(error),
            }
            go_on()
        },
    );
    match told {
        None if stop::asked() => Err(vec![CliError::Stopped { kept: seen }]),
        Some(error) => Err(vec![error]),
        None if failed > 0 => Err(vec![CliError::Inputs { failed, of: seen }]),
        None => Ok(()),
    }
}

fn go_on() -> ControlFlow<()> {
    if stop::asked() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

/// The record of a document; nothing for what holds none.
fn read(found: &Found, given: &Given, packs: &Packs) -> Result<Option<Record>, CliError> {
    match found {
        Found::Document(document) => match saksi_batch::read(document, given, packs) {
            Ok(record) => Ok(Some(record)),
            Err(Unread::Read(error)) => Err(input::failed(Path::new(&document.place.to_string()), &error)),
            Err(panic) => Err(CliError::input(
                Path::new(&document.place.to_string()),
                panic,
                "this is a mistake of the program: please report it with the article",
            )),
        },
        Found::Skipped(_) => Ok(None),
        Found::Failed(Failure { place, reason }) => {
            Err(CliError::input(Path::new(&place.to_string()), reason, reason.help()))
        }
    }
}

pub(crate) fn threads(asked: Option<std::num::NonZeroUsize>) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    asked.map_or_else(cores, std::num::NonZeroUsize::get)
}

pub(crate) fn given(about: &AboutArgs) -> Given {
    let about = about.clone();
    Given { published: about.published, language: about.language, outlet: about.outlet, url: about.url }
}

pub(crate) fn sources(words: &[PathBuf]) -> Result<Vec<Source>, CliError> {
    saksi_input::sources(words)
        .map_err(|error| CliError::Usage { reason: error.to_string(), help: "see `saksi read --help`" })
}

pub(crate) fn columns(mappings: &[String]) -> Result<Columns, CliError> {
    let mut columns = Columns::default();
    for mapping in mappings {
        columns.give(mapping).map_err(|error| CliError::Usage {
            reason: error.to_string(),
            help: "as in --column text=body --column published=date",
        })?;
    }
    Ok(columns)
}

/// Finds out before the first article whether the language that was asked for can be read, and the packs are sound.
pub(crate) fn check_language(given: &Given, packs: &Packs) -> Result<(), CliError> {
    let empty = RawArticle { language: given.language.as_deref(), ..RawArticle::default() };
    match saksi::read(&empty, packs) {
        Err(error @ (ReadError::NoLanguage { .. } | ReadError::Pack(_))) => Err(input::failed(Path::new("-"), &error)),
        _ => Ok(()),
    }
}

fn delimiter(format: ReadFormat) -> Option<Delimiter> {
    match format {
        ReadFormat::Csv => Some(Delimiter::Comma),
        ReadFormat::Tsv => Some(Delimiter::Tab),
        _ => None,
    }
}

fn show(record: &Record, format: ReadFormat, many: bool) -> String {
    match format {
        ReadFormat::Text => render::article(record),
        ReadFormat::Json if !many => format!("{}\n", serde_json::to_string_pretty(record).unwrap_or_default()),
        ReadFormat::Csv => rows::rows(record, Delimiter::Comma),
        ReadFormat::Tsv => rows::rows(record, Delimiter::Tab),
        _ => format!("{}\n", serde_json::to_string(record).unwrap_or_default()),
    }
}
