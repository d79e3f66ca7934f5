//! `saksi events`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct EventsArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &EventsArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`events` is not there yet".into(), help: "see the changelog" })
}
