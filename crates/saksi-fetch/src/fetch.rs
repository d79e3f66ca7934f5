//! Fetches addresses: politely, each at most once, and several hosts at the same time.

use crate::client::{Client, Exchange, FetchError};
use crate::hosts::{Host, Hosts, Next, Queue, lock, origin};
use crate::robots::Robots;
use crate::store::{Line, Store, StoreError};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};
use url::{Position, Url};

/// The longest pause that a host may ask for between requests.
const LONGEST: Duration = Duration::from_secs(60);
/// A pause where a host says that it is asked too much, and not how long to wait.
const TOO_MUCH: Duration = Duration::from_secs(10);
/// How long nobody looks whether the run was stopped.
const SLICE: Duration = Duration::from_millis(100);

/// How hosts are treated.
#[derive(Debug, Clone, PartialEq)]
pub struct Manner {
    /// The name that robots.txt may know it by.
    pub name: String,
    /// The least pause between two requests to a host.
    pub delay: Duration,
    /// How many hosts are asked at the same time.
    pub hosts: usize,
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
    store: Mutex<&'s mut Store>,
    hosts: Hosts,
    stop: Arc<AtomicBool>,
}

impl<'s> Fetcher<'s> {
    /// A fetcher that keeps what it gets in `store`, until `stop` is set.
    pub fn new(client: Client, manner: Manner, store: &'s mut Store, stop: Arc<AtomicBool>) -> Self {
        Self { client, manner, store: Mutex::new(store), hosts: Hosts::default(), stop }
    }

