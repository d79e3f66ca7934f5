//! Reports of a set brought together: each set by itself, so that all cores can take part.

use crate::merging::{Member, Row};
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_merge::{Event, Hand, Report, Sketch, Sketched, cluster_sketched, event};
use std::num::NonZero;
use std::thread;

/// Reports that are worth a thread of their own.
const WORTH: usize = 500;

/// Reports that may be of one event, directly or through others, and the events that they are of.
pub(crate) struct Set {
    pub(crate) number: i64,
    /// In the order of their keys.
    pub(crate) reports: Vec<(Box<Report>, Sketch)>,
    /// What else is known of them.
    pub(crate) rest: Vec<Rest>,
    pub(crate) clusters: Vec<Cluster>,
    /// Events by the number of reports that they had here.
    pub(crate) had: FxHashMap<i64, usize>,
}

/// What a member of a set is, besides its report.
pub(crate) struct Rest {
    pub(crate) id: i64,
    pub(crate) stored: Option<(i64, Option<i64>)>,
    pub(crate) ready: Option<Row>,
    pub(crate) place: (i64, usize),
}

/// The reports of one event, as places in the set.
pub(crate) struct Cluster {
    pub(crate) places: Vec<usize>,
    pub(crate) now: Now,
}

/// What an event is now.
pub(crate) enum Now {
    /// What it was, if no report has left it.
    Same(i64),
    /// Another.
    Other(Box<Told>),
}

/// An event as its row holds it.
pub(crate) struct Told {
    pub(crate) event: Event,
    pub(crate) json: String,
}

impl Told {
    pub(crate) fn of(places: &[usize], reports: &[(Box<Report>, Sketch)]) -> Self {
        let of: Vec<&Report> = places.iter().map(|&at| &*reports[at].0).collect();
        let event = event(&of);
        Self { json: serde_json::to_string(&event).unwrap_or_default(), event }
    }
}

/// The sets with their events, in their order.
pub(crate) fn together(mut sets: Vec<(i64, Vec<Member>)>, hands: &[Hand]) -> Vec<Set> {
    let whole: usize = sets.iter().map(|(_, members)| members.len()).sum();
    let cores = thread::available_parallelism().map_or(1, NonZero::get).min(1 + whole / WORTH);
    let all = |part: Vec<(i64, Vec<Member>)>| -> Vec<Set> {
        part.into_iter().map(|(number, members)| Set::of(number, members, hands)).collect()
    };
    // The parts are cut off at the end, so that each holds about as many reports.
    let mut parts = Vec::with_capacity(cores);
    for core in (1..cores).rev() {
        let mut before = 0;
        let cut = sets.iter().position(|(_, members)| {
            before += members.len();
            before * cores > whole * core
        });
        parts.push(sets.split_off(cut.unwrap_or(sets.len())));
    }
    thread::scope(|scope| {
        let others: Vec<_> = parts.into_iter().map(|part| scope.spawn(|| all(part))).collect();
        let mut brought = all(sets);
        for other in others.into_iter().rev() {
            match other.join() {
                Ok(part) => brought.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        brought
    })
}

impl Set {
    fn of(number: i64, mut members: Vec<Member>, hands: &[Hand]) -> Self {
        members.sort_by(|one, other| one.report.key.cmp(&other.report.key));
        let mut reports = Vec::with_capacity(members.len());
        let mut rest = Vec::with_capacity(members.len());
        for Member { id, report, sketch, stored, ready, place } in members {
            reports.push((report, sketch));
            rest.push(Rest { id, stored, ready, place });
        }
        let mut had: FxHashMap<i64, usize> = FxHashMap::default();
        for event in rest.iter().filter_map(Rest::event) {
            *had.entry(event).or_default() += 1;
        }
        let clusters = clusters(&reports, hands)
            .into_iter()
            .map(|places| {
                let stored = rest[places[0]].event();
                let same = places.iter().all(|&at| rest[at].ready.is_none() && rest[at].event() == stored);
                let now = match stored {
                    Some(id) if same && had[&id] == places.len() => Now::Same(id),
                    _ => Now::Other(Box::new(Told::of(&places, &reports))),
                };
                Cluster { places, now }
            })
            .collect();
        Self { number, reports, rest, clusters, had }
    }
}

impl Rest {
    /// The event that its row names.
    fn event(&self) -> Option<i64> {
        self.stored.and_then(|(_, event)| event)
    }
}

fn clusters(reports: &[(Box<Report>, Sketch)], hands: &[Hand]) -> Vec<Vec<usize>> {
    if reports.len() == 1 {
        return vec![vec![0]];
    }
    let keys: FxHashSet<&str> = reports.iter().map(|(report, _)| report.key.as_str()).collect();
    let within = |hand: &&Hand| match hand {
        Hand::Same(one, other) | Hand::Apart(one, other) => {
            keys.contains(one.as_str()) && keys.contains(other.as_str())
        }
    };
    let hands: Vec<Hand> = hands.iter().filter(within).cloned().collect();
    let sketched: Vec<Sketched<'_>> = reports.iter().map(|(report, sketch)| Sketched { report, sketch }).collect();
    cluster_sketched(&sketched, &hands)
}
