//! Which states an article is about.

use crate::chunk::{Chunk, Hit, What};
use crate::gazetteer::Entry;
use crate::lexicon::Rules;
use rustc_hash::FxHashMap;
use saksi_record::SourceKind;

/// The state in which the language is at home, if the article names it.
pub(crate) fn home(rules: &Rules, chunks: &[Vec<Chunk>]) -> Option<u16> {
    let code = rules.settings.home.as_deref()?;
    let state = rules.states.iter().position(|state| state.iso3 == code)? as u16;
    let names = |hit: &Hit| {
        matches!(hit.what, What::Known(Entry::State(found) | Entry::Demonym(found, _)) if found == state)
            || matches!(hit.what, What::Known(Entry::Organization(index)) if rules.organizations[index as usize].country == Some(state))
            || matches!(hit.what, What::Known(Entry::Person(index)) if rules.people[index as usize].country == Some(state))
    };
    // a story about others that names it in passing is not at home
    let counts = counts(rules, chunks);
    let share = share_of(&counts, state);
    let most = dominant(&counts, 0.0).map_or(0.0, |most| share_of(&counts, most));
    let named = chunks.iter().flatten().flat_map(|chunk| chunk.name.iter().chain(&chunk.modifiers)).any(names);
    (named && share >= most * AT_HOME).then_some(state)
}

/// The share of the mentions of the most named state that the one at home needs for its bodies to go without a name.
const AT_HOME: f64 = 0.4;

/// How often each state is named.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    often: FxHashMap<u16, u32>,
    /// The states in order of their first mention, which decides between equals.
    order: Vec<u16>,
}

impl Counts {
    fn first(&self, state: u16) -> usize {
        self.order.iter().position(|&known| known == state).unwrap_or(usize::MAX)
    }
}

/// How often each state is named, by itself or by its people, places and bodies.
pub(crate) fn counts(rules: &Rules, chunks: &[Vec<Chunk>]) -> Counts {
    let mut counts = Counts::default();
    for hit in chunks.iter().flatten().flat_map(|chunk| chunk.name.iter().chain(&chunk.modifiers)) {
        let state = match hit.what {
            What::Known(
                Entry::State(state) | Entry::Demonym(state, _) | Entry::Capital(state) | Entry::Metonym(state),
            ) => Some(state),
            What::Known(Entry::Place(index)) => rules.places[index as usize].country,
            What::Known(Entry::Person(index)) => rules.people[index as usize].country,
            What::Known(Entry::Organization(index)) => {
                let body = &rules.organizations[index as usize];
                body.country.filter(|_| !body.medium || body.source == Some(SourceKind::StateMedia))
            }
            _ => None,
        };
        if let Some(state) = state {
            if !counts.often.contains_key(&state) {
                counts.order.push(state);
            }
            *counts.often.entry(state).or_default() += 1;
        }
    }
    counts
}

/// The share of all mentions of states that name `state`.
pub(crate) fn share_of(counts: &Counts, state: u16) -> f64 {
    let all: u32 = counts.often.values().sum();
    f64::from(counts.often.get(&state).copied().unwrap_or(0)) / f64::from(all.max(1))
}

/// The state that most mentions of states name, if it has a good share of them.
pub(crate) fn dominant(counts: &Counts, share: f64) -> Option<u16> {
    let (&state, _) =
        counts.often.iter().max_by_key(|&(&state, &count)| (count, std::cmp::Reverse(counts.first(state))))?;
    (share_of(counts, state) >= share).then_some(state)
}

/// The states that are named more than once or twice in passing, the most named first.
pub(crate) fn ranked(counts: &Counts) -> Vec<u16> {
    let mut states: Vec<u16> =
        counts.order.iter().copied().filter(|&state| share_of(counts, state) >= PASSING).collect();
    states.sort_by_key(|state| std::cmp::Reverse(counts.often[state]));
    states
}

/// The share below which a state is named in passing.
const PASSING: f64 = 0.15;