    /// Fetches addresses, each once, of several hosts at the same time; those of one host one after the other, in order.
    /// `told` hears what became of each, in the order in which they are kept.
    ///
    /// # Errors
    /// [`StoreError`] if nothing can be kept any more.
    pub fn all(
        &self,
        addresses: impl IntoIterator<Item = String>,
        mut told: impl FnMut(&str, &Fetched),
    ) -> Result<(), StoreError> {
        let queue = Queue::of(addresses);
        let threads = self.manner.hosts.clamp(1, queue.hosts().max(1));
        let (queue, freed) = (Mutex::new(queue), Condvar::new());
        let given_up = AtomicBool::new(false);
        let mut broken = Ok(());
        thread::scope(|scope| {
            // No more than one answer a thread is on its way.
            let (send, answers) = mpsc::sync_channel(0);
            for _ in 0..threads {
                let send = send.clone();
                let (queue, freed, given_up) = (&queue, &freed, &given_up);
                scope.spawn(move || {
                    while let Some((host, address)) = self.take(queue, freed, given_up) {
                        let fetched = self.one(&address);
                        lock(queue).free(&host);
                        freed.notify_all();
                        if send.send((address, fetched)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(send);
            for (address, fetched) in answers {
                match fetched {
                    Ok(Fetched::Failed(FetchError::Stopped)) => {}
                    Ok(fetched) => told(&address, &fetched),
                    Err(error) => {
                        given_up.store(true, Ordering::Relaxed);
                        broken = Err(error);
                    }
                }
            }
        });
        broken
    }

    /// The next address, once its host has rested; none when there is none or the run was stopped.
    fn take(&self, queue: &Mutex<Queue>, freed: &Condvar, given_up: &AtomicBool) -> Option<(String, String)> {
        let mut queue = lock(queue);
        loop {
            if self.stop.load(Ordering::Relaxed) || given_up.load(Ordering::Relaxed) {
                return None;
            }
            let wait = match queue.next(&self.hosts) {
                Next::Take(host, address) => return Some((host, address)),
                Next::Nothing => return None,
                Next::Wait(wait) => wait.map_or(SLICE, |wait| wait.min(SLICE)),
            };
            queue = freed.wait_timeout(queue, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Fetches one address and what it leads to.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be kept.
    pub fn one(&self, address: &str) -> Result<Fetched, StoreError> {
        let mut answers = Vec::new();
        let (fetched, mut line) = match self.follow(address, &mut answers) {
            Ok(()) => match answers.last() {
                Some(exchange) => settle(exchange, self.client.limits()),
                None => (Fetched::Failed(FetchError::Redirects), Line::default()),
            },
            // What was not asked for is no outcome.
            Err(FetchError::Stopped) => return Ok(Fetched::Failed(FetchError::Stopped)),
            Err(error) => (Fetched::Failed(error), Line::default()),
        };
        address.clone_into(&mut line.url);
        line.when = jiff::Timestamp::now().to_string();
        match &fetched {
            Fetched::Kept(_) => "kept".clone_into(&mut line.outcome),
            Fetched::Unchanged => "unchanged".clone_into(&mut line.outcome),
            Fetched::Failed(error) => {
                line.outcome = error.to_string();
                error.kind().clone_into(&mut line.kind);
            }
        }
        lock(&self.store).settle(&answers, line)?;
        Ok(fetched)
    }

    /// Follows an address to a response that leads no further; each on the way is an answer to keep.
    fn follow(&self, address: &str, answers: &mut Vec<Exchange>) -> Result<(), FetchError> {
        let mut url = Url::parse(address).map_err(|error| FetchError::Url(error.to_string()))?;
        let limits = self.client.limits();
        for _ in 0..=limits.redirects {
            self.allowed(&url)?;
            let known = lock(&self.store).known(address).cloned().filter(|line| line.led_to == url.as_str());
            let exchange = self.ask(&url, known.as_ref(), true)?;
            // A bomb is not kept: whoever reads the archive would have to unpack it.
            saksi_input::payload(&exchange.response, limits.body, limits.ratio)
                .map_err(|error| FetchError::Response(error.to_string()))?;
            // They are held until all are there, so together they may have no more bytes than one.
            let held: usize = answers.iter().map(|answer| answer.response.len()).sum();
            if held + exchange.response.len() > limits.bytes + (64 << 10) {
                return Err(FetchError::TooLarge);
            }
            let next = next(&exchange);
            answers.push(exchange);
            match next {
                Some(to) => url = to?,
                None => return Ok(()),
            }
        }
        Err(FetchError::Redirects)
    }

    /// Asks one thing of a host once it has rested; again if it says that it was asked too much.
    fn ask(&self, url: &Url, known: Option<&Line>, again: bool) -> Result<Exchange, FetchError> {
        let mut more = Vec::new();
        if let Some(etag) = known.and_then(|line| line.etag.as_deref()) {
            more.push(("If-None-Match", etag));
        }
        if let Some(modified) = known.and_then(|line| line.last_modified.as_deref()) {
            more.push(("If-Modified-Since", modified));
        }
        let host = self.hosts.of(&origin(url));
        let exchange = {
            let mut turn = lock(&host.turn);
            self.rest(turn.ready)?;
            let exchange = self.client.get(url, &more);
            turn.ready = Some(Instant::now() + self.manner.delay.max(turn.asked));
            exchange?
        };
        if again && matches!(exchange.status, 429 | 503) {
            let wait = exchange.header("retry-after").and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
            let wait = wait.unwrap_or(TOO_MUCH);
            if wait <= LONGEST {
                lock(&host.turn).ready = Some(Instant::now() + wait.max(self.manner.delay));
                return self.ask(url, known, false);
            }
        }
        Ok(exchange)
    }

    /// Waits until then, or until the run is stopped.
    fn rest(&self, until: Option<Instant>) -> Result<(), FetchError> {
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return Err(FetchError::Stopped);
            }
            let left = until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return Ok(());
            }
            thread::sleep(left.min(SLICE));
        }
    }

    /// Whether the host's robots.txt allows an address; it is fetched first if it is not known.
    fn allowed(&self, url: &Url) -> Result<(), FetchError> {
        let host = self.hosts.of(&origin(url));
        let mut robots = lock(&host.robots);
        if robots.is_none() {
            match self.read_robots(url) {
                Err(error @ (FetchError::Refused(_) | FetchError::Stopped)) => return Err(error),
                read => *robots = Some(self.obeyed(read, &host)),
            }
        }
        match robots.as_ref() {
            Some(Ok(robots)) if robots.allows(&url[Position::BeforePath..Position::AfterQuery]) => Ok(()),
            Some(Err(why)) => Err(FetchError::NoRobots(why.clone())),
            _ => Err(FetchError::Robots),
        }
    }

    /// Takes over the pause that a robots.txt asks for.
    fn obeyed(&self, read: Result<Robots, FetchError>, host: &Host) -> Result<Robots, String> {
        let robots = read.map_err(|error| error.to_string())?;
        if let Some(seconds) = robots.delay {
            let asked = Duration::from_secs_f64(seconds.min(LONGEST.as_secs_f64()));
            let mut turn = lock(&host.turn);
            turn.asked = asked;
            if let Some(ready) = turn.ready {
                turn.ready = Some(ready + asked.saturating_sub(self.manner.delay));
            }
        }
        Ok(robots)
    }

    /// RFC 9309, 2.3.1: what there is none of allows all, what cannot be reached allows nothing.
    fn read_robots(&self, url: &Url) -> Result<Robots, FetchError> {
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
