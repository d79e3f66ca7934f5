//! `saksi list`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &ListArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`list` is not there yet".into(), help: "see the changelog" })
}
