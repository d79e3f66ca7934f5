//! `saksi verify`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &VerifyArgs) -> Result<(), Vec<CliError>> {
    Err(vec![CliError::Usage { reason: "`verify` is not there yet".into(), help: "see the changelog" }])
}
