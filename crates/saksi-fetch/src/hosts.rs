//! Which host is asked next, and what is known of each.

use crate::robots::Robots;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};
use url::{Position, Url};

/// Scheme, host and port.
pub(crate) fn origin(url: &Url) -> String {
    url[..Position::BeforePath].to_owned()
}

/// What is known of a host.
#[derive(Debug, Default)]
pub(crate) struct Host {
    /// Held while it is asked: one thing at a time.
    pub(crate) turn: Mutex<Turn>,
    /// What its robots.txt allows, or why that cannot be read; held while it is read.
    pub(crate) robots: Mutex<Option<Result<Robots, String>>>,
}

/// When a host may be asked.
#[derive(Debug, Default)]
pub(crate) struct Turn {
    /// Not before.
    pub(crate) ready: Option<Instant>,
    /// The pause that its robots.txt asks for.
    pub(crate) asked: Duration,
}

/// All hosts that were met.
#[derive(Debug, Default)]
pub(crate) struct Hosts(Mutex<HashMap<String, Arc<Host>>>);

impl Hosts {
    pub(crate) fn of(&self, origin: &str) -> Arc<Host> {
        Arc::clone(lock(&self.0).entry(origin.to_owned()).or_default())
    }

    /// When a host may be asked, `now` at the soonest; none while it is.
    fn ready(&self, origin: &str, now: Instant) -> Option<Instant> {
        let ready = match self.of(origin).turn.try_lock() {
            Ok(turn) => turn.ready,
            Err(TryLockError::Poisoned(turn)) => turn.into_inner().ready,
            Err(TryLockError::WouldBlock) => return None,
        };
        Some(ready.unwrap_or(now).max(now))
    }
}

pub(crate) fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The addresses that wait, by their hosts.
#[derive(Debug)]
pub(crate) struct Queue {
    hosts: Vec<(String, VecDeque<String>)>,
    /// Hosts for whose addresses somebody works.
    busy: HashSet<String>,
}

/// What there is to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// An address of a host, which is busy from now on.
    Take(String, String),
    /// Nothing for so long, or until a host is free again.
    Wait(Option<Duration>),
    /// Nothing more.
    Nothing,
}

impl Queue {
    /// Addresses, each once, in their order.
    pub(crate) fn of(addresses: impl IntoIterator<Item = String>) -> Self {
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
        Self { hosts, busy: HashSet::new() }
    }

    pub(crate) fn hosts(&self) -> usize {
        self.hosts.len()
    }

    /// The next address: of the host that has rested the longest, and of those that take turns the first.
    pub(crate) fn next(&mut self, known: &Hosts) -> Next {
        self.hosts.retain(|(_, waiting)| !waiting.is_empty());
        if self.hosts.is_empty() {
            return Next::Nothing;
        }
        let now = Instant::now();
        let free = (0..self.hosts.len()).filter(|&at| !self.busy.contains(&self.hosts[at].0));
        let ready = free.filter_map(|at| Some((at, known.ready(&self.hosts[at].0, now)?)));
        let Some((at, when)) = ready.min_by_key(|(_, when)| *when) else { return Next::Wait(None) };
        if when > now {
            return Next::Wait(Some(when - now));
        }
        // The host goes to the end, so that those that are ready take turns.
        let (host, mut waiting) = self.hosts.remove(at);
        let address = waiting.pop_front().unwrap_or_default();
        self.busy.insert(host.clone());
        self.hosts.push((host.clone(), waiting));
        Next::Take(host, address)
    }

    /// A host may be asked again.
    pub(crate) fn free(&mut self, host: &str) {
        self.busy.remove(host);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_take_turns_and_none_is_given_out_twice_at_a_time() {
        let addresses = ["http://a/1", "http://a/2", "http://b/1", "http://a/1", "http://b/2"].map(str::to_owned);
        let (mut queue, known) = (Queue::of(addresses), Hosts::default());
        let take = |host: &str, address: &str| Next::Take(host.into(), address.into());
        assert_eq!(queue.next(&known), take("http://a", "http://a/1"));
        assert_eq!(queue.next(&known), take("http://b", "http://b/1"));
        assert_eq!(queue.next(&known), Next::Wait(None));
        queue.free("http://b");
        lock(&known.of("http://b").turn).ready = Some(Instant::now() + Duration::from_secs(60));
        assert!(matches!(queue.next(&known), Next::Wait(Some(_))));
        queue.free("http://a");
        assert_eq!(queue.next(&known), take("http://a", "http://a/2"));
        lock(&known.of("http://b").turn).ready = None;
        assert_eq!(queue.next(&known), take("http://b", "http://b/2"));
        assert_eq!(queue.next(&known), Next::Nothing);
    }
}
