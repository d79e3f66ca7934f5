//! `saksi log`

use super::DbArgs;
use crate::error::CliError;
use crate::input;
use clap::{Args, ValueEnum};
use saksi_store::{Action, Entry, Mode, connect, counting, log};
use std::fmt::Write;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  saksi log\n  saksi log --format json > decisions.jsonl\n\nEach entry holds the hash of the one before it. Who keeps the last hash elsewhere can tell with `saksi verify --anchor`\nthat nobody wrote the log anew."
)]
pub(crate) struct LogArgs {
    #[command(flatten)]
    pub(crate) db: DbArgs,
    /// How to write it
    #[arg(long, short, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a person: one decision a line
    Text,
    /// One JSON object a line
    Json,
}

pub(crate) fn run(args: &LogArgs) -> Result<(), CliError> {
    let db = connect(&args.db.db, Mode::Read, args.db.wait()).map_err(args.db.error())?;
    let entries = log(&db).map_err(args.db.error())?;
    let mut out = String::new();
    for (entry, counts) in entries.iter().zip(counting(&entries)) {
        match args.format {
            Format::Text => {
                let undone = if counts { "" } else { "  (undone)" };
                let _ = writeln!(out, "{:4}  {}  {}  {}{undone}", entry.seq, entry.at, entry.who, text(entry));
            }
            Format::Json => {
                let _ = writeln!(out, "{}", serde_json::to_string(entry).unwrap_or_default());
            }
        }
    }
    input::write_out(&out)
}

/// A decision in words.
pub(super) fn text(entry: &Entry) -> String {
    match &entry.action {
        Action::Accept { reports } => format!("accept {}", reports.join(" ")),
        Action::Reject { reports } => format!("reject {}", reports.join(" ")),
        Action::Edit { report, field, old, new } => format!("edit {report}: {field} from {old} to {new}"),
        Action::Merge { one, other } => format!("merge {one} and {other}"),
        Action::Split { report, from } => format!("split {report} from {}", from.join(" ")),
        Action::Undo { seq } => format!("undo {seq}"),
    }
}
