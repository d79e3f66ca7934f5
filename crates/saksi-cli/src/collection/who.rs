//! `saksi who`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct WhoArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &WhoArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`who` is not there yet".into(), help: "see the changelog" })
}
