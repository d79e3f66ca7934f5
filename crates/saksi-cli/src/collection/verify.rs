//! `saksi verify`

use super::DbArgs;
use crate::error::CliError;
use crate::input;
use clap::Args;
use saksi_store::{Mode, StoreError, anchor, connect, log, verify};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  saksi verify\n  saksi verify --anchor 12:9c1e…\n\nEach fault is one line; the exit code is 1 if there is one."
)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) db: DbArgs,
    /// The number and hash of an entry of the log that were kept elsewhere; the log must still hold it
    #[arg(long, value_name = "NUMBER:HASH")]
    pub(crate) anchor: Option<String>,
}

pub(crate) fn run(args: &VerifyArgs) -> Result<(), Vec<CliError>> {
    let failed = |error: StoreError| vec![args.db.error()(error)];
    let db = connect(&args.db.db, Mode::Read, args.db.wait()).map_err(failed)?;
    let mut faults = verify(&db).map_err(failed)?;
    if let Some(kept) = &args.anchor {
        let entries = log(&db).unwrap_or_default();
        let (seq, hash) = kept.split_once(':').unwrap_or((kept, ""));
        if !entries.iter().any(|entry| entry.seq.to_string() == seq && entry.hash == hash) {
            faults.push(format!("log: it has no entry {seq} with the hash {hash}"));
        }
    }
    if faults.is_empty() {
        let (entries, hash) = anchor(&db).map_err(failed)?;
        let end = if entries > 0 { format!("the log ends with {entries}:{hash}\n") } else { String::new() };
        let said = format!("whole\n{end}");
        return input::write_out(&said).map_err(|error| vec![error]);
    }
    input::write_out(&format!("{}\n", faults.join("\n"))).map_err(|error| vec![error])?;
    let count = faults.len();
    Err(failed(StoreError::Damaged(if count == 1 { "1 fault".to_owned() } else { format!("{count} faults") })))
}
