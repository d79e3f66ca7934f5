//! `saksi undo`

use super::{DbArgs, gazetteer, log, now, who};
use crate::error::CliError;
use clap::Args;
use saksi::Packs;
use saksi_store::{Action, Mode};
use std::io::Write;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  saksi undo\n  saksi undo 12\n\nThe decision stays in the log, and an entry that takes it back is added. Undoing an undo brings the decision back."
)]
pub(crate) struct UndoArgs {
    /// The number of the decision, as `saksi log` shows it [default: the last that counts]
    #[arg(value_name = "NUMBER")]
    pub(crate) seq: Option<i64>,
    #[command(flatten)]
    pub(crate) db: DbArgs,
    /// Who takes it back [default: the name of the user]
    #[arg(long, value_name = "NAME")]
    pub(crate) who: Option<String>,
}

pub(crate) fn run(args: &UndoArgs, packs: &Packs) -> Result<(), CliError> {
    let mut store = args.db.store(Mode::Write, gazetteer(packs)?)?;
    let entry = store.undo(&now(), &who(args.who.as_deref()), args.seq).map_err(args.db.error())?;
    let entries = saksi_store::log(store.connection()).map_err(args.db.error())?;
    let undone = match entry.action {
        Action::Undo { seq } => entries.iter().find(|entry| entry.seq == seq).map(log::text).unwrap_or_default(),
        _ => String::new(),
    };
    let _ = writeln!(std::io::stderr().lock(), "took back: {undone}");
    Ok(())
}
