//! `saksi review`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct ReviewArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &ReviewArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`review` is not there yet".into(), help: "see the changelog" })
}
