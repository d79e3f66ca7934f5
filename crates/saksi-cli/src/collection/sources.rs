//! `saksi sources`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct SourcesArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &SourcesArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`sources` is not there yet".into(), help: "see the changelog" })
}
