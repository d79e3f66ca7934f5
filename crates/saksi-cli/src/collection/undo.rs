//! `saksi undo`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct UndoArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &UndoArgs, _packs: &saksi::Packs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`undo` is not there yet".into(), help: "see the changelog" })
}
