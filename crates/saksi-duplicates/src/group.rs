//! Finds groups of copies by locality-sensitive hashing, and the earliest of each.

use crate::signature::{Signature, VALUES};
use saksi_record::CopyKind as Kind;
use std::collections::{BTreeMap, HashSet};

/// Values that must agree for two articles to be compared, in one of [`VALUES`]` / ROWS` bands. Two of 128 find pairs that
/// share 30 % of their shingles with a chance of 99.8 %, and those that share 20 % with one of 93 %.
pub(crate) const ROWS: usize = 2;
/// An article is compared with so many before it in the same bucket. Buckets of common phrases are large; without a
/// bound their pairs would be counted in the square.
const COMPARED: usize = 8;
/// The least share of the shorter article that must stand in the longer for the two to be copies.
const CONTAINED: f64 = 0.5;
/// Below this similarity the estimate of the containment is mostly noise.
const SIMILAR: f64 = 0.08;
/// A copy is abridged if it has fewer shingles than this share of the other.
const ABRIDGED: f64 = 0.7;
/// Two texts in one that share less than this are two stories.
const STRANGERS: f64 = 0.15;

/// An article and when it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// Its words in short.
    pub signature: Signature,
    /// When it was published, in seconds since 1970; none if it is not known.
    pub when: Option<i64>,
}

/// Articles that are copies of one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The article that was published first, or came first of those published at once.
    pub earliest: usize,
    /// All of them, in the order they came.
    pub members: Vec<Member>,
}

/// An article in a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Which one, by its place in the order.
    pub article: usize,
    /// What it is to the earliest.
    pub kind: Kind,
    /// The share of shingles that it and the earliest have in common.
    pub similarity: f64,
}

/// The groups of two and more copies, in the order of their first members.
pub fn group(articles: &[Dated]) -> Vec<Group> {
    let mut sets = Sets::new(articles.len());
    exact(articles, &mut sets);
    let pairs = pairs(articles, &mut sets);
    join(|article| &articles[article as usize].signature, &pairs, &mut sets);

    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for article in 0..articles.len() {
        members.entry(sets.first(article)).or_default().push(article);
    }
    members.into_values().filter(|members| members.len() > 1).map(|members| of(articles, &members)).collect()
}

fn of(articles: &[Dated], members: &[usize]) -> Group {
    let when = |article: usize| articles[article].when.unwrap_or(i64::MAX);
    let earliest = members.iter().copied().min_by_key(|&article| (when(article), article)).unwrap_or_default();
    let first = &articles[earliest].signature;
    let members = members
        .iter()
        .map(|&article| {
            let signature = &articles[article].signature;
            let share = f64::from(signature.shingles) / f64::from(first.shingles.max(1));
            let kind = if article == earliest {
                Kind::Earliest
            } else if signature.words == first.words {
                Kind::Exact
            } else if share < ABRIDGED {
                Kind::Abridged
            } else if share > 1.0 / ABRIDGED {
                Kind::Extended
            } else {
                Kind::Near
            };
            Member { article, kind, similarity: signature.similarity(first) }
        })
        .collect();
    Group { earliest, members }
}

/// Joins articles of the same words.
fn exact(articles: &[Dated], sets: &mut Sets) {
    let mut order: Vec<u32> =
        (0..articles.len() as u32).filter(|&article| articles[article as usize].signature.shingles > 0).collect();
    order.sort_unstable_by_key(|&article| (articles[article as usize].signature.words, article));
    for two in order.windows(2) {
        let (one, other) = (two[0] as usize, two[1] as usize);
        if articles[one].signature.words == articles[other].signature.words {
            sets.join(one, other);
        }
    }
}

