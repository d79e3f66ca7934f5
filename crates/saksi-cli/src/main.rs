//! The command line: the only part of saksi that reads files, prints, and sets exit codes.

mod analyze;
mod args;
mod batch;
mod clean;
mod collection;
mod error;
mod explain;
#[cfg(feature = "fetch")]
mod fetch;
mod input;
mod progress;
mod read;
mod render;
mod stop;

use args::{Cli, Command};
use clap::{CommandFactory, Parser};
use error::CliError;
use saksi::Packs;
use std::io::Write;
use std::process::ExitCode;

/// Articles are read on some threads and their memory is given back on others, at which the system's own allocator is slow.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
        Command::Add(args) => collection::add::run(args, cli.packs.as_deref(), &packs),
        Command::Update(args) => collection::update::run(args, cli.packs.as_deref(), &packs),
        Command::List(args) => collection::list::run(args).map_err(one),
        Command::Show(args) => collection::show::run(args).map_err(one),
        Command::Remove(args) => collection::remove::run(args, &packs).map_err(one),
        Command::Events(args) => collection::events::run(args, &packs).map_err(one),
        Command::Timeline(args) => collection::timeline::run(args, &packs).map_err(one),
        Command::Who(args) => collection::who::run(args, &packs).map_err(one),
        Command::Compare(args) => collection::compare::run(args).map_err(one),
        Command::Search(args) => collection::search::run(args).map_err(one),
        Command::Sources(args) => collection::sources::run(args, &packs).map_err(one),
        Command::Sql(args) => collection::sql::run(args).map_err(one),
        Command::Review(args) => collection::review::run(args, &packs),
        Command::Log(args) => collection::log::run(args).map_err(one),
        Command::Undo(args) => collection::undo::run(args, &packs).map_err(one),
        Command::Verify(args) => collection::verify::run(args),
        Command::Export(args) => collection::export::run(args, &packs).map_err(one),
        Command::Score(args) => collection::score::run(args, &packs),
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
