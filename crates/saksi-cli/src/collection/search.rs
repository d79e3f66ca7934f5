//! `saksi search`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &SearchArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`search` is not there yet".into(), help: "see the changelog" })
}
