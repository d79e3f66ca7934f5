//! `saksi update`

use crate::error::CliError;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct UpdateArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
}

pub(crate) fn run(
    _args: &UpdateArgs,
    _folder: Option<&std::path::Path>,
    _packs: &saksi::Packs,
) -> Result<(), Vec<CliError>> {
    Err(vec![CliError::Usage { reason: "`update` is not there yet".into(), help: "see the changelog" }])
}
