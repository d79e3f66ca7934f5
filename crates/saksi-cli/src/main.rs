//! The command line: the only part of saksi that reads files, prints, and sets exit codes.

mod analyze;
mod args;
mod batch;
mod clean;
mod error;
mod explain;
#[cfg(feature = "fetch")]
mod fetch;
mod input;
mod progress;
mod read;
mod render;

use args::{Cli, Command};
use clap::{CommandFactory, Parser};
use error::CliError;
use saksi::Packs;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(errors) => {
            for error in &errors {
                report(error);
            }
            ExitCode::from(errors.first().map_or(0, CliError::code))
        }
    }
}

/// Writes an error to standard error; where even that is closed there is nobody to tell.
pub(crate) fn report(error: &CliError) {
    let _ = writeln!(std::io::stderr().lock(), "{error}");
}

fn run(cli: &Cli) -> Result<(), Vec<CliError>> {
    let packs = match &cli.packs {
        None => Packs::builtin(),
        Some(folder) => Packs::load(folder).map_err(|error| vec![CliError::Pack { reason: error.to_string() }])?,
    };
    let one = |error: CliError| vec![error];
    match &cli.command {
        Command::Read(args) => read::run(args, cli.packs.as_deref(), &packs),
        Command::Clean(args) => clean::run(args, &packs).map_err(one),
        #[cfg(feature = "fetch")]
        Command::Fetch(args) => fetch::run(args).map_err(one),
        Command::Explain(args) => explain::run(args, &packs).map_err(one),
        Command::Analyze(args) => analyze::run(args, &packs).map_err(one),
        Command::Schema => {
            let schema = serde_json::to_string_pretty(&saksi_record::json_schema()).unwrap_or_default();
            input::write_out(&format!("{schema}\n")).map_err(one)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "saksi", &mut script);
            input::write_out(&String::from_utf8_lossy(&script)).map_err(one)
        }
        Command::Man { folder } => {
            clap_mangen::generate_to(Cli::command(), folder).map(drop).map_err(|error| one(error.into()))
        }
    }
}
