//! Fetching pages into a folder, by themselves or to be read.

use crate::args::{FetchArgs, MannerArgs};
use crate::error::CliError;
use crate::input;
use crate::stop;
use saksi_fetch::{Client, FetchError, Fetched, Fetcher, Guard, Limits, Manner, Pages, Store, StoreError};
use saksi_input::{About, Document, Found, Held, Options, Place, Progress, Reason, Skipped, Source};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The name that robots.txt may know the program by.
const NAME: &str = "saksi";
/// The usual seconds between two requests to one host.
const DELAY: u64 = 1;
/// The usual number of hosts that are asked at the same time.
const HOSTS: usize = 8;
/// The most bytes of a list of addresses.
const LIST: u64 = 256 << 20;

pub(crate) fn run(args: &FetchArgs) -> Result<(), CliError> {
    let mut addresses = args.addresses.clone();
    for list in &args.lists {
        read_list(list, &mut addresses)?;
    }
    let stop = stop::listen();
    let mut store = Store::open(&args.output).map_err(|error| unkept(&error))?;
    let fetcher = fetcher(&args.manner, &mut store, &stop)?;

    let mut counts = Counts { told: true, ..Counts::default() };
    for feed in &args.feeds {
        let fetched = fetcher.one(feed).map_err(|error| unkept(&error))?;
        counts.add(feed, &fetched);
        if let Fetched::Kept(body) = fetched {
            let (entries, broken) = saksi_input::entries(&body);
            if let Some(reason) = broken {
                counts.failed += 1;
                *counts.kinds.entry("unreadable feed").or_default() += 1;
                crate::report(&CliError::input(Path::new(feed), &reason, reason.help()));
            }
            addresses.extend(entries.into_iter().filter_map(|entry| entry.url));
        }
    }
    fetcher.all(addresses, |address, fetched| counts.add(address, fetched)).map_err(|error| unkept(&error))?;
    counts.tell();
    match (stop.load(Ordering::Relaxed), counts.failed) {
        (true, _) => Err(CliError::Stopped { kept: counts.kept }),
        (false, 0) => Ok(()),
        (false, failed) => Err(CliError::Inputs { failed, of: counts.kept + counts.unchanged + failed }),
    }
}

fn fetcher<'s>(args: &MannerArgs, store: &'s mut Store, stop: &Arc<AtomicBool>) -> Result<Fetcher<'s>, CliError> {
    let usual = concat!("saksi/", env!("CARGO_PKG_VERSION"), " (+", env!("CARGO_PKG_REPOSITORY"), ")");
    let agent = args.agent.as_deref().unwrap_or(usual);
    let client = Client::new(Guard::default(), Limits::default(), agent)
        .map_err(|error| CliError::Usage { reason: error.to_string(), help: "the system's certificates are needed" })?;
    let manner = Manner {
        name: NAME.to_owned(),
        delay: Duration::from_secs(args.delay.unwrap_or(DELAY)),
        hosts: args.hosts.map_or(HOSTS, |hosts| hosts as usize),
    };
    Ok(Fetcher::new(client, manner, store, Arc::clone(stop)))
}

