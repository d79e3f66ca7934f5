//! `saksi score`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct ScoreArgs {}

pub(crate) fn run(_args: &ScoreArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`score` is not there yet".into(), help: "see the changelog" })
}
