//! Copies among articles that come one after the other: where to look for those of one, and groups of a few.

use crate::group::{ROWS, Sets, are_copies, join};
use crate::signature::{Signature, VALUES, mix};

/// Bands of a signature.
pub const BANDS: usize = VALUES / ROWS;

/// Where an article is looked for by its copies: two articles are compared if they share one of these.
///
/// Those are the bands by which [`group`](crate::group()) finds pairs, as numbers that are spread evenly. An article without words has none.
pub fn bands(signature: &Signature) -> Vec<u64> {
    if signature.shingles == 0 {
        return Vec::new();
    }
    let values = signature.values.chunks_exact(ROWS).enumerate();
    values
        .map(|(band, values)| mix(values.iter().fold(band as u64, |key, value| key << 16 | u64::from(*value))))
        .collect()
}

/// Whether two articles may be copies of one text, by themselves: a round-up and what it holds pass here, and are told
/// apart by [`kin`], which sees the others too.
pub fn may_be_copies(one: &Signature, other: &Signature) -> bool {
    let filled = one.shingles > 0 && other.shingles > 0;
    filled && (one.words == other.words || share_a_band(one, other) && are_copies(one, other))
}

/// The groups of copies among articles that [`may_be_copies`] connects; each a list of places, as are those that stand alone.
///
/// The outcome does not depend on the order of the articles, but for the order of the lists. Time grows with the square
/// of the number of different texts.
pub fn kin(articles: &[&Signature]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by_key(|&at| (articles[at].words, articles[at].shingles, articles[at].values));
    let mut sets = Sets::new(articles.len());
    let mut stands: Vec<u32> = Vec::new();
    for &at in &order {
        match stands.last() {
            Some(&last) if articles[last as usize].words == articles[at].words && articles[at].shingles > 0 => {
                sets.join(last as usize, at);
            }
            _ => stands.push(at as u32),
        }
    }
    let mut pairs = Vec::new();
    for (at, &one) in stands.iter().enumerate() {
        for &other in &stands[at + 1..] {
            if may_be_copies(articles[one as usize], articles[other as usize]) {
                pairs.push((one, other));
            }
        }
    }
    join(|article| articles[article as usize], &pairs, &mut sets);
    let mut groups: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for at in 0..articles.len() {
        groups.entry(sets.first(at)).or_default().push(at);
    }
    groups.into_values().collect()
}

fn share_a_band(one: &Signature, other: &Signature) -> bool {
    one.values.chunks_exact(ROWS).zip(other.values.chunks_exact(ROWS)).any(|(mine, others)| mine == others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::signature_of;

    fn story(name: &str, words: usize) -> String {
        (0..words).map(|n| format!("{name}{n}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn copies_meet_in_a_band_and_others_do_not() {
        let (whole, part, other) = (story("a", 200), story("a", 90), story("b", 200));
        let [whole, part, other] = [&whole, &part, &other].map(|text| signature_of(text));
        let meet = |one: &Signature, other: &Signature| bands(one).iter().any(|band| bands(other).contains(band));
        assert!(meet(&whole, &part) && may_be_copies(&whole, &part));
        assert!(!meet(&whole, &other) && !may_be_copies(&whole, &other));
        assert!(bands(&signature_of("…")).is_empty());
        assert_eq!(kin(&[&other, &whole, &part]), [vec![0], vec![1, 2]]);
    }

    #[test]
    fn a_round_up_does_not_bring_its_parts_together_whatever_the_order() {
        let (a, b) = (story("a", 100), story("b", 100));
        let signatures = [&a, &b, &format!("{a} {b} {}", story("c", 100)), &a].map(|text| signature_of(text));
        for order in [[0, 1, 2, 3], [2, 3, 1, 0], [3, 0, 2, 1], [1, 2, 0, 3]] {
            let mixed: Vec<&Signature> = order.iter().map(|&at: &usize| &signatures[at]).collect();
            let mut groups: Vec<Vec<usize>> =
                kin(&mixed).into_iter().map(|group| group.into_iter().map(|at| order[at]).collect()).collect();
            for group in &mut groups {
                group.sort_unstable();
            }
            groups.sort();
            assert_eq!(groups, [vec![0, 3], vec![1], vec![2]]);
        }
    }
}
