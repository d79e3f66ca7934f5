//! `saksi sql`

use super::filter::{note, told};
use super::table::{Format, FormatArgs, json, jsonl, table};
use crate::error::CliError;
use crate::input::write_out;
use clap::Args;
use saksi_query::{Cell, Limits};
use std::time::Duration;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saksi sql 'SELECT type, count(*) FROM event GROUP BY type'
  saksi sql 'SELECT name FROM sqlite_schema'
  saksi sql - < question.sql

Nothing can be changed: only statements that read are run. docs/collection.md describes the tables.")]
pub(crate) struct SqlArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
    /// One statement that reads; - reads it from standard input
    #[arg(value_name = "QUERY")]
    query: String,
    /// Rows at most
    #[arg(long, short = 'n', value_name = "N", default_value = "1000", value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// Seconds at most
    #[arg(long, value_name = "N", default_value = "10", value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    /// MiB of memory at most
    #[arg(long, value_name = "MIB", default_value = "512", value_parser = clap::value_parser!(u64).range(16..=65536))]
    memory: u64,
    #[command(flatten)]
    format: FormatArgs,
}

pub(crate) fn run(args: &SqlArgs) -> Result<(), CliError> {
    let path = std::path::Path::new(&args.query);
    let query = if crate::input::is_stdin(path) {
        let bytes = crate::input::bytes(path)?;
        String::from_utf8(bytes).map_err(|error| CliError::input(path, error, "write the statement as UTF-8"))?
    } else {
        args.query.clone()
    };
    let limits =
        Limits { time: Duration::from_secs(args.seconds), rows: args.limit as usize, memory: args.memory << 20 };
    let answer = saksi_query::sql(&args.db.db, args.db.wait(), &query, &limits).map_err(told)?;
    let header: Vec<&str> = answer.columns.iter().map(String::as_str).collect();
    let rows = answer.rows.iter().map(|row| row.iter().map(cell).collect());
    let out = match args.format.format() {
        Format::Text if answer.rows.is_empty() => String::new(),
        Format::Text => table(&header, rows),
        Format::Json => json(&answer),
        Format::Jsonl => jsonl(&answer.rows),
        Format::Csv => args.format.csv(&header, rows),
    };
    write_out(&out)?;
    if answer.rows.is_empty() {
        note("no rows");
    }
    if answer.more {
        note(&format!("there are more than {} rows: --limit gives more", args.limit));
    }
    Ok(())
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Whole(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Text(text) | Cell::Bytes(text) => text.clone(),
    }
}
