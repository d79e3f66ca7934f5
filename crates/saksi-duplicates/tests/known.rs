//! Copies that are known among made-up articles are found, and nothing else is taken for one.

use saksi_duplicates::{Dated, group, signature_of};
use saksi_testkit::{Made, Templates, generate};
use std::collections::BTreeMap;
use std::path::Path;

const ARTICLES: u64 = 4000;
/// Of a thousand articles.
const COPIES: u64 = 300;
/// The least F1 over pairs of copies.
const FLOOR: f64 = 0.95;

fn made(seed: u64) -> Vec<Made> {
    let languages = Templates::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
    (0..ARTICLES).map(|number| generate(&languages, seed, COPIES, number)).collect()
}

/// Pairs in groups of these sizes.
fn pairs(sizes: impl Iterator<Item = usize>) -> f64 {
    sizes.map(|size| (size * (size - 1) / 2) as f64).sum()
}

#[test]
fn known_copies_are_found_and_nothing_else() {
    for seed in [11, 12] {
        let made = made(seed);
        // Noise is not cut out here, so that the measure is of the signatures alone.
        let articles: Vec<Dated> =
            made.iter().map(|made| Dated { signature: signature_of(&made.text()), when: None }).collect();
        let found = group(&articles);
        let mut truth: BTreeMap<u64, usize> = BTreeMap::new();
        for made in &made {
            *truth.entry(made.of).or_default() += 1;
        }
        let right = pairs(found.iter().flat_map(|group| {
            let mut by: BTreeMap<u64, usize> = BTreeMap::new();
            for member in &group.members {
                *by.entry(made[member.article].of).or_default() += 1;
            }
            by.into_values().collect::<Vec<_>>()
        }));
        let precision = right / pairs(found.iter().map(|group| group.members.len()));
        let recall = right / pairs(truth.into_values());
        let f1 = 2.0 * precision * recall / (precision + recall);
        assert!(f1 >= FLOOR, "seed {seed}: F1 {f1:.3}, precision {precision:.3}, recall {recall:.3}");
    }
}
