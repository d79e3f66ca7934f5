//! `saksi sql`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct SqlArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(_args: &SqlArgs) -> Result<(), CliError> {
    Err(CliError::Usage { reason: "`sql` is not there yet".into(), help: "see the changelog" })
}
