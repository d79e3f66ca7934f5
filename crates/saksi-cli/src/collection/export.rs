//! `saksi export`

mod collection;
mod forms;
mod output;
mod records;

use super::filter;
use crate::error::CliError;
use clap::{Args, ValueEnum};
use forms::{Form, Writer};
use output::{Folder, Output};
use saksi::Packs;
use saksi_export::{Codes, Layout, Left, Sheet};
use saksi_merge::Gazetteer;
use saksi_query::Filter;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

pub(crate) const EXAMPLES: &str = "\
Examples:
  saksi export --as events -o events.csv
  saksi export --as reports -o reports.parquet
  saksi export --as events -o events.csv --spreadsheet --country IDN --from 2025-07
  saksi export --as gdelt -o gdelt/
  saksi export --as cas -o inception/ --records records.jsonl
  saksi export --as followthemoney -o - | ftm aggregate

docs/exports.md says what each form means by its columns, and what it cannot hold.";

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// The form
    #[arg(long = "as", value_enum, value_name = "FORM")]
    pub(crate) form: Form,
    /// The file to write; a folder for gdelt and cas; - is standard output
    #[arg(long, short, value_name = "FILE|FOLDER")]
    pub(crate) output: PathBuf,
    /// How a table is written [default: by the file's ending, else tsv for polecat and icews, csv for others]
    #[arg(long, short, value_enum)]
    pub(crate) format: Option<TableFormat>,
    /// Put an apostrophe before words that a spreadsheet would run as a formula
    #[arg(long)]
    pub(crate) spreadsheet: bool,
    /// Write over a file that is there
    #[arg(long)]
    pub(crate) force: bool,
    /// Take records that `saksi read --format jsonl` wrote in place of a collection; - is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) records: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
    #[command(flatten)]
    filter: filter::FilterArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// Separated by commas
    Csv,
    /// Separated by tabs
    Tsv,
    /// One JSON object a line
    Jsonl,
    /// By columns
    #[cfg(feature = "parquet")]
    Parquet,
}

pub(crate) fn run(args: &ExportArgs, packs: &Packs) -> Result<(), CliError> {
    let layout = layout(args)?;
    let filter = args.filter.filter(packs)?;
    let broken = |error: saksi_lang::PackError| CliError::Pack { reason: error.to_string() };
    let codes = packs.pack("world").and_then(|world| Codes::compile(&world)).map_err(broken)?;
    let gazetteer = super::gazetteer(packs)?;
    let with = With { layout, codes: &codes, gazetteer: &gazetteer };
    let input = Input::open(args, &filter, &gazetteer, packs)?;
    let left = match args.form {
        Form::Gdelt => {
            let folder = Folder::begin(&args.output, args.force)?;
            let mut left = Left::default();
            for (name, form) in [(forms::GDELT_MENTIONS, Form::GdeltMentions), (forms::GDELT_EVENTS, Form::GdeltEvents)]
            {
                let mut file = folder.file(name)?;
                left = one(&mut file, form, with, &input)?;
                file.finish()?;
            }
            folder.finish()?;
            left
        }
        Form::Cas => cas(args, &input)?,
        form => {
            let mut output = Output::begin(&args.output, args.force)?;
            let left = one(&mut output, form, with, &input)?;
            output.finish()?;
            left
        }
    };
    tell(args.form, left);
    Ok(())
}

/// What forms are made with.
#[derive(Clone, Copy)]
struct With<'w> {
    layout: Layout,
    codes: &'w Codes,
    gazetteer: &'w Gazetteer,
}

/// Where the values come from.
enum Input<'g> {
    Collection(collection::Reader),
    Records { files: Vec<PathBuf>, gazetteer: &'g Gazetteer },
}

impl<'g> Input<'g> {
    fn open(args: &ExportArgs, filter: &Filter, gazetteer: &'g Gazetteer, packs: &Packs) -> Result<Self, CliError> {
        let all = *filter == Filter::default();
        if args.records.is_empty() {
            let keep = if all {
                None
            } else {
                let collection = filter::open_for_names(&args.db, packs, args.filter.names_actors())?;
                Some(filter::keys(&collection, filter, usize::MAX)?.0.into_iter().collect())
            };
            return Ok(Self::Collection(collection::Reader::open(&args.db, keep)?));
        }
        if !all {
            return Err(CliError::Usage {
                reason: "only a collection can be asked for some of its events".into(),
                help: "add the records with `saksi add`, or leave the filters out",
            });
        }
        Ok(Self::Records { files: args.records.clone(), gazetteer })
    }

