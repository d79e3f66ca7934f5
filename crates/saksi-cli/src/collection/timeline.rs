//! `saksi timeline`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct TimelineArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &TimelineArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`timeline` is not there yet".into(), help: "see the changelog" })
}
