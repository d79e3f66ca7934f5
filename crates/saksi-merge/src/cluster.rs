//! Which reports are of one event.

use crate::likeness::{link, score};
use crate::report::{Report, Review};
use crate::sketch::{Sketch, Sketched};
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// Members of a group that stand for it when two groups are held against each other: those of the least keys. More would
/// cost the square of their number and tell nothing new.
pub const STAND_IN: usize = 12;

/// Two groups come together if the more alike half of the pairs between them are alike so much on average. Below the
/// threshold for two reports, and not of all pairs: short reports in a large group leave much unsaid. Both by
/// cross-validation over the stories that are not kept, see docs/merging.md.
const AVERAGE: f64 = 0.4;

/// What a person decided about two reports, by their keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hand {
    /// They are of one event.
    Same(String, String),
    /// They are of two events.
    Apart(String, String),
}

/// The groups of reports that are of one event: indices into `reports`, each group sorted by key, and the groups by
/// their first key.
///
/// The result is a function of the set of reports and of what persons decided: the order of `reports` does not matter, and
/// the groups of two sets that no [`crate::linked`] pair and no [`Hand::Same`] joins are those of each by itself. Groups
/// grow by the most alike pair first, and come together only if half of their pairs are alike on average and nothing rules any
/// two of them out, so that no chain of small steps joins what is far apart. A report that a person rejected stays alone.
///
/// Of two decisions about one pair the later holds; where [`Hand::Same`] would bring a pair together that is
/// [`Hand::Apart`], what is apart stays so. Keys that no report has are passed over. Time grows with the pairs that share a
/// block.
pub fn cluster(reports: &[Report], hand: &[Hand]) -> Vec<Vec<usize>> {
    let sketches: Vec<Sketch> = reports.iter().map(Sketch::of).collect();
    let sketched = reports.iter().zip(&sketches).map(|(report, sketch)| Sketched { report, sketch });
    cluster_sketched(&sketched.collect::<Vec<_>>(), hand)
}

/// As [`cluster`], of reports whose sketches are known.
pub fn cluster_sketched(reports: &[Sketched<'_>], hand: &[Hand]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by(|&one, &other| reports[one].report.key.cmp(&reports[other].report.key));
    let sorted: Vec<Sketched<'_>> = order.iter().map(|&at| reports[at]).collect();
    let (same, apart) = decided(&sorted, hand);
    let mut groups = Groups::new(sorted.len(), &apart);
    for (one, other) in same {
        let (one, other) = (groups.of(one), groups.of(other));
        if one != other && !groups.are_apart(one, other) {
            groups.join(one, other);
        }
    }
    let mut refused: FxHashSet<(usize, usize, usize, usize)> = FxHashSet::default();
    for (_, one, other) in edges(&sorted) {
        let (one, other) = (groups.of(one), groups.of(other));
        if one == other || groups.are_apart(one, other) {
            continue;
        }
        let sizes = (one, groups.members[one].len(), other, groups.members[other].len());
        if refused.contains(&sizes) {
            continue;
        }
        if alike(&sorted, &groups.members[one], &groups.members[other]) {
            groups.join(one, other);
        } else {
            refused.insert(sizes);
        }
    }
    groups
        .members
        .iter()
        .filter(|members| !members.is_empty())
        .map(|members| members.iter().map(|&at| order[at]).collect())
        .collect()
}

/// For each report, those that a person keeps apart from it.
type Apart = BTreeMap<usize, BTreeSet<usize>>;

/// Pairs of one event and of two by decision, as places in the order of keys.
fn decided(sorted: &[Sketched<'_>], hand: &[Hand]) -> (Vec<(usize, usize)>, Apart) {
    let place = |key: &str| sorted.binary_search_by(|one| one.report.key.as_str().cmp(key)).ok();
    let mut last: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    for decision in hand {
        let (one, other, same) = match decision {
            Hand::Same(one, other) => (one, other, true),
            Hand::Apart(one, other) => (one, other, false),
        };
        if let (Some(one), Some(other)) = (place(one), place(other))
            && one != other
        {
            last.insert((one.min(other), one.max(other)), same);
        }
    }
    let same = last.iter().filter(|(_, same)| **same).map(|(pair, _)| *pair).collect();
    let mut apart = Apart::new();
    for ((one, other), _) in last.into_iter().filter(|(_, same)| !same) {
        apart.entry(one).or_default().insert(other);
        apart.entry(other).or_default().insert(one);
    }
    (same, apart)
}

/// Pairs that are alike by themselves, the most alike first.
fn edges(sorted: &[Sketched<'_>]) -> Vec<(f64, usize, usize)> {
    let mut keys: Vec<(u64, usize)> = sorted
        .iter()
        .enumerate()
        .filter(|(_, one)| one.report.review != Review::Rejected)
        .flat_map(|(at, one)| one.sketch.blocks.iter().map(move |&block| (block, at)))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let mut seen: FxHashSet<(usize, usize)> = FxHashSet::default();
    let mut edges = Vec::new();
    for block in keys.chunk_by(|one, other| one.0 == other.0) {
        for (at, &(_, other)) in block.iter().enumerate() {
            for &(_, one) in &block[..at] {
                if seen.insert((one, other)) {
                    edges.extend(link(sorted[one], sorted[other]).map(|score| (score, one, other)));
                }
            }
        }
    }
    edges.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    edges
}

/// Whether the more alike half of the pairs between two groups are alike on average, and nothing rules any of them out.
fn alike(sorted: &[Sketched<'_>], some: &[usize], others: &[usize]) -> bool {
    let mut scores = Vec::with_capacity(some.len().min(STAND_IN) * others.len().min(STAND_IN));
    for &one in some.iter().take(STAND_IN) {
        for &other in others.iter().take(STAND_IN) {
            let Some(score) = score(sorted[one], sorted[other]) else { return false };
            scores.push(score);
        }
    }
    scores.sort_unstable_by(|one, other| other.total_cmp(one));
    let half = scores.len().div_ceil(2);
    scores[..half].iter().sum::<f64>() >= AVERAGE * half as f64
}

/// Groups of reports; the first report of a group stands for it.
struct Groups<'a> {
    group: Vec<usize>,
    members: Vec<Vec<usize>>,
    apart: &'a Apart,
}

impl<'a> Groups<'a> {
    fn new(count: usize, apart: &'a Apart) -> Self {
        Self { group: (0..count).collect(), members: (0..count).map(|at| vec![at]).collect(), apart }
    }

    fn of(&self, report: usize) -> usize {
        self.group[report]
    }

    fn are_apart(&self, one: usize, other: usize) -> bool {
        !self.apart.is_empty()
            && self.members[one].iter().any(|member| {
                self.apart.get(member).is_some_and(|apart| apart.iter().any(|report| self.group[*report] == other))
            })
    }

    fn join(&mut self, one: usize, other: usize) {
        let (first, second) = (one.min(other), one.max(other));
        let moved = std::mem::take(&mut self.members[second]);
        for &member in &moved {
            self.group[member] = first;
        }
        self.members[first].extend(moved);
        self.members[first].sort_unstable();
    }
}