    fn told(&self, each: &mut dyn FnMut(&saksi_export::Told) -> Result<(), CliError>) -> Result<(), CliError> {
        match self {
            Self::Collection(reader) => reader.told(each),
            Self::Records { files, gazetteer } => {
                let (told, _) = saksi_export::merged(records::all(files)?, gazetteer);
                told.iter().try_for_each(each)
            }
        }
    }

    /// Articles; `merged` where the form needs the events that their reports are of.
    fn read(
        &self,
        merged: bool,
        each: &mut dyn FnMut(&saksi_export::Read) -> Result<(), CliError>,
    ) -> Result<(), CliError> {
        match self {
            Self::Collection(reader) => reader.read(each),
            Self::Records { files, gazetteer } if merged => {
                let (_, reads) = saksi_export::merged(records::all(files)?, gazetteer);
                reads.iter().try_for_each(each)
            }
            Self::Records { files, gazetteer } => {
                records::each(files, &mut |record| each(&saksi_export::Read::alone(record, gazetteer)))
            }
        }
    }
}

/// Writes a form of one stream.
fn one(output: &mut Output, form: Form, with: With<'_>, input: &Input<'_>) -> Result<Left, CliError> {
    match forms::writer(form, output.stream(), with)? {
        Writer::Events(mut writer) => {
            input.told(&mut |told| Ok(writer.add(told)?))?;
            Ok(writer.finish()?)
        }
        Writer::Articles(mut writer) => {
            input.read(form.needs_events(), &mut |read| Ok(writer.add(read)?))?;
            Ok(writer.finish()?)
        }
    }
}

/// A file for each article, and one that describes the types.
fn cas(args: &ExportArgs, input: &Input<'_>) -> Result<Left, CliError> {
    let folder = Folder::begin(&args.output, args.force)?;
    let mut left = Left::default();
    input.read(false, &mut |read| {
        let mut file = folder.file(&format!("{}.json", forms::file_name(&read.key)))?;
        saksi_export::cas(file.stream(), read)?;
        file.finish()?;
        left.written += 1;
        Ok(())
    })?;
    let mut file = folder.file("TypeSystem.xml")?;
    file.stream().write_all(saksi_export::type_system().as_bytes())?;
    file.finish()?;
    folder.finish()?;
    Ok(left)
}

fn layout(args: &ExportArgs) -> Result<Layout, CliError> {
    let usage = |reason: &str, help| Err(CliError::Usage { reason: reason.into(), help });
    let ending = args.output.extension().and_then(|ending| ending.to_str()).and_then(|ending| {
        TableFormat::from_str(ending, true).ok().or_else(|| (ending == "ndjson").then_some(TableFormat::Jsonl))
    });
    let default = if matches!(args.form, Form::Polecat | Form::Icews) { TableFormat::Tsv } else { TableFormat::Csv };
    let format = args.format.or(ending).unwrap_or(default);
    if !args.form.is_table() {
        if args.format.is_some() {
            return usage("this form is written in one way only", "leave --format out");
        }
        if args.spreadsheet {
            return usage("this form is not for spreadsheets", "leave --spreadsheet out");
        }
    }
    let sheet = match format {
        TableFormat::Csv => Sheet::Csv,
        TableFormat::Tsv => Sheet::Tsv,
        TableFormat::Jsonl => Sheet::Jsonl,
        #[cfg(feature = "parquet")]
        TableFormat::Parquet => Sheet::Parquet,
    };
    if args.spreadsheet && !matches!(sheet, Sheet::Csv | Sheet::Tsv) {
        return usage("a spreadsheet reads csv or tsv", "leave --spreadsheet out, or use --format csv");
    }
    Ok(Layout { sheet, spreadsheet: args.spreadsheet })
}

/// Says on standard error what was left out, and why.
fn tell(form: Form, left: Left) {
    let mut line = String::new();
    for (count, why) in [
        (left.not_actual, "not reported as having happened"),
        (left.rejected, "rejected in review"),
        (left.no_place, "no place with coordinates"),
        (left.no_time, "no day, month or year"),
        (left.no_dyad, "no actor or no recipient"),
        (left.no_event, "not part of an event"),
    ] {
        if count > 0 {
            let _ = write!(line, "{}{count} {why}", if line.is_empty() { "" } else { ", " });
        }
    }
    if !line.is_empty() {
        let name = form.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        let _ = writeln!(std::io::stderr().lock(), "left out, as {name} has no place for it: {line}");
    }
}

/// Whether `path` is standard output.
fn is_stdout(path: &Path) -> bool {
    crate::input::is_stdin(path)
}
