//! `saksi add`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &AddArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`add` is not there yet".into(), help: "see the changelog" })
}
