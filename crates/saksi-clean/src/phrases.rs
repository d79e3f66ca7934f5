//! A list of phrases, looked up by the words they begin with.

use crate::pattern::Pattern;
use crate::words::{Word, hash};
use rustc_hash::FxHashMap;

/// Phrases of which any may match.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    all: Vec<Pattern>,
    /// Phrases by the number of the word they begin with.
    index: FxHashMap<u64, Vec<u32>>,
    /// Phrases that may begin with anything.
    anywhere: Vec<u32>,
}

impl Phrases {
    pub(crate) fn new(all: Vec<Pattern>) -> Self {
        let mut found = Self::default();
        for (at, phrase) in (0..).zip(&all) {
            match phrase.firsts() {
                None => found.anywhere.push(at),
                Some(firsts) => {
                    for first in firsts {
                        let listed = found.index.entry(hash(&first)).or_default();
                        if listed.last() != Some(&at) {
                            listed.push(at);
                        }
                    }
                }
            }
        }
        found.all = all;
        found
    }

    /// All phrases, in their order.
    pub(crate) fn all(&self) -> &[Pattern] {
        &self.all
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Adds every place where a phrase that begins at word `at` may end.
    pub(crate) fn ends(&self, line: &[Word], at: usize, out: &mut Vec<usize>) {
        self.beginning(line, at).for_each(|phrase| phrase.ends(line, at, out));
    }

    /// The word after the longest phrase that begins at word `at`.
    pub(crate) fn longest(&self, line: &[Word], at: usize) -> Option<usize> {
        self.beginning(line, at).filter_map(|phrase| phrase.longest(line, at)).max()
    }

    /// Whether a phrase begins at any word that `counts`.
    pub(crate) fn within(&self, line: &[Word], counts: impl Fn(usize) -> bool) -> bool {
        let begins = |at: usize| self.beginning(line, at).any(|phrase| phrase.longest(line, at).is_some());
        !self.is_empty() && (0..line.len()).any(|at| counts(at) && begins(at))
    }

    fn beginning(&self, line: &[Word], at: usize) -> impl Iterator<Item = &Pattern> {
        let listed = line.get(at).and_then(|word| self.index.get(&word.hash)).map_or(&[][..], Vec::as_slice);
        listed.iter().chain(&self.anywhere).map(|&at| &self.all[at as usize])
    }
}