/// Pairs of copies that are not of the same words, each once.
fn pairs(articles: &[Dated], sets: &mut Sets) -> Vec<(u32, u32)> {
    // Of articles of the same words one stands for all.
    let stands: Vec<u32> = (0..articles.len())
        .filter(|&article| sets.first(article) == article && articles[article].signature.shingles > 0)
        .map(|article| article as u32)
        .collect();
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    let mut keys: Vec<(u32, u32)> = Vec::with_capacity(stands.len());
    for band in (0..VALUES).step_by(ROWS) {
        keys.clear();
        keys.extend(stands.iter().map(|&article| {
            let values = &articles[article as usize].signature.values;
            (u32::from(values[band]) << 16 | u32::from(values[band + 1]), article)
        }));
        keys.sort_unstable();
        for bucket in keys.chunk_by(|one, other| one.0 == other.0) {
            for (at, &(_, other)) in bucket.iter().enumerate() {
                for &(_, one) in &bucket[at.saturating_sub(COMPARED)..at] {
                    let (a, b) = (&articles[one as usize].signature, &articles[other as usize].signature);
                    if are_copies(a, b) && seen.insert((one, other)) {
                        found.push((one, other));
                    }
                }
            }
        }
    }
    found.sort_unstable();
    found
}

pub(crate) fn are_copies(one: &Signature, other: &Signature) -> bool {
    one.similarity(other) >= SIMILAR && one.containment(other) >= CONTAINED
}

/// Joins the pairs, but for texts that hold several stories: their parts are not copies of each other.
pub(crate) fn join<'a>(signature: impl Fn(u32) -> &'a Signature, pairs: &[(u32, u32)], sets: &mut Sets) {
    let mut held: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &(one, other) in pairs {
        let (short, long) =
            if signature(one).shingles < signature(other).shingles { (one, other) } else { (other, one) };
        if f64::from(signature(short).shingles) < ABRIDGED * f64::from(signature(long).shingles) {
            held.entry(long).or_default().push(short);
        }
    }
    let holds_several = |article: u32| {
        held.get(&article).is_some_and(|parts| {
            let mut parts = parts.iter();
            let Some(&first) = parts.next() else { return false };
            parts.any(|&part| signature(first).containment(signature(part)) < STRANGERS)
        })
    };
    for &(one, other) in pairs {
        let (short, long) =
            if signature(one).shingles < signature(other).shingles { (one, other) } else { (other, one) };
        let is_part = f64::from(signature(short).shingles) < ABRIDGED * f64::from(signature(long).shingles);
        if !(is_part && holds_several(long)) {
            sets.join(one as usize, other as usize);
        }
    }
}

/// Sets of articles that are joined step by step; the first article stands for its set.
pub(crate) struct Sets(Vec<u32>);

impl Sets {
    pub(crate) fn new(count: usize) -> Self {
        Self((0..count as u32).collect())
    }

    pub(crate) fn first(&mut self, article: usize) -> usize {
        let mut at = article;
        while self.0[at] as usize != at {
            self.0[at] = self.0[self.0[at] as usize];
            at = self.0[at] as usize;
        }
        at
    }

    pub(crate) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        self.0[one.max(other)] = one.min(other) as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::signature_of;

    fn story(name: &str, words: usize) -> String {
        (0..words).map(|n| format!("{name}{n}")).collect::<Vec<_>>().join(" ")
    }

    fn groups(texts: &[(&str, Option<i64>)]) -> Vec<(usize, Vec<(usize, Kind)>)> {
        let articles: Vec<Dated> =
            texts.iter().map(|(text, when)| Dated { signature: signature_of(text), when: *when }).collect();
        group(&articles)
            .into_iter()
            .map(|group| (group.earliest, group.members.iter().map(|member| (member.article, member.kind)).collect()))
            .collect()
    }

    #[test]
    fn the_earliest_is_the_first_that_was_published() {
        let (a, b) = (story("a", 200), story("b", 200));
        let short = story("a", 90);
        let texts = [(a.as_str(), None), (b.as_str(), Some(1)), (short.as_str(), Some(7)), (a.as_str(), Some(9))];
        assert_eq!(groups(&texts), [(2, vec![(0, Kind::Extended), (2, Kind::Earliest), (3, Kind::Extended)])]);
    }

    #[test]
    fn a_round_up_does_not_join_what_it_holds() {
        let (a, b, c) = (story("a", 100), story("b", 100), story("c", 100));
        let all = format!("{a} {b} {c}");
        let texts = [(a.as_str(), None), (b.as_str(), None), (all.as_str(), None), (a.as_str(), None)];
        assert_eq!(groups(&texts), [(0, vec![(0, Kind::Earliest), (3, Kind::Exact)])]);
    }

    #[test]
    fn empty_articles_are_no_copies() {
        assert_eq!(groups(&[("", None), ("", None), ("…", None)]), []);
    }
}
