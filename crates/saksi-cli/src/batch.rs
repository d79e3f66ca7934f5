//! Reading into a folder, in parts.

use crate::args::{ReadArgs, ReadFormat};
use crate::error::CliError;
use crate::progress::Line;
use crate::read::threads;
use crate::stop;
use saksi::Packs;
use saksi_batch::{BatchError, Format, Given, Knobs, Settings};
use saksi_input::{Options, Progress, Source};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

pub(crate) fn run(
    args: &ReadArgs,
    given: Given,
    sources: Vec<Source>,
    options: Options,
    (packs_from, packs): (&str, &Packs),
) -> Result<(), CliError> {
    let folder = args.output.clone().unwrap_or_default();
    outside(&folder, &sources)?;
    let names: Vec<String> = args.sources.iter().map(|source| source.to_string_lossy().into_owned()).collect();
    let settings = Settings {
        folder,
        resume: args.resume,
        format: format(args.format)?,
        part: args.part.get(),
        knobs: Knobs::threads(threads(args.threads)),
        given,
        options: vec![
            ("sources".to_owned(), names.join(" ")),
            ("columns".to_owned(), args.columns.join(" ")),
            ("packs".to_owned(), packs_from.to_owned()),
            ("fetch".to_owned(), fetched_into(args)),
        ],
    };
    stop::listen();
    let progress = Arc::new(Progress::default());
    let mut line = Line::new(&sources, Arc::clone(&progress));
    let documents = saksi_input::documents(sources, options, progress);
    let done = saksi_batch::run(&settings, documents, packs, &mut |summary| {
        line.show(summary);
        if stop::asked() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    line.clear();
    let outcome = done.map_err(|error| folder_error(&error))?;
    if !outcome.finished {
        return Err(CliError::Stopped { kept: outcome.summary.records });
    }
    let _ = writeln!(std::io::stderr().lock(), "{}", outcome.summary);
    match outcome.summary.failures() {
        0 => Ok(()),
        failed => Err(CliError::Inputs { failed, of: outcome.summary.records + failed }),
    }
}

/// The folder that pages come from.
fn fetched_into(args: &ReadArgs) -> String {
    #[cfg(feature = "fetch")]
    return args.fetch.as_deref().map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default();
    #[cfg(not(feature = "fetch"))]
    {
        let _ = args;
        String::new()
    }
}

fn format(asked: Option<ReadFormat>) -> Result<Format, CliError> {
    match asked {
        None | Some(ReadFormat::Json | ReadFormat::Jsonl) => Ok(Format::Jsonl),
        Some(ReadFormat::Csv) => Ok(Format::Csv),
        #[cfg(feature = "parquet")]
        Some(ReadFormat::Parquet) => Ok(Format::Parquet),
        Some(ReadFormat::Text | ReadFormat::Tsv) => Err(CliError::Usage {
            reason: "a folder is written as jsonl, csv or parquet".into(),
            help: "give one of these to --format, or leave --output out",
        }),
    }
}

/// Refuses a folder that would be read as its own input.
pub(crate) fn outside(folder: &Path, sources: &[Source]) -> Result<(), CliError> {
    let Ok(folder) = std::path::absolute(folder) else { return Ok(()) };
    let inside = sources.iter().any(|source| match source {
        Source::Path(path) => path.is_dir() && std::path::absolute(path).is_ok_and(|path| folder.starts_with(path)),
        _ => false,
    });
    if inside {
        return Err(CliError::Usage {
            reason: format!("{}: lies in a folder that is read", folder.display()),
            help: "name a folder outside the sources",
        });
    }
    Ok(())
}

fn folder_error(error: &BatchError) -> CliError {
    let code = match error {
        BatchError::Io { .. } => 3,
        BatchError::Part { .. } | BatchError::Journal { .. } | BatchError::Changed { .. } => 1,
        _ => 2,
    };
    CliError::Folder { reason: error.to_string(), help: error.help(), code }
}
