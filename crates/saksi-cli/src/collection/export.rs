//! `saksi export`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &ExportArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`export` is not there yet".into(), help: "see the changelog" })
}
