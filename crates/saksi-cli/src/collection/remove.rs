//! `saksi remove`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct RemoveArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &RemoveArgs, _packs: &saksi::Packs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`remove` is not there yet".into(), help: "see the changelog" })
}
