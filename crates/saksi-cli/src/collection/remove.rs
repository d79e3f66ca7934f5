//! `saksi remove`

use super::{DbArgs, gazetteer};
use crate::error::CliError;
use clap::Args;
use saksi::Packs;
use saksi_store::{Found, Mode, StoreError, find};
use std::io::Write;

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  saksi remove 3f2a91\n\nThe collection is then as if the article had never been added; what was decided about it stays in the log,\nand holds again if it is added again."
)]
pub(crate) struct RemoveArgs {
    /// Keys of articles, or the beginnings of keys that no other has
    #[arg(required = true, value_name = "KEY")]
    pub(crate) keys: Vec<String>,
    #[command(flatten)]
    pub(crate) db: DbArgs,
}

pub(crate) fn run(args: &RemoveArgs, packs: &Packs) -> Result<(), CliError> {
    let mut store = args.db.store(Mode::Write, gazetteer(packs)?)?;
    let mut keys: Vec<String> = Vec::new();
    for key in &args.keys {
        match find(store.connection(), key).map_err(args.db.error())? {
            Found::Article(article) if !keys.contains(&article) => keys.push(article),
            Found::Article(_) => {}
            Found::Event(_) | Found::Report(_) => return Err(args.db.error()(StoreError::Unknown(key.clone()))),
        }
    }
    store.remove(&keys).map_err(args.db.error())?;
    let _ = writeln!(std::io::stderr().lock(), "removed {}", keys.len());
    Ok(())
}
