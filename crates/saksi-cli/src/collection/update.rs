//! `saksi update`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct UpdateArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &UpdateArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`update` is not there yet".into(), help: "see the changelog" })
}
