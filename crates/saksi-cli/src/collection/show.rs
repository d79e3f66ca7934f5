//! `saksi show`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &ShowArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`show` is not there yet".into(), help: "see the changelog" })
}
