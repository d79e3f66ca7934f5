//! `saksi log`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct LogArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &LogArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`log` is not there yet".into(), help: "see the changelog" })
}
