//! Fetches addresses one after the other: politely, and each at most once.

use crate::client::{Client, Exchange, FetchError};
use crate::robots::Robots;
use crate::store::{Line, Store, StoreError};
use std::collections::{HashMap, HashSet, VecDeque};
use std::time::{Duration, Instant};
use url::{Position, Url};

/// The longest pause that a host may ask for between requests.
const LONGEST: Duration = Duration::from_secs(60);
/// A pause where a host says that it is asked too much, and not how long to wait.
const TOO_MUCH: Duration = Duration::from_secs(10);

/// How hosts are treated.
#[derive(Debug, Clone, PartialEq)]
pub struct Manner {
    /// The name that robots.txt may know it by.
    pub name: String,
    /// The least pause between two requests to a host.
    pub delay: Duration,
}

/// What became of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// It was kept. Its body, for a feed.
    Kept(Vec<u8>),
    /// It has not changed since it was kept.
    Unchanged,
    /// It gave nothing.
    Failed(FetchError),
}

/// Fetches into a store.
#[derive(Debug)]
pub struct Fetcher<'s> {
    client: Client,
    manner: Manner,
    store: &'s mut Store,
    robots: HashMap<String, Result<Robots, String>>,
    ready: HashMap<String, Instant>,
}

impl<'s> Fetcher<'s> {
    /// A fetcher that keeps what it gets in `store`.
    pub fn new(client: Client, manner: Manner, store: &'s mut Store) -> Self {
        Self { client, manner, store, robots: HashMap::new(), ready: HashMap::new() }
    }

    /// Fetches addresses, each once. While one host rests, another is asked. `told` hears what became of each, and
    /// returns whether to go on.
    ///
    /// # Errors
    /// [`StoreError`] if nothing can be kept any more.
    pub fn all(
        &mut self,
        addresses: impl IntoIterator<Item = String>,
        mut told: impl FnMut(&str, &Fetched) -> bool,
    ) -> Result<(), StoreError> {
        let mut seen = HashSet::new();
        let mut hosts: Vec<(String, VecDeque<String>)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for address in addresses.into_iter().filter(|address| seen.insert(address.clone())) {
            let host = Url::parse(&address).map(|url| origin(&url)).unwrap_or_default();
            let place = *places.entry(host.clone()).or_insert_with(|| {
                hosts.push((host, VecDeque::new()));
                hosts.len() - 1
            });
            hosts[place].1.push_back(address);
        }
        loop {
            hosts.retain(|(_, waiting)| !waiting.is_empty());
            let now = Instant::now();
            let ready = |host: &str| self.ready.get(host).copied().unwrap_or(now);
            let Some(next) = (0..hosts.len()).min_by_key(|&at| ready(&hosts[at].0).max(now)) else { return Ok(()) };
            let Some(address) = hosts[next].1.pop_front() else { continue };
            // The host goes to the end, so that those that are ready take turns.
            let host = hosts.remove(next);
            hosts.push(host);
            let fetched = self.one(&address)?;
            if !told(&address, &fetched) {
                return Ok(());
            }
        }
    }

    /// Fetches one address and what it leads to.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be kept.
    pub fn one(&mut self, address: &str) -> Result<Fetched, StoreError> {
        let (fetched, mut line) = match self.follow(address)? {
            Ok(exchange) => settle(&exchange, self.client.limits()),
            Err(error) => (Fetched::Failed(error), Line::default()),
        };
        address.clone_into(&mut line.url);
        line.when = jiff::Timestamp::now().to_string();
        match &fetched {
            Fetched::Kept(_) => "kept".clone_into(&mut line.outcome),
            Fetched::Unchanged => "unchanged".clone_into(&mut line.outcome),
            Fetched::Failed(error) => line.outcome = error.to_string(),
        }
        self.store.note(line)?;
        Ok(fetched)
    }

    /// Follows an address to a response that leads no further; each on the way is kept.
    fn follow(&mut self, address: &str) -> Result<Result<Exchange, FetchError>, StoreError> {
        let mut url = match Url::parse(address) {
            Ok(url) => url,
            Err(error) => return Ok(Err(FetchError::Url(error.to_string()))),
        };
        for _ in 0..=self.client.limits().redirects {
            if let Err(error) = self.allowed(&url) {
                return Ok(Err(error));
            }
            let known = self.store.known(address).cloned().filter(|line| line.led_to == url.as_str());
            let exchange = match self.ask(&url, known.as_ref(), true) {
                Ok(exchange) => exchange,
                Err(error) => return Ok(Err(error)),
            };
            // A bomb is not kept: whoever reads the archive would have to unpack it.
            if let Err(error) =
                saksi_input::payload(&exchange.response, self.client.limits().body, self.client.limits().ratio)
            {
                return Ok(Err(FetchError::Response(error.to_string())));
            }
            self.store.keep(&exchange)?;
            match next(&exchange) {
                Some(Ok(to)) => url = to,
                Some(Err(error)) => return Ok(Err(error)),
                None => return Ok(Ok(exchange)),
            }
        }
        Ok(Err(FetchError::Redirects))
    }

