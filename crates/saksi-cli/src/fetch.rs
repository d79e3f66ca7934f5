//! Fetching pages into a folder.

use crate::args::FetchArgs;
use crate::error::CliError;
use crate::input;
use saksi_fetch::{Client, FetchError, Fetched, Fetcher, Guard, Limits, Manner, Store, StoreError};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The name that robots.txt may know the program by.
const NAME: &str = "saksi";
/// The most bytes of a list of addresses.
const LIST: u64 = 256 << 20;

pub(crate) fn run(args: &FetchArgs) -> Result<(), CliError> {
    let mut addresses = args.addresses.clone();
    for list in &args.lists {
        read_list(list, &mut addresses)?;
    }
    let usual = concat!("saksi/", env!("CARGO_PKG_VERSION"), " (+", env!("CARGO_PKG_REPOSITORY"), ")");
    let agent = args.agent.as_deref().unwrap_or(usual);
    let client = Client::new(Guard::default(), Limits::default(), agent)
        .map_err(|error| CliError::Usage { reason: error.to_string(), help: "the system's certificates are needed" })?;
    let mut store = Store::open(&args.output).map_err(|error| unkept(&error))?;
    let manner = Manner { name: NAME.to_owned(), delay: Duration::from_secs(args.delay) };
    let mut fetcher = Fetcher::new(client, manner, &mut store);
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    // Where no handler can be set, an interrupt ends the program at once, which the folder stands as well.
    let _ = ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed));

    let mut counts = Counts::default();
    for feed in &args.feeds {
        let fetched = fetcher.one(feed).map_err(|error| unkept(&error))?;
        counts.add(feed, &fetched);
        if let Fetched::Kept(body) = fetched {
            let (entries, broken) = saksi_input::entries(&body);
            if let Some(reason) = broken {
                counts.failed += 1;
                *counts.kinds.entry(reason.kind()).or_default() += 1;
                crate::report(&CliError::input(Path::new(feed), &reason, reason.help()));
            }
            addresses.extend(entries.into_iter().filter_map(|entry| entry.url));
        }
    }
    fetcher
        .all(addresses, |address, fetched| {
            counts.add(address, fetched);
            !stop.load(Ordering::Relaxed)
        })
        .map_err(|error| unkept(&error))?;
    counts.tell();
    match (stop.load(Ordering::Relaxed), counts.failed) {
        (true, _) => Err(CliError::Stopped { kept: counts.kept }),
        (false, 0) => Ok(()),
        (false, failed) => Err(CliError::Inputs { failed, of: counts.kept + counts.unchanged + failed }),
    }
}

/// Adds the addresses of a list: one a line, lines that begin with `#` left out.
fn read_list(list: &Path, addresses: &mut Vec<String>) -> Result<(), CliError> {
    let failed = |error: &std::io::Error| CliError::input(list, error, "check the path; `-` reads standard input");
    let reader: Box<dyn Read> = if input::is_stdin(list) {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(list).map_err(|error| failed(&error))?)
    };
    for line in BufReader::new(reader.take(LIST)).lines() {
        let line = line.map_err(|error| failed(&error))?;
        let line = line.trim_start_matches('\u{feff}').trim();
        if !line.is_empty() && !line.starts_with('#') {
            addresses.push(line.to_owned());
        }
    }
    Ok(())
}

/// What became of the addresses.
#[derive(Default)]
struct Counts {
    kept: u64,
    unchanged: u64,
    failed: u64,
    kinds: BTreeMap<&'static str, u64>,
}

impl Counts {
    fn add(&mut self, address: &str, fetched: &Fetched) {
        match fetched {
            Fetched::Kept(_) => self.kept += 1,
            Fetched::Unchanged => self.unchanged += 1,
            Fetched::Failed(error) => {
                self.failed += 1;
                *self.kinds.entry(error.kind()).or_default() += 1;
                crate::report(&CliError::input(Path::new(address), error, help(error)));
            }
        }
    }

    fn tell(&self) {
        let mut line = format!("{} pages kept", self.kept);
        if self.unchanged > 0 {
            let _ = write!(line, ", {} unchanged", self.unchanged);
        }
        if self.failed > 0 {
            let kinds: Vec<String> = self.kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
            let _ = write!(line, "\n{} failed: {}", self.failed, kinds.join(", "));
        }
        let _ = writeln!(std::io::stderr().lock(), "{line}");
    }
}

fn help(error: &FetchError) -> &'static str {
    match error {
        FetchError::Url(_) => "write it as https://example.org/story",
        FetchError::Refused(_) => "only public pages are fetched",
        FetchError::Robots | FetchError::NoRobots(_) => "ask whoever runs the site",
        FetchError::TooLarge | FetchError::Response(_) => "look at it in a browser",
        _ => "try again later",
    }
}

fn unkept(error: &StoreError) -> CliError {
    CliError::Folder { reason: error.to_string(), help: "make room or mend it, then run the command again", code: 3 }
}
