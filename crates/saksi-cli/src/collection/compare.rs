//! `saksi compare`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &CompareArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`compare` is not there yet".into(), help: "see the changelog" })
}
