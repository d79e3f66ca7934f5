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

use crate::error::CliError;
use clap::Args;
use saksi::Packs;
use saksi_merge::Gazetteer;
use saksi_store::{Mode, Store, StoreError, lacking};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Which collection.
#[derive(Debug, Args)]
pub(crate) struct DbArgs {
    /// The collection: one `SQLite` file
    #[arg(long, value_name = "FILE", env = "SAKSI_DB", default_value = "saksi.db")]
    pub(crate) db: PathBuf,
    /// How long to wait for another program that is writing to it
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = clap::value_parser!(u64).range(0..=3600))]
    pub(crate) wait: u64,
}

impl DbArgs {
    /// Makes an error of the collection one of the command.
    pub(crate) fn error(&self) -> impl Fn(StoreError) -> CliError {
        let db = self.db.clone();
        move |reason| CliError::Store { db: db.clone(), reason }
    }

    /// How long another program's lock is waited for.
    pub(crate) fn wait(&self) -> Duration {
        Duration::from_secs(self.wait)
    }

    /// Opens the collection for writing, and makes the indexes that it lacks.
    pub(crate) fn store(&self, mode: Mode, gazetteer: Arc<Gazetteer>) -> Result<Store, CliError> {
        let mut store = Store::open(&self.db, mode, self.wait(), gazetteer).map_err(self.error())?;
        let lacking = lacking(store.connection()).map_err(self.error())?.len();
        if lacking > 0 {
            let why = "an `add` was interrupted, or is under way";
            let _ =
                writeln!(std::io::stderr().lock(), "making {lacking} indexes that {} lacks: {why}", self.db.display());
            store.complete().map_err(self.error())?;
        }
        Ok(store)
    }
}

/// The names that the packs know.
pub(crate) fn gazetteer(packs: &Packs) -> Result<Arc<Gazetteer>, CliError> {
    let broken = |error: saksi_lang::PackError| CliError::Pack { reason: error.to_string() };
    let world = packs.pack("world").map_err(broken)?;
    let languages = packs.codes().map(|code| packs.pack(code)).collect::<Result<Vec<_>, _>>().map_err(broken)?;
    Gazetteer::compile(&world, &languages).map(Arc::new).map_err(broken)
}

/// What made a record: the program's version, and the packs if they are not its own.
pub(crate) fn program(folder: Option<&Path>) -> String {
    let version = concat!("saksi ", env!("CARGO_PKG_VERSION"));
    folder.map_or_else(|| version.to_owned(), |folder| format!("{version}, packs of {}", folder.display()))
}

/// The time, ISO 8601 in UTC, to the second.
pub(crate) fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}

/// Who decides: the name given, else that of the user.
pub(crate) fn who(given: Option<&str>) -> String {
    let user = || std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok().filter(|name| !name.is_empty());
    given.map(str::to_owned).or_else(user).unwrap_or_else(|| "somebody".to_owned())
}