    /// Asks one thing of a host once it has rested; again if it says that it was asked too much.
    fn ask(&mut self, url: &Url, known: Option<&Line>, again: bool) -> Result<Exchange, FetchError> {
        let mut more = Vec::new();
        if let Some(etag) = known.and_then(|line| line.etag.as_deref()) {
            more.push(("If-None-Match", etag));
        }
        if let Some(date) = known.and_then(|line| line.last_modified.as_deref()) {
            more.push(("If-Modified-Since", date));
        }
        let host = origin(url);
        if let Some(ready) = self.ready.get(&host) {
            std::thread::sleep(ready.saturating_duration_since(Instant::now()));
        }
        let exchange = self.client.get(url, &more);
        let asked = match self.robots.get(&host) {
            Some(Ok(robots)) => robots
                .delay
                .map_or(Duration::ZERO, |seconds| Duration::from_secs_f64(seconds.min(LONGEST.as_secs_f64()))),
            _ => Duration::ZERO,
        };
        self.ready.insert(host.clone(), Instant::now() + self.manner.delay.max(asked));
        let exchange = exchange?;
        if again && matches!(exchange.status, 429 | 503) {
            let wait = exchange.header("retry-after").and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
            let wait = wait.unwrap_or(TOO_MUCH);
            if wait <= LONGEST {
                self.ready.insert(host, Instant::now() + wait.max(self.manner.delay));
                return self.ask(url, known, false);
            }
        }
        Ok(exchange)
    }

    /// Whether the host's robots.txt allows an address; it is fetched first if it is not known.
    fn allowed(&mut self, url: &Url) -> Result<(), FetchError> {
        let host = origin(url);
        if !self.robots.contains_key(&host) {
            let read = self.read_robots(url);
            if let Err(FetchError::Refused(refused)) = read {
                return Err(FetchError::Refused(refused));
            }
            self.robots.insert(host.clone(), read.map_err(|error| error.to_string()));
        }
        match self.robots.get(&host) {
            Some(Ok(robots)) if robots.allows(&url[Position::BeforePath..Position::AfterQuery]) => Ok(()),
            Some(Err(why)) => Err(FetchError::NoRobots(why.clone())),
            _ => Err(FetchError::Robots),
        }
    }

    /// RFC 9309, 2.3.1: what there is none of allows all, what cannot be reached allows nothing.
    fn read_robots(&mut self, url: &Url) -> Result<Robots, FetchError> {
        let mut url = url.join("/robots.txt").map_err(|error| FetchError::Url(error.to_string()))?;
        for _ in 0..=self.client.limits().redirects {
            let exchange = self.ask(&url, None, true)?;
            match next(&exchange) {
                Some(Ok(to)) => url = to,
                Some(Err(_)) => return Ok(Robots::default()),
                None if exchange.status >= 500 => return Err(FetchError::Status(exchange.status)),
                None if exchange.status >= 400 => return Ok(Robots::default()),
                None => {
                    let limits = self.client.limits();
                    let body = saksi_input::payload(&exchange.response, limits.body, limits.ratio)
                        .map_err(|error| FetchError::Response(error.to_string()))?
                        .body;
                    return Ok(Robots::parse(&body, &self.manner.name));
                }
            }
        }
        Ok(Robots::default())
    }
}

/// Scheme, host and port.
fn origin(url: &Url) -> String {
    url[..Position::BeforePath].to_owned()
}

/// Where a response leads, if it does.
fn next(exchange: &Exchange) -> Option<Result<Url, FetchError>> {
    if !matches!(exchange.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let to = exchange.header("location")?;
    Some(exchange.url.join(to).map_err(|_| FetchError::Location(to.chars().take(200).collect())))
}

fn settle(exchange: &Exchange, limits: crate::client::Limits) -> (Fetched, Line) {
    let line = Line {
        led_to: exchange.url.to_string(),
        status: Some(exchange.status),
        etag: exchange.header("etag").map(str::to_owned),
        last_modified: exchange.header("last-modified").map(str::to_owned),
        ..Line::default()
    };
    let fetched = match exchange.status {
        304 => Fetched::Unchanged,
        200 => match saksi_input::payload(&exchange.response, limits.body, limits.ratio) {
            Ok(response) => Fetched::Kept(response.body),
            Err(error) => Fetched::Failed(FetchError::Response(error.to_string())),
        },
        status => {
            return (Fetched::Failed(FetchError::Status(status)), Line { etag: None, last_modified: None, ..line });
        }
    };
    (fetched, line)
}
