//! The commands over a collection.

pub(crate) mod add;
pub(crate) mod compare;
pub(crate) mod events;
pub(crate) mod export;
pub(crate) mod filter;
pub(crate) mod list;
pub(crate) mod log;
pub(crate) mod remove;
pub(crate) mod review;
pub(crate) mod say;
pub(crate) mod score;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod sources;
pub(crate) mod sql;
pub(crate) mod table;
pub(crate) mod timeline;
pub(crate) mod undo;
pub(crate) mod update;
pub(crate) mod verify;
pub(crate) mod who;

use clap::Args;
use std::path::PathBuf;

/// Which collection.
#[derive(Debug, Args)]
pub(crate) struct DbArgs {
    /// The collection: one `SQLite` file
    #[arg(long, value_name = "FILE", env = "SAKSI_DB", default_value = "saksi.db")]
    pub(crate) db: PathBuf,
}