/// Fetches the addresses among sources into a folder, and says where their pages come from when the sources are read.
///
/// With `resume` what the folder holds is not asked for again; once the reading has begun, nothing is.
pub(crate) fn for_reading(
    folder: &Path,
    args: &MannerArgs,
    sources: &mut [Source],
    options: &mut Options,
    (resume, begun): (bool, bool),
) -> Result<(), CliError> {
    for source in sources.iter_mut().filter(|source| **source == Source::Stdin) {
        let failed = |reason: Reason| CliError::input(Path::new("-"), &reason, "save it as a file, and give that");
        *source = Source::Held(Held::stdin(LIST).map_err(failed)?);
    }
    let open = || Pages::open(folder, options.limits).map_err(|error| unkept(&error));
    if !begun {
        let named = Arc::new(Named::default());
        let listing = Options { pages: Some(Arc::<Named>::clone(&named)), ..options.clone() };
        saksi_input::documents(sources.to_vec(), listing, Arc::new(Progress::default())).for_each(drop);
        let mut addresses = named.taken();
        if resume {
            let held = open()?;
            addresses.retain(|address| !held.holds(address));
        }
        if !addresses.is_empty() {
            let stop = stop::listen();
            let mut store = Store::open(folder).map_err(|error| unkept(&error))?;
            let fetcher = fetcher(args, &mut store, &stop)?;
            // Each that failed is told of when its turn comes to be read.
            let mut counts = Counts::default();
            fetcher.all(addresses, |address, fetched| counts.add(address, fetched)).map_err(|error| unkept(&error))?;
            if stop.load(Ordering::Relaxed) {
                return Err(CliError::Stopped { kept: counts.kept });
            }
            counts.tell();
        }
    }
    options.pages = Some(Arc::new(open()?));
    Ok(())
}

/// Writes down the addresses that are met, and gives no page.
#[derive(Debug, Default)]
struct Named(Mutex<Vec<String>>);

impl Named {
    fn add(&self, urls: impl IntoIterator<Item = String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(urls);
    }

    /// All so far.
    fn taken(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl saksi_input::Pages for Named {
    fn page(&self, url: &str, place: Place) -> Found {
        self.add([url.to_owned()]);
        Found::Skipped(Skipped { place, what: "an address".into() })
    }
}

/// Adds the addresses of a list: one a line, or what a column of a table holds.
fn read_list(list: &Path, addresses: &mut Vec<String>) -> Result<(), CliError> {
    let failed = |reason: &Reason| CliError::input(list, reason, "check the path; `-` reads standard input");
    let source = if input::is_stdin(list) {
        Source::Held(Held::stdin(LIST).map_err(|reason| failed(&reason))?)
    } else {
        Source::Path(list.to_owned())
    };
    let named = Arc::new(Named::default());
    let options = Options { pages: Some(Arc::<Named>::clone(&named)), ..Options::default() };
    for found in saksi_input::documents(vec![source], options, Arc::new(Progress::default())) {
        match found {
            // A row may hold the text of its page too.
            Found::Document(Document { about: About { url: Some(url), .. }, .. }) => named.add([url]),
            // A line that is no address makes a text of a list; it is told of when its turn comes.
            Found::Document(document) => named.add(lines(&document.bytes)),
            Found::Failed(failure) if matches!(failure.reason, Reason::NoText { .. }) => {}
            Found::Failed(failure) => return Err(failed(&failure.reason)),
            Found::Skipped(_) => {}
        }
    }
    let found = named.taken();
    if found.is_empty() {
        let help = "write one address a line, or name the column `url`";
        return Err(CliError::input(list, "holds no addresses", help));
    }
    addresses.extend(found);
    Ok(())
}

/// The lines of a text of which one at least is an address.
fn lines(text: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(text);
    let lines = text.lines().map(|line| line.trim_start_matches('\u{feff}').trim());
    let lines: Vec<String> =
        lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect();
    let is_list = lines.iter().any(|line| line.starts_with("https://") || line.starts_with("http://"));
    if is_list { lines } else { Vec::new() }
}

/// What became of the addresses.
#[derive(Default)]
struct Counts {
    kept: u64,
    unchanged: u64,
    failed: u64,
    kinds: BTreeMap<&'static str, u64>,
    /// Whether each that fails is told of.
    told: bool,
}

impl Counts {
    fn add(&mut self, address: &str, fetched: &Fetched) {
        match fetched {
            Fetched::Kept(_) => self.kept += 1,
            Fetched::Unchanged => self.unchanged += 1,
            Fetched::Failed(error) => {
                self.failed += 1;
                *self.kinds.entry(error.kind()).or_default() += 1;
                if self.told {
                    crate::report(&CliError::input(Path::new(address), error, help(error)));
                }
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
